using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>One case of a switch as somebody can type it.</summary>
/// <param name="Was">Its place before, from 0; null for a new one. What else the case holds goes with it.</param>
/// <param name="Syntax">The language of the condition.</param>
public sealed record InputCase(int? Was, string Label, string Syntax, string Condition)
{
    /// <summary>The cases of an input, in their order.</summary>
    public static ImmutableArray<InputCase> Of(ActivityNode step, InputDescriptor input) =>
        [.. (step.Inputs.GetValueOrDefault(input.Member)?.Raw as JsonArray ?? []).Select((item, index) => Read(item as JsonObject ?? [], index))];

    private static InputCase Read(JsonObject json, int index)
    {
        var condition = json["condition"] as JsonObject;
        var value = condition?["value"];
        return new InputCase(index, json.TextOf("label") ?? "", condition?.TextOf("type") ?? "JavaScript", value is null ? "" : value.AsText() ?? value.ToJsonString());
    }
}
