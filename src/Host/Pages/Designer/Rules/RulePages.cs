using System.Text.Json.Nodes;
using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Rules;
using Assize.Workflows.Verifying;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>What the pages of one form, table, calendar or code list share.</summary>
public abstract class RulePages(RuleQueries rules, Caller caller) : PageModel
{
    public RuleName Rule { get; private set; } = null!;
    public RuleShape Shape { get; private set; } = null!;
    public string Title { get; protected set; } = "";
    public WorkflowDraft? Draft { get; private set; }
    public IReadOnlyList<Fault> Faults { get; protected set; } = [];

    /// <summary>The file that the page shows.</summary>
    public JsonObject Body { get; protected set; } = [];
    public Verification Checks { get; private set; } = new([]);

    /// <summary>The code lists that a question can take its choices from.</summary>
    public IReadOnlyList<string> Lists { get; private set; } = [];

    public string Path => $"/designer/rules/{Rule.Kind}/{Rule.Id}";

    public bool MayDraft { get; private set; }

    protected Caller Caller => caller;

    protected RuleQueries Queries => rules;

    /// <summary>What verification says of a field of an entry; the file's own fields have the empty path.</summary>
    public string? ErrorOf(string path, string member) => Checks.Problems.FirstOrDefault(x => x.Pointer == path && x.Field == member)?.Message;

    /// <summary>False where there can be no such thing; whether there is one, each page asks.</summary>
    protected async Task<bool> NamesAsync(string kind, string id, CancellationToken ct)
    {
        if (RuleName.Of(kind, id) is not { } rule)
        {
            return false;
        }

        (Rule, Shape) = (rule, RuleShape.Of(kind));
        (MayDraft, Draft) = await rules.DraftAsync(rule, caller, ct);
        Title = Draft?.Name ?? id;
        return true;
    }

    /// <summary>Opens the draft, with all that is wrong with it. Null where it can be changed; otherwise what is answered.</summary>
    protected async Task<IActionResult?> OpenAsync(RuleChecking checking, string kind, string id, CancellationToken ct)
    {
        if (!await NamesAsync(kind, id, ct))
        {
            return NotFound();
        }

        if (Draft is null)
        {
            // Published or discarded meanwhile: the page of the whole says how to go on.
            return await Queries.NewestAsync(Rule, ct) is null ? NotFound() : MayDraft ? Redirect(Path) : StatusCode(StatusCodes.Status403Forbidden);
        }

        Body = RuleJson.Read(Draft.Text) ?? [];
        Lists = kind == RuleName.Form ? [.. (await Queries.ListsAsync(null, ct)).Lists] : [];
        Checks = await checking.RunAsync(Rule, Body, ct);
        return null;
    }

    /// <summary>Keeps the changed file, unless somebody saved since the page was made.</summary>
    protected async Task<IActionResult> KeepAsync(RuleRun run, JsonObject? changed, int? revision, string words, string target, CancellationToken ct) =>
        changed is null ? Refuse(StatusCodes.Status409Conflict, new Fault(null, Phrases.Of("What you wanted to change is no longer there. Nothing was changed. Look at the draft as it is now.")))
        : await run.SaveAsync(Caller, Rule, changed, revision, ct) switch
        {
            DraftRefused { IsDenied: true } => StatusCode(StatusCodes.Status403Forbidden),
            DraftRefused refused => Refuse(refused),
            _ => Did(words, target),
        };

    protected IActionResult Did(string words, string target)
    {
        TempData["Did"] = words;
        return Redirect(target);
    }

    protected PageResult Refuse(DraftRefused refused) =>
        Refuse(StatusCodes.Status409Conflict, [new Fault(null, refused.Message), .. refused.Problems.Select(problem => new Fault(null, problem.Message))]);

    protected PageResult Refuse(int status, params IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }
}
