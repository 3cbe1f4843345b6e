using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Commands;

namespace Assize.Workflows.Erasure;

/// <summary>Takes people out of JSON text and leaves everything else as it is.</summary>
internal sealed class Redaction(PersonNames people)
{
    public const string Whole = """{"$erased":true}""";

    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 80 };
    private static readonly JsonSerializerOptions s_written = new() { MaxDepth = 90, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A value of one word below these is a code, though it may read as somebody's name.
    private static readonly string[] s_coded = ["Id", "Code", "Type", "Kind", "Urn", "Status", "State", "Outcome", "Role", "Action", "Agency", "Court", "Jurisdiction"];

    public bool Names(string text) => people.AreIn(text);

    /// <summary>Every text that names one of the people becomes "[erased]", and so does every member called one of these.</summary>
    public string Of(string json, params IReadOnlyCollection<string> members) => Change(json, root => Walk(root, "", members));

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

    /// <param name="at">The member that the node stands below.</param>
    private void Walk(JsonNode node, string at, IReadOnlyCollection<string> members)
    {
        if (node is JsonArray array)
        {
            for (int index = 0; index < array.Count; index++)
            {
                if (Replacement(at, array[index]) is { } text)
                {
                    array[index] = text;
                }
                else if (array[index] is { } item)
                {
                    Walk(item, at, members);
                }
            }
        }
        foreach ((string member, JsonNode? value) in node is JsonObject json ? json.ToList() : [])
        {
            if (members.Contains(member) && value is not null)
            {
                node[member] = PersonalValues.Erased;
            }
            else if (Replacement(member, value) is { } text)
            {
                node[member] = text;
            }
            else if (value is not null)
            {
                Walk(value, member, members);
            }
        }
    }

    private string? Replacement(string member, JsonNode? value) =>
        value is JsonValue leaf && leaf.TryGetValue(out string? text) && IsTheirs(member, text) ? PersonalValues.Erased : null;

    private bool IsTheirs(string member, string text) =>
        member.EndsWith("name", StringComparison.OrdinalIgnoreCase) ? people.Include(text) : !IsCode(member, text) && people.AreIn(text);

    private static bool IsCode(string member, string text) =>
        !text.Any(x => char.IsWhiteSpace(x) || x == '@') && s_coded.Any(x => member.EndsWith(x, StringComparison.Ordinal) || member.Equals(x, StringComparison.OrdinalIgnoreCase));
}
