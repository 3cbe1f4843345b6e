using System.Text.Json.Nodes;

namespace Assize.Engine.Expressions;

/// <summary>All that an expression can see.</summary>
public sealed record ExpressionScope
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>What chance derives from: the same in a replay.</summary>
    public required long Seed { get; init; }
    public required string InstanceId { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Variables in reach by name, the nearest scope winning; the values are the state's own: clone before handing out.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Variables { get; init; }

    /// <summary>The same by variable id, for expressions of type Variable.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> VariablesById { get; init; }

    /// <summary>Inputs of the nearest workflow.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; }
    public required IReadOnlyDictionary<string, JsonNode?> Outputs { get; init; }

    /// <summary>What the activity of that id or name last produced, by output name; null if nothing.</summary>
    public required Func<string, JsonObject?> Result { get; init; }

    /// <summary>Writes a variable by name; the script itself must then read the new value.</summary>
    /// <remarks>Throws <see cref="ExpressionFailed"/> where no such variable is in reach.</remarks>
    public required Action<string, JsonNode?> SetVariable { get; init; }

    /// <summary>Wall-clock time that the script may take.</summary>
    public TimeSpan Time { get; init; } = ScriptLimits.Time;

    /// <summary>Null outside RunJavaScript.</summary>
    public Action<IReadOnlyList<string>>? SetOutcomes { get; init; }
}
