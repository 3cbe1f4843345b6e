using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Expressions.Rooms;

/// <summary>What is said between a process and its rooms: JSON, each with its length before it.</summary>
internal static class RoomText
{
    /// <summary>Bytes of the longest answer that a room may give.</summary>
    private const int Longest = 64_000_000;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public static void Send(Stream to, Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        buffer.Advance(sizeof(int));
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        byte[] sent = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(sent, sent.Length - sizeof(int));
        to.Write(sent);
        to.Flush();
    }

    /// <summary>Null at the end of the stream, or where what comes is no answer.</summary>
    public static JsonObject? Receive(Stream from)
    {
        byte[] length = new byte[sizeof(int)];
        if (from.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
        {
            return null;
        }
        int size = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (size is < 2 or > Longest)
        {
            return null;
        }
        byte[] text = new byte[size];
        return from.ReadAtLeast(text, size, throwOnEndOfStream: false) == size ? JsonNode.Parse(text, documentOptions: Deep)!.AsObject() : null;
    }

    public static void Write(this Utf8JsonWriter json, string name, JsonNode? value)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            value.WriteTo(json);
        }
    }

    public static void Write(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, JsonNode?> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, JsonNode? value) in values)
        {
            json.Write(key, value);
        }
        json.WriteEndObject();
    }

    /// <summary>A script and all that it sees, but for results of activities, which it asks for.</summary>
    public static void Write(this Utf8JsonWriter json, Expression expression, ExpressionScope scope)
    {
        json.WriteString("language", expression.Type);
        json.Write("source", expression.Value);
        json.WriteString("now", scope.Now.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("seed", scope.Seed);
        json.WriteString("instanceId", scope.InstanceId);
        json.WriteString("correlationId", scope.CorrelationId);
        json.Write("variables", scope.Variables);
        json.Write("inputs", scope.Inputs);
        json.WriteNumber("ticks", scope.Time.Ticks);
        json.WriteBoolean("chooses", scope.SetOutcomes is not null);
    }
}
