using Assize.Host.Components;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
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
    public bool MayDraft { get; private set; }
    public string? Kind { get; private set; }
    public string? Name { get; private set; }
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    public string? ErrorOf(string field) => Faults.FirstOrDefault(fault => fault.FieldId == field)?.Message;

    public string Noun(string kind) => char.ToUpperInvariant(RuleShape.Of(kind).Noun[0]) + RuleShape.Of(kind).Noun[1..];

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(string? kind, string? name, IFormFile? file, CancellationToken ct)
    {
        (Kind, Name) = (kind, name?.Trim());
        var (sent, problem) = file is null ? (null, null) : await RuleUpload.ReadAsync(file, ct);
        Faults =
        [
            .. RuleName.Kinds.Contains(kind ?? "") ? [] : (Fault[])[new Fault("kind", "Choose what it is")],
            .. Name is null or "" or { Length: > LongestTitle } ? [new Fault("name", $"Enter a title, at most {LongestTitle} characters")] : (Fault[])[],
            .. problem is null ? [] : (Fault[])[new Fault("file", problem)],
        ];
        if (Faults.Count == 0)
        {
            var rule = new RuleName(kind!, await drafts.NewRuleIdAsync(kind!, Name!, ct));
            if (await rules.NewestAsync(rule, ct) is not null)
            {
                Faults = [new Fault("name", "There is one of this title. Open it and draft its next version, or enter another title")];
                return await ShowRefusedAsync(ct);
            }

            var begun = sent ?? RuleText.Empty(kind!, Name!);
            RuleJson.Set(begun, "title.en", Name);
            switch (await run.SaveAsync(caller, rule, begun, null, ct))
            {
                case DraftRefused { Code: AccessCodes.RoleMissing }:
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
        MayDraft = ActionTable.RolesFor(AccessActions.DraftDefinition).Any(caller.HasRole);
        List<(string, IReadOnlyList<RuleLine>)> all = [];
        foreach (var kind in RuleName.Kinds)
        {
            all.Add((kind, await rules.ListAsync(kind, MayDraft, ct)));
        }

        Lines = all;
    }
}
