using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Workflows.Cases;
using Assize.Workflows.Decisions;
using Assize.Workflows.Forms;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Verifying;

/// <summary>Verifies a form, decision table, calendar or code list: its fields, what its kind demands, what it refers to and what refers to it, and that it says since when it is law and by which source.</summary>
public sealed class RuleCheck(RuleCatalog rules, ReferenceStore reference, OverlayCheck overlays, TimeProvider clock)
{
    private static readonly string[] s_after = ["References", "Legal source and first day"];

    /// <param name="waits">Whether what takes long is waited for; otherwise what is known counts.</param>
    public Task<Verification> RunAsync(CaseDb db, RuleName rule, JsonObject file, CancellationToken ct, bool waits = true) =>
        rule.Kind == RuleName.Overlay ? overlays.RunAsync(db, rule, file, waits, ct) : RunAsync(db, rule, file, ct);

    private async Task<Verification> RunAsync(CaseDb db, RuleName rule, JsonObject file, CancellationToken ct)
    {
        await rules.FollowAsync(db, ct);
        IReadOnlyList<RuleProblem> structure = RuleStructure.Problems(rule, file, out object? read);
        if (read is null)
        {
            return new Verification([Line("Structure", structure), .. Coverage(null), .. s_after.Select(CheckLine.NotChecked)]);
        }
        IReadOnlyList<WorkflowDefinition> users = await rules.TakenFromAsync(db, (read as DecisionTable)?.EffectiveFrom ?? (read as Form)?.EffectiveFrom, ct);
        List<RuleProblem> references = read switch
        {
            DecisionTable table => [.. RuleUsers.OfTable(table, users)],
            Form form => [.. RuleUsers.OfForm(form, users), .. FormLists.Problems(form, await reference.CurrentAsync(db, ct, Day(form.EffectiveFrom)), Day(form.EffectiveFrom))],
            CodeList list => [.. ListDetails.Problems(list, await reference.CurrentAsync(db, ct, Day(list.EffectiveFrom)))],
            _ => [],
        };
        bool isFirst = !await db.PublishedResources.AnyAsync(x => x.Kind == rule.Kind && x.Id == rule.Id, ct);
        return new Verification([Line("Structure", structure), .. Coverage(read), Line(s_after[0], references), Line(s_after[1], [.. Law(file, isFirst)])]);

        IEnumerable<CheckLine> Coverage(object? table) => rule.Kind != RuleName.Table ? []
            : table is DecisionTable decided && TableCoverage.Problems(decided) is { } problems ? [Line("Gaps and overlaps", [.. problems.Select(x => new RuleProblem("", x))])]
            : [CheckLine.NotChecked("Gaps and overlaps")];
    }

    // Lists are those of the first legal day: that is what the first case meets.
    private DateOnly Day(DateOnly? effectiveFrom) => effectiveFrom ?? London.Day(clock.GetUtcNow());

    internal static IEnumerable<RuleProblem> Law(JsonObject file, bool isFirst)
    {
        if (string.IsNullOrWhiteSpace(RuleJson.Text(file, "legalReference")))
        {
            yield return new RuleProblem("", "Legal source: Fill it in. Every version says by which law, rule or direction it holds.") { Member = "legalReference" };
        }
        if (!isFirst && file["effectiveFrom"] is null)
        {
            yield return new RuleProblem("", "First legal day: Fill it in. Without it the new version would apply to cases of any date, in place of all versions before.") { Member = "effectiveFrom" };
        }
    }

    internal static CheckLine Line(string name, IReadOnlyList<RuleProblem> problems) =>
        CheckLine.Of(name, [.. problems.Select(x => new DefinitionProblem("rule-invalid", x.Message, null, x.Path) { Field = x.Member })]);
}
