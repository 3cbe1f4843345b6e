using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>What makes two files the same definition, whoever stored them.</summary>
public static class DefinitionHash
{
    private static readonly string[] Assigned =
        ["id", "isLatest", "isPublished", "isReadonly", "createdAt", "links", "toolVersion", "$schema"];

    /// <summary>SHA-256, lower hex, over canonical JSON without the members that a server assigns.</summary>
    /// <exception cref="DefinitionUnreadable">As for <see cref="DefinitionReader.Read"/>.</exception>
    public static string Of(string json) => Of(DefinitionReader.Read(json));

    public static string Of(WorkflowDefinition definition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(Hashed(definition)))));

    /// <summary>A copy of the document without what a server assigns.</summary>
    internal static JsonObject Hashed(WorkflowDefinition definition)
    {
        var copy = definition.Json.DeepClone().AsObject();
        foreach (var member in Assigned)
        {
            copy.Remove(member);
        }
        (copy["customProperties"] as JsonObject)?.Remove("revision");
        (copy["root"]?["customProperties"] as JsonObject)?.Remove("revision");
        RemoveNodeIds(copy);
        return copy;
    }

    private static void RemoveNodeIds(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                json.Remove("nodeId");
                foreach (var (_, value) in json)
                {
                    RemoveNodeIds(value);
                }
                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    RemoveNodeIds(item);
                }
                break;
        }
    }
}
