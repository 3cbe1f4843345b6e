using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Host.Wording;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>All of them by kind, and where a new one begins.</summary>
[RequestSizeLimit(RuleUpload.MostSent)]
public sealed class IndexModel(RuleQueries rules, DraftQueries drafts, RuleRun run, Caller caller) : PageModel
{
    private const int LongestTitle = 100;

    public IReadOnlyList<(string Kind, IReadOnlyList<RuleLine> Lines)> Lines { get; private set; } = [];
    public DraftingReach Reach { get; private set; } = DraftingReach.Nothing;
    public bool MayDraft => Reach.IsAny;
    public string? Owner { get; private set; }
    public string? Kind { get; private set; }
    public string? Name { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(string? kind, string? name, string? owner, IFormFile? file, CancellationToken ct)
    {
        (Kind, Name, Owner) = (kind, name?.Trim(), owner);
        var (sent, problem) = file is null ? (null, null) : await RuleUpload.ReadAsync(file, ct);
        Faults =
        [
            .. RuleName.Kinds.Contains(kind ?? "") ? [] : (Fault[])[new Fault("kind", Phrases.Of("Choose what it is"))],
            .. Name is null or "" or { Length: > LongestTitle } ? [new Fault("name", Phrases.Of("Enter a title, at most {0} characters", LongestTitle))] : (Fault[])[],
            .. problem is null ? [] : (Fault[])[new Fault("file", problem)],
            .. string.IsNullOrEmpty(owner) || DefinitionOwner.Parse(owner) is not null ? [] : (Fault[])[new Fault("owner", Phrases.Of("Choose to whom it belongs"))],
        ];
        if (Faults.Count == 0)
        {
            var rule = new RuleName(kind!, await drafts.NewRuleIdAsync(kind!, Name!, ct));
            if (await rules.NewestAsync(rule, ct) is not null)
            {
                Faults = [new Fault("name", Phrases.Of("There is one of this title. Open it and draft its next version, or enter another title"))];
                return await ShowRefusedAsync(ct);
            }

            var begun = sent ?? RuleText.Empty(kind!, Name!);
            RuleJson.Set(begun, "title.en", Name);
            switch (await run.SaveAsync(caller, rule, begun, null, ct, DefinitionOwner.Parse(owner)))
            {
                case DraftRefused { IsDenied: true }:
                    return StatusCode(StatusCodes.Status403Forbidden);
                case DraftRefused refused:
                    Faults = [new Fault(null, refused.Message)];
                    break;
                default:
                    return Redirect($"/designer/rules/{rule.Kind}/{rule.Id}/draft");
            }
        }

        return await ShowRefusedAsync(ct);
    }

    private async Task<IActionResult> ShowRefusedAsync(CancellationToken ct)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Reach = await drafts.ReachAsync(caller, ct);
        List<(string, IReadOnlyList<RuleLine>)> all = [];
        foreach (var kind in RuleName.Kinds)
        {
            all.Add((kind, await rules.ListAsync(kind, caller, ct)));
        }

        Lines = all;
    }
}
