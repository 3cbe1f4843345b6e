using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assize.Engine.Definitions;

namespace Assize.Engine.Instances;

/// <summary>Canonical JSON of states and stimuli: sorted members, no white space, equal values give equal bytes.</summary>
public static class InstanceJson
{
    // Not the web defaults: those hold "a" and "A" in a script's object to be one member.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 512,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { SortMembers } },
        Converters =
        {
            new NodeConverter<JsonNode>(),
            new NodeConverter<JsonObject>(),
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new InstantConverter(),
            new SortedConverter<JsonNode?>(),
            new SortedConverter<ActivityState>(),
            new SortedConverter<int>(),
            new SortedConverter<string>(),
            new SortedConverter<Occurrence>(),
            new SortedConverter<WaitPlace>(),
            new SortedConverter<PassedStep>(),
        },
    };

    public static string Write(InstanceState state) => JsonSerializer.Serialize(state, Options);
    public static InstanceState ReadState(string json) => Read<InstanceState>(json);
    public static string Write(Stimulus stimulus) => JsonSerializer.Serialize(stimulus, Options);
    public static Stimulus ReadStimulus(string json) => Read<Stimulus>(json);
    public static JsonObject ToJson(InstanceState state) => JsonSerializer.SerializeToNode(state, Options)!.AsObject();
    public static InstanceState FromJson(JsonObject state) => state.Deserialize<InstanceState>(Options)!;

    /// <summary>A copy that no longer shows how it was made: what a script reads of it is the same before and after storing.</summary>
    public static JsonNode? Copy(JsonNode? value) => value switch
    {
        null => null,
        // Read from text already, and nothing to put in order.
        JsonValue plain when plain.TryGetValue(out JsonElement _) => plain.DeepClone(),
        _ => CanonicalJson.Read(value),
    };

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected the JSON of a {typeof(T).Name}, but found null.");

    private static void SortMembers(JsonTypeInfo type)
    {
        var order = 0;
        foreach (var member in type.Properties.OrderBy(p => p.Name, StringComparer.Ordinal).ToList())
        {
            member.Order = order++;
        }
    }

    private sealed class NodeConverter<T> : JsonConverter<T> where T : JsonNode
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => (T?)JsonNode.Parse(ref reader);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => CanonicalJson.Write(writer, value);
    }

    // Six digits of a second, always: the same instant must give the same bytes.
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        private const int ToMicroseconds = 26;

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            // The round-trip format, and of its seven digits the last one cut off.
            Span<char> text = stackalloc char[40];
            value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            text[ToMicroseconds] = 'Z';
            writer.WriteStringValue(text[..(ToMicroseconds + 1)]);
        }
    }

    private sealed class SortedConverter<T> : JsonConverter<ImmutableSortedDictionary<string, T>>
    {
        public override ImmutableSortedDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var converter = (JsonConverter<T>)options.GetConverter(typeof(T));
            var members = Sorted.Empty<T>().ToBuilder();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var member = reader.GetString()!;
                reader.Read();
                members[member] = reader.TokenType == JsonTokenType.Null ? default! : converter.Read(ref reader, typeof(T), options)!;
            }
            return members.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, options);
            }
            writer.WriteEndObject();
        }
    }
}
