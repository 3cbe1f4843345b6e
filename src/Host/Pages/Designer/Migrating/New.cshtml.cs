using Assize.Engine.Definitions;
using Assize.Engine.Rehearsing;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Rehearsals;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Migrating;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Migrating;

/// <summary>The plan of a migration: what the rehearsal found, and what somebody decides about the steps that differ.</summary>
public sealed class NewModel(RehearsalQueries rehearsals, DraftQueries drafts, MigrationRun run, Caller caller) : PageModel
{
    private static readonly MappingLine s_empty = new("", "", "", "");

    private PlannedVersions _versions = null!;

    public RehearsalView View { get; private set; } = null!;
    public PartingView Partings { get; private set; } = null!;
    public IReadOnlyList<MappingLine> Lines { get; private set; } = [];
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>Open from the start where there is something to decide, or somebody has begun to.</summary>
    public bool ShowsLines => View.Rehearsal.NeedsMapping > 0 || Lines.Any(line => line != s_empty);

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    /// <summary>The steps of both sides, and whatever was sent.</summary>
    public IEnumerable<Choice> Steps(IStringLocalizer<PageText> words, string sent)
    {
        var (now, then) = (Named(_versions.Targets), Named(_versions.Olds));
        return Chosen(sent, now.Concat(then.Where(step => !now.ContainsKey(step.Key))).OrderBy(step => step.Value, StringComparer.Ordinal).Select(step => new Choice(
            step.Key, !then.ContainsKey(step.Key) ? words["{0}, new", Label(step)] : !now.ContainsKey(step.Key) ? words["{0}, no longer there", Label(step)] : Label(step))));
    }

    public IEnumerable<Choice> NewSteps(string sent) => Chosen(sent, Named(_versions.Targets).OrderBy(step => step.Value, StringComparer.Ordinal).Select(step => new Choice(step.Key, Label(step))));

    public async Task<IActionResult> OnGetAsync(string? rehearsal, CancellationToken ct)
    {
        if (!await FindAsync(rehearsal, ct))
        {
            return NotFound();
        }

        Lines = [.. Partings.Reasons.Select(reason => reason.ActivityId).OfType<string>().Distinct().Take(MappingForm.MostLines - 1).Select(step => s_empty with { Step = step }), s_empty];
        return (await drafts.ReachAsync(caller, ct)).MayDraft(View.Rehearsal.DefinitionId) ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync(string? rehearsal, [FromForm] string? step, CancellationToken ct)
    {
        if (!await FindAsync(rehearsal, ct))
        {
            return NotFound();
        }

        Lines = MappingForm.Lines(Request.Form);
        if (step == "more")
        {
            Lines = [.. Lines, .. Lines.Count < MappingForm.MostLines ? [s_empty] : (MappingLine[])[]];
            return Page();
        }

        List<Fault> faults = [];
        var mapping = MappingForm.Read(Lines, faults);
        if (faults.Count > 0)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity, faults);
        }

        return await run.BeginAsync(caller, View.Rehearsal.Id, mapping, ct) switch
        {
            { Id: { } begunId } => Redirect($"/designer/migrations/{begunId}"),
            { Code: AccessCodes.RoleMissing or DraftingRights.Missing } => StatusCode(StatusCodes.Status403Forbidden),
            { Code: "mapping-invalid", Problems: var problems } => Refuse(StatusCodes.Status422UnprocessableEntity, [.. problems.Select(problem => new Fault(null, problem))]),
            { Message: var message } => Refuse(StatusCodes.Status409Conflict, [new Fault(null, message!)]),
        };
    }

    private async Task<bool> FindAsync(string? id, CancellationToken ct)
    {
        if (id is null || await rehearsals.FindAsync(id, ct) is not { } found)
        {
            return false;
        }

        (View, _versions) = (found, await rehearsals.VersionsAsync(found.Rehearsal, ct));
        Partings = new PartingView(await rehearsals.ReasonsAsync(id, (int)RehearsalClass.NeedsMapping, ct), _versions, mayDraw: true);
        return true;
    }

    private static Dictionary<string, string> Named(IEnumerable<WorkflowDefinition> versions) => versions
        .SelectMany(drawn => drawn.Root.SelfAndBelow().Where(node => node != drawn.Root)).GroupBy(node => node.Id).ToDictionary(nodes => nodes.Key, nodes => nodes.First().DisplayText);

    private static string Label(KeyValuePair<string, string> step) => $"{step.Value} ({step.Key})";

    private static List<Choice> Chosen(string sent, IEnumerable<Choice> choices)
    {
        List<Choice> all = [new Choice("", ""), .. choices];
        return sent.Length == 0 || all.Any(choice => choice.Value == sent) ? all : [.. all, new Choice(sent, sent)];
    }

    private PageResult Refuse(int status, IReadOnlyList<Fault> faults)
    {
        Faults = faults;
        Response.StatusCode = status;
        return Page();
    }
}
