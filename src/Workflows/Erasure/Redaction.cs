using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;

namespace Assize.Workflows.Erasure;

/// <summary>Takes people out of JSON text and leaves everything else as it is.</summary>
internal sealed class Redaction(IReadOnlyCollection<string> names)
{
    public const string Whole = """{"$erased":true}""";

    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 80 };
    private static readonly JsonSerializerOptions s_written = new() { MaxDepth = 90, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Names(string text) => names.Any(x => text.Contains(x, StringComparison.OrdinalIgnoreCase));

    /// <summary>Every text that names one of the people becomes "[erased]", and so does every member called one of these.</summary>
    public string Of(string json, params IReadOnlyCollection<string> members) => Change(json, root => Walk(root, members));

    /// <summary>Changes JSON text by hand; a text that is nothing to it stays byte for byte.</summary>
    public static string Change(string json, Action<JsonNode> change)
    {
        if (JsonNode.Parse(json, documentOptions: s_deep) is not { } root)
        {
            return json;
        }
        string before = root.ToJsonString(s_written);
        change(root);
        string after = root.ToJsonString(s_written);
        return after == before ? json : after;
    }

    private void Walk(JsonNode node, IReadOnlyCollection<string> members)
    {
        if (node is JsonArray array)
        {
            for (int index = 0; index < array.Count; index++)
            {
                if (Replacement(array[index]) is { } text)
                {
                    array[index] = text;
                }
                else if (array[index] is { } item)
                {
                    Walk(item, members);
                }
            }
        }
        foreach ((string member, JsonNode? value) in node is JsonObject json ? json.ToList() : [])
        {
            if (members.Contains(member) && value is not null)
            {
                node[member] = PersonalValues.Erased;
            }
            else if (Replacement(value) is { } text)
            {
                node[member] = text;
            }
            else if (value is not null)
            {
                Walk(value, members);
            }
        }
    }

    private string? Replacement(JsonNode? value) =>
        value is JsonValue leaf && leaf.TryGetValue(out string? text) && Names(text) ? PersonalValues.Erased : null;
}
