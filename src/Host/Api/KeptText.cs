using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Assize.Host.Api;

/// <summary>JSON that can be read but not kept: PostgreSQL has no place for U+0000, and half a surrogate pair is no character.</summary>
internal sealed class UnkeepableJson(string message) : JsonException(message);

/// <summary>Text of requests, refused where no database could keep it.</summary>
internal sealed class KeptText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Kept(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    internal static string? Kept(string? text) => text?.Contains('\0') == true
        ? throw new UnkeepableJson("Expected text without the character U+0000, which cannot be kept. Remove it.")
        : text;
}

/// <summary>Any JSON in a request. A node reads itself when it is first used, which is too late to refuse it.</summary>
internal sealed class KeptNode<T> : JsonConverter<T>
    where T : JsonNode
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var node = JsonNode.Parse(ref reader);
        try
        {
            Visit(node);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or InvalidOperationException)
        {
            throw new UnkeepableJson("Expected each member once and text of whole characters, but a member comes twice or a character is half. Mend it.");
        }

        return node is null ? null
            : node as T ?? throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => value.WriteTo(writer, options);

    private static void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    KeptText.Kept(name);
                    Visit(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Visit(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                KeptText.Kept(value.GetValue<string>());
                break;
        }
    }
}
