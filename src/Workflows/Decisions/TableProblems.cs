using System.Text.Json;

namespace Assize.Workflows.Decisions;

internal static class TableProblems
{
    public static IEnumerable<string> Of(DecisionTable table) =>
        [.. Repeated("input", table.Inputs.Select(x => x.Id)),
         .. Repeated("rule", table.Rules.Select(x => x.Id)),
         .. Repeated("outcome", table.Outcomes),
         .. table.Outcomes.Except(table.Rules.Select(x => x.Outcome)).Select(x => $"Expected a rule for every outcome, but none gives '{x}'."),
         .. table.Rules.SelectMany(rule => OfRule(table, rule))];

    private static IEnumerable<string> OfRule(DecisionTable table, TableRule rule)
    {
        if (!table.Outcomes.Contains(rule.Outcome))
        {
            yield return $"Expected rule '{rule.Id}' to give one of {string.Join(", ", table.Outcomes)}, but it gives '{rule.Outcome}'.";
        }
        if (rule.To < rule.From)
        {
            yield return $"Expected rule '{rule.Id}' to end on or after {rule.From:O}, but it ends on {rule.To:O}.";
        }
        foreach ((string id, JsonElement condition) in rule.When)
        {
            if (table.Inputs.FirstOrDefault(x => x.Id == id) is not { } input)
            {
                yield return $"Expected rule '{rule.Id}' to test the table's inputs, but '{id}' is none.";
            }
            else if (Condition.Problem(condition, input.Type) is { } problem)
            {
                yield return $"Expected a condition on '{id}' in rule '{rule.Id}' that fits {input.Type}, but {problem}.";
            }
        }
    }

    private static IEnumerable<string> Repeated(string what, IEnumerable<string> ids) =>
        ids.GroupBy(x => x, StringComparer.Ordinal).Where(x => x.Count() > 1).Select(x => $"Expected each {what} once, but '{x.Key}' is there {x.Count()} times.");
}
