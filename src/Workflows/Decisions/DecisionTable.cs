using System.Text.Json;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Decisions;

/// <summary>A published decision table. Rules carry their legal reference and the dates between which they are law.</summary>
public sealed record DecisionTable(
    string Id, int Version, LocalText Title, string LegalReference, DateOnly? EffectiveFrom, HitPolicy HitPolicy,
    IReadOnlyList<TableInput> Inputs, IReadOnlyList<string> Outcomes, IReadOnlyList<TableRule> Rules, string? Note = null)
{
    public static DecisionTable Read(string json) => RuleFile.Read<DecisionTable>(json, TableProblems.Of);
}

public enum HitPolicy { First, Unique, Collect }

public sealed record TableInput(string Id, InputType Type, LocalText Label);

public enum InputType { Boolean, Text, Number, Date, Texts }

/// <param name="When">Per input id: a plain value it must equal, or an object of one or more of is, in, not, below, atMost, above, atLeast, contains. An input not named may be anything.</param>
/// <param name="From">The first day on which the rule is law; null: always was.</param>
/// <param name="To">The last day on which the rule is law; null: still is.</param>
public sealed record TableRule(
    string Id, IReadOnlyDictionary<string, JsonElement> When, string Outcome, string LegalReference, string? Note = null,
    DateOnly? From = null, DateOnly? To = null)
{
    public bool IsLawOn(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);
}
