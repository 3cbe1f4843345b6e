using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Releasing;

/// <summary>Asks for a release: of the draft, which is published with it, or of a version that is published.</summary>
public sealed class NewModel(DefinitionQueries definitions, DraftQueries drafts, ReleaseQueries releases, ReleaseRun run, Caller caller) : PageModel
{
    private const int LongestNote = 2000;
    private ReleaseScope _scope = ReleaseScope.Everywhere;

    public string DefinitionId { get; private set; } = "";
    public string Name { get; private set; } = "";

    /// <summary>Null: the draft.</summary>
    public int? Version { get; private set; }
    public ReleaseChoices Choices { get; private set; } = new([], [], []);
    public TermsPost Said { get; private set; } = new();
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public IEnumerable<Choice> Areas => [.. Any("Any area", _scope.Area), .. Choices.Areas.Select(area => new Choice(area, area))];
    public IEnumerable<Choice> Courts => [new("", "Any court"), .. Choices.Courts.Select(court => new Choice(court.Code, $"{court.Name} ({court.Code})"))];
    public IEnumerable<Choice> Forces => [.. Any("Any force", _scope.Force), .. Choices.Forces.Select(force => new Choice(force.Id, force.Name))];

    // What belongs to an area or a force is released there only.
    private static Choice[] Any(string words, string? only) => only is null ? [new("", words)] : [];

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    public async Task<IActionResult> OnGetAsync(string definitionId, int? version, CancellationToken ct) =>
        !await MayAskAsync(definitionId, ct) ? StatusCode(StatusCodes.Status403Forbidden) : await FindAsync(definitionId, version, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string definitionId, int? version, CancellationToken ct)
    {
        if (!await MayAskAsync(definitionId, ct))
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!await FindAsync(definitionId, version, ct))
        {
            return NotFound();
        }

        Said = TermsPost.Of(Request.Form);
        var (terms, unread) = Said.Read();
        if (Said.Note?.Length > LongestNote)
        {
            unread = [.. unread, new TermsProblem("note", $"Enter at most {LongestNote} characters")];
        }

        if (unread.Count > 0)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, unread.Select(Fault));
        }

        var (answer, problems) = await run.AskAsync(caller, definitionId, version, Said.Note, terms, ct);
        switch (answer)
        {
            case null:
                return Refuse(StatusCodes.Status422UnprocessableEntity, problems.Select(Fault));
            case DraftRefused { IsDenied: true }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                return Refuse(StatusCodes.Status409Conflict, [new Fault(null, refused.Message), .. refused.Problems.Select(problem => new Fault(null, problem.Message))]);
            default:
                TempData["Did"] = "You asked for the release. Another process owner decides.";
                return Redirect($"/designer/publications/{((PublicationRequested)answer).Request.Id}");
        }
    }

    private async Task<bool> MayAskAsync(string definitionId, CancellationToken ct)
    {
        var reach = await drafts.ReachAsync(caller, ct);
        _scope = reach.OwnerOf(definitionId).Scope;
        return reach.MayDraft(definitionId);
    }

    private async Task<bool> FindAsync(string definitionId, int? version, CancellationToken ct)
    {
        var found = version is { } number ? (await definitions.FindAsync(definitionId, number, ct))?.Name : (await drafts.FindAsync(definitionId, caller, ct))?.Name;
        (DefinitionId, Version, Name) = (definitionId, version, found ?? "");
        Choices = (await releases.ChoicesAsync(ct)).Within(_scope);
        return found is not null;
    }

    private static Fault Fault(TermsProblem problem) => new(problem.Field, problem.Message);

    private PageResult Refuse(int status, IEnumerable<Fault> faults)
    {
        Faults = [.. faults];
        Response.StatusCode = status;
        return Page();
    }
}
