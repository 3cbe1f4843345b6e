using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Decisions;

/// <summary>Answers a decision table. Pure: the day that decides which rules are law is given.</summary>
public static class TableEvaluation
{
    public static Decision Decide(DecisionTable table, JsonObject inputs, DateOnly day)
    {
        Dictionary<string, JsonElement> values = table.Inputs.ToDictionary(x => x.Id, x => Value(table, x, inputs));
        List<TableRule> hits = [.. table.Rules.Where(rule => rule.IsLawOn(day) && Holds(table, rule, values))];
        if (hits.Count == 0)
        {
            throw new DecisionFailed("no-rule", $"Expected a rule of table {table.Id} {table.Version} for {inputs.ToJsonString()} on {day:O}, but none applies.");
        }
        if (table.HitPolicy == HitPolicy.Unique && hits.Count > 1)
        {
            throw new DecisionFailed("rules-overlap", $"Expected one rule of table {table.Id} {table.Version}, but {string.Join(", ", hits.Select(x => x.Id))} apply.");
        }
        return new Decision(table.HitPolicy == HitPolicy.Collect ? hits : [hits[0]]);
    }

    private static bool Holds(DecisionTable table, TableRule rule, Dictionary<string, JsonElement> values) =>
        rule.When.All(x => Condition.Holds(x.Value, table.Inputs.First(input => input.Id == x.Key).Type, values[x.Key]));

    private static JsonElement Value(DecisionTable table, TableInput input, JsonObject inputs)
    {
        JsonElement value = JsonSerializer.SerializeToElement(inputs[input.Id]);
        return Condition.Fits(value, input.Type)
            ? value
            : throw new DecisionFailed("input-mistyped", $"Expected {input.Type} for input '{input.Id}' of table {table.Id}, but it is {value}.");
    }
}

/// <summary>The rules that applied, in the table's order; never empty.</summary>
public sealed record Decision(IReadOnlyList<TableRule> Rules)
{
    public IReadOnlyList<string> Outcomes { get; } = [.. Rules.Select(x => x.Outcome).Distinct()];
}

public sealed class DecisionFailed(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
