using System.Text.Json.Nodes;
using Assize.Host.Components;
using Assize.Host.Pages.Designer.Rules;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
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

    public IReadOnlyList<OverlayLine> Lines { get; private set; } = [];
    public IReadOnlyList<Choice> Owners { get; private set; } = [];
    public IReadOnlyList<Choice> Workflows { get; private set; } = [];
    public bool MayDraft { get; private set; }
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
            .. Owners.Any(x => x.Value == owner && x.Value.Length > 0) ? [] : (Fault[])[new Fault("owner", words["Choose whose it is"])],
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
        var file = RuleText.Empty(RuleName.Overlay, $"{Owners.First(x => x.Value == owner).Label}: {newest.Name ?? workflow}");
        (file["level"], file["owner"], file["workflow"], file["firstBaseline"]) = (level == OverlayLevel.Area ? "area" : "force", name, workflow, newest.Version);
        return (new RuleName(RuleName.Overlay, OverlayName.Of(level, name, workflow)), file);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        MayDraft = ActionTable.RolesFor(AccessActions.DraftDefinition).Any(caller.HasRole);
        Lines = await overlays.ListAsync(MayDraft, ct);
        var choices = await overlays.ChoicesAsync(ct);
        Owners =
        [
            new Choice("", words["Choose one"]), .. choices.Forces.Select(x => new Choice($"force{Of}{x.Id}", words["Force: {0}", x.Name])),
            .. choices.Areas.Select(x => new Choice($"area{Of}{x}", words["Area: {0}", x])),
        ];
        Workflows = [new Choice("", words["Choose one"]), .. (await definitions.ListAsync(ct)).GroupBy(row => row.Id).Select(rows => new Choice(rows.Key, rows.First().Name ?? rows.Key))];
    }

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
