using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>Writes definitions back, with every member that was read.</summary>
public static class DefinitionWriter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document as it was read: reading it again gives the same definition.</summary>
    public static string Write(WorkflowDefinition definition) => definition.Json.ToJsonString(Options);

    /// <summary>A copy in which every activity has the <c>nodeId</c> that Studio needs.</summary>
    public static JsonObject WithNodeIds(WorkflowDefinition definition)
    {
        var copy = definition.Json.DeepClone().AsObject();
        Number(definition.Root, copy["root"]!.AsObject());
        return copy;
    }

    private static void Number(ActivityNode node, JsonObject json)
    {
        json["nodeId"] = node.NodeId;
        var activities = json.ArrayOf("activities");
        for (var i = 0; i < node.Children.Length; i++)
        {
            Number(node.Children[i], activities[i]!.AsObject());
        }
        foreach (var (port, child) in node.Ports)
        {
            Number(child, Embedded(json, port));
        }
    }

    private static JsonObject Embedded(JsonObject json, string port) =>
        port.Split('/') is [var member, var index]
            ? json[member]![int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)]!["activity"]!.AsObject()
            : json[port]!.AsObject();
}
