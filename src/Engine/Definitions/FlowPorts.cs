using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>The outcomes by which connections may leave an activity.</summary>
public static class FlowPorts
{
    private const string DynamicOutcomes = "dynamic-outcomes";

    /// <summary>The ports as Studio shows them; null where an expression decides them at run time.</summary>
    public static ImmutableArray<string>? Of(ActivityNode node, ActivityDescriptor? descriptor)
    {
        if (node.Workflow is { } workflow)
        {
            return [.. workflow.Outcomes.DefaultIfEmpty(Connection.DefaultPort)];
        }
        if (descriptor is null)
        {
            return null;
        }
        if (descriptor.TypeName == "Elsa.FlowSwitch")
        {
            return [.. CaseLabels(node), "Default"];
        }
        if (descriptor.Inputs.FirstOrDefault(i => i.UIHint == DynamicOutcomes) is { } input)
        {
            return Dynamic(node, input);
        }
        var ports = descriptor.Ports.Where(p => p.Type == PortType.Flow).Select(p => p.Name).ToImmutableArray();
        return ports.IsEmpty && !descriptor.IsTerminal ? [Connection.DefaultPort] : ports;
    }

    private static ImmutableArray<string>? Dynamic(ActivityNode node, InputDescriptor input)
    {
        var always = (input.UISpecifications?["DynamicOutcomesOptions"]?["fixedOutcomes"] as JsonArray ?? []).Select(o => o.AsText()).OfType<string>();
        if (Listed(node.Inputs.GetValueOrDefault(input.Member)) is not { } listed)
        {
            return null;
        }
        var all = listed.Concat(always).ToImmutableArray();
        return all.IsEmpty ? [Connection.DefaultPort] : all;
    }

    private static IEnumerable<string>? Listed(InputValue? input)
    {
        var value = input?.IsWrapped == true ? input.Expression?.Value : input?.Raw;
        if (input?.Expression is { Type: not ("Object" or "Literal") })
        {
            return null;
        }
        try
        {
            var list = value.AsText() is { Length: > 0 } text ? JsonNode.Parse(text) as JsonArray : value as JsonArray;
            return (list ?? []).Select(o => o.AsText()).OfType<string>();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> CaseLabels(ActivityNode node) =>
        (node.Inputs.GetValueOrDefault("cases")?.Raw as JsonArray ?? []).Select(c => (c as JsonObject)?.TextOf("label")).OfType<string>();
}
