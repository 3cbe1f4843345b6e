using Assize.Engine.Definitions;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Rules.Editing;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Pages.Designer.Rules.Drafting;

/// <summary>A draft with all that is in it: rows are added, arranged and taken out, what is wrong is named, and publication is asked for.</summary>
public sealed class DraftModel(RuleQueries rules, RuleRun run, RuleChecking checking, Caller caller) : RulePages(rules, caller)
{
    private const int LongestNote = 2000;

    public IReadOnlyList<PartListing> Listings { get; private set; } = [];
    public string? Sought { get; private set; }
    public string? Note { get; private set; }

    public string? LinkOf(DefinitionProblem problem) => (problem.Pointer, problem.Field) switch
    {
        (null or "", null) => null,
        (null or "", { } member) => $"#{member}",
        ({ } path, { } member) => $"{Path}/draft/{path}#{member}",
        ({ } path, null) => $"{Path}/draft/{path}",
    };

    // Fields of an entry may be called like parts of the address, so those are asked for by name.
    public async Task<IActionResult> OnGetAsync([FromRoute] string kind, [FromRoute] string id, string? find, int? after, CancellationToken ct) => await ShowAsync(kind, id, find, after, ct) ?? Page();

    public async Task<IActionResult> OnPostAboutAsync([FromRoute] string kind, [FromRoute] string id, int? revision, CancellationToken ct) =>
        await ShowAsync(kind, id, null, null, ct)
        ?? await KeepAsync(run, RuleEdit.Fill(Shape, Body, FieldInput.Read(Shape.Fields, Request.Form)), revision, Phrases.Of("It is kept."), $"{Path}/draft", ct);

    public async Task<IActionResult> OnPostArrangeAsync([FromRoute] string kind, [FromRoute] string id, int? revision, string? up, string? down, string? remove, CancellationToken ct)
    {
        if (await ShowAsync(kind, id, null, null, ct) is { } refused)
        {
            return refused;
        }

        var path = up ?? down ?? remove ?? "";
        var changed = remove is not null ? RuleEdit.Remove(Shape, Body, path) : RuleEdit.Move(Shape, Body, path, up is not null ? -1 : 1);
        var list = path.Split('/')[0];
        return await KeepAsync(run, changed, revision, Phrases.Of(remove is not null ? "It is taken out." : "It is moved."), $"{Path}/draft#{list}", ct);
    }

    public async Task<IActionResult> OnPostAskAsync([FromRoute] string kind, [FromRoute] string id, int? revision, string? note, CancellationToken ct)
    {
        if (await ShowAsync(kind, id, null, null, ct) is { } refused)
        {
            return refused;
        }

        Note = note;
        if (note?.Length > LongestNote)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, new Fault("ask-note", Phrases.Of("Enter at most {0} characters", LongestNote)));
        }

        if (revision != Draft!.Revision)
        {
            return Refuse(StatusCodes.Status409Conflict, new Fault(null, $"{Draft.SavedByName} saved this draft after you opened it. Nothing was asked for. Look at it again, and then ask."));
        }

        return await checking.AskAsync(Caller, Rule, note, ct) switch
        {
            DraftRefused { IsDenied: true } => StatusCode(StatusCodes.Status403Forbidden),
            DraftRefused problem => Refuse(StatusCodes.Status409Conflict, [new Fault(null, problem.Message), .. problem.Problems.Select(x => new Fault(null, x.Message))]),
            PublicationRequested asked => Did(Phrases.Of("You asked for publication. Another process owner decides."), $"/designer/publications/{asked.Request.Id}"),
            _ => Redirect(Path),
        };
    }

    private async Task<IActionResult?> ShowAsync(string kind, string id, string? find, int? after, CancellationToken ct)
    {
        if (await OpenAsync(checking, kind, id, ct) is { } refused)
        {
            return refused;
        }

        Sought = string.IsNullOrWhiteSpace(find) ? null : find.Trim();
        Listings = [.. Shape.Parts.Select(part => PartListing.Of(part, Body, Body, Sought, after))];
        return null;
    }
}
