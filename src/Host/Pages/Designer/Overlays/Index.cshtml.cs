using System.Text.Json.Nodes;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Rules;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Overlays;

/// <summary>All overlays, whose they are and on what; and where a new one begins.</summary>
public sealed class IndexModel(OverlayQueries overlays, DefinitionQueries definitions, RuleRun run, Caller caller, IStringLocalizer<PageText> words) : PageModel
{
    private const string Of = ":";
    private IReadOnlyList<Choice> _all = [];

    public IReadOnlyList<OverlayLine> Lines { get; private set; } = [];
    public IReadOnlyList<Choice> Owners { get; private set; } = [];
    public IReadOnlyList<Choice> Workflows { get; private set; } = [];
    public DraftingReach Reach { get; private set; } = DraftingReach.Nothing;
    public bool IsProcessOwner => ActionTable.RolesFor(AccessActions.DraftDefinition).Any(caller.HasRole);

    /// <summary>Whether there is a force or an area for which whoever looks may draft one.</summary>
    public bool MayDraft => Owners.Count > 1;
    public string? Owner { get; private set; }
    public string? Workflow { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(string? owner, string? workflow, CancellationToken ct)
    {
        await ShowAsync(ct);
        (Owner, Workflow) = (owner, workflow);
        Faults =
        [
            .. _all.Any(x => x.Value == owner) ? [] : (Fault[])[new Fault("owner", words["Choose whose it is"])],
            .. Workflows.Any(x => x.Value == workflow && x.Value.Length > 0) ? [] : (Fault[])[new Fault("workflow", words["Choose the workflow that it changes"])],
        ];
        if (Faults.Count > 0)
        {
            return Refuse(StatusCodes.Status422UnprocessableEntity);
        }

        var (rule, file) = await NewAsync(owner!, workflow!, ct);
        switch (await run.SaveAsync(caller, rule, file, null, ct))
        {
            case DraftRefused { Code: AccessCodes.RoleMissing }:
                return StatusCode(StatusCodes.Status403Forbidden);
            case DraftRefused refused:
                Faults = [new Fault(null, refused.Message)];
                return Refuse(StatusCodes.Status409Conflict);
            default:
                return Redirect($"/designer/rules/{rule.Kind}/{rule.Id}/draft");
        }
    }

    private async Task<(RuleName Rule, JsonObject File)> NewAsync(string owner, string workflow, CancellationToken ct)
    {
        var (level, name) = owner.Split(Of, 2) is ["area", var area] ? (OverlayLevel.Area, area) : (OverlayLevel.Force, owner.Split(Of, 2)[1]);
        var newest = (await definitions.ListAsync(ct)).Where(row => row.Id == workflow && row.RetractedAt is null).MaxBy(row => row.Version)!;
        var file = RuleText.Empty(RuleName.Overlay, $"{_all.First(x => x.Value == owner).Label}: {newest.Name ?? workflow}");
        (file["level"], file["owner"], file["workflow"], file["firstBaseline"]) = (level == OverlayLevel.Area ? "area" : "force", name, workflow, newest.Version);
        return (new RuleName(RuleName.Overlay, OverlayName.Of(level, name, workflow)), file);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Lines = await overlays.ListAsync(caller, ct);
        (var all, Reach) = await overlays.ChoicesAsync(caller, ct);
        List<(DefinitionOwner Owner, Choice Choice)> owners =
        [
            .. all.Forces.Select(x => (DefinitionOwner.OfAgency(x.Id), new Choice($"force{Of}{x.Id}", words["Force: {0}", x.Name]))),
            .. all.Areas.Select(x => (DefinitionOwner.OfArea(x), new Choice($"area{Of}{x}", words["Area: {0}", x]))),
        ];
        _all = [.. owners.Select(x => x.Choice)];
        Owners = [new Choice("", words["Choose one"]), .. owners.Where(x => Reach.Held.Contains(x.Owner)).Select(x => x.Choice)];
        Workflows = [new Choice("", words["Choose one"]), .. (await definitions.ListAsync(ct)).GroupBy(row => row.Id).Select(rows => new Choice(rows.Key, rows.First().Name ?? rows.Key))];
    }

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
