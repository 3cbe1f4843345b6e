using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assize.Audit;

/// <summary>JSON in exactly one spelling: members in ordinal order, no white space, only what must be escaped is. Numbers keep their text.</summary>
public static class Canonical
{
    /// <summary>Members whose value is null are left out.</summary>
    public static string Write(params IReadOnlyList<(string Name, object? Value)> members)
    {
        StringBuilder text = new("{");
        foreach ((string name, object? value) in members.Where(x => x.Value is not null).OrderBy(x => x.Name, StringComparer.Ordinal))
        {
            Text(Next(text, '{'), name);
            text.Append(':');
            _ = value switch
            {
                JsonElement element => Element(text, element),
                long number => text.Append(number.ToString(CultureInfo.InvariantCulture)),
                bool flag => text.Append(flag ? "true" : "false"),
                DateTimeOffset instant => Text(text, Instant(instant)),
                Raw raw => text.Append(raw.Json),
                _ => Text(text, (string)value!),
            };
        }
        return text.Append('}').ToString();
    }

    public static string Write(JsonElement element) => Element(new StringBuilder(), element).ToString();

    /// <summary>UTC, in microseconds.</summary>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Text of more than one spelling, or with a member twice, is refused.</summary>
    /// <exception cref="JsonException">It is no JSON, or not canonical.</exception>
    public static JsonElement Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return Write(document.RootElement) == line ? document.RootElement.Clone() : throw new JsonException("Expected canonical JSON, but it is spelt otherwise.");
    }

    private static StringBuilder Element(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(x => x.Name, StringComparer.Ordinal))
                {
                    Text(Next(text, '{'), member.Name);
                    Element(text.Append(':'), member.Value);
                }
                return text.Append('}');
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Element(Next(text, '['), item);
                }
                return text.Append(']');
            case JsonValueKind.String:
                return Text(text, element.GetString()!);
            default:
                return text.Append(element.GetRawText());
        }
    }

    private static StringBuilder Next(StringBuilder text, char opening) => text[^1] == opening ? text : text.Append(',');

    private static StringBuilder Text(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }
        return text.Append('"');
    }

    internal sealed record Raw(string Json);
}
