using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>JSON with members in ordinal order and no white space: equal documents, equal bytes.</summary>
public static class CanonicalJson
{
    private const int KeptBytes = 1_000_000;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_kept;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Writes the node canonically; null is <c>null</c>. Numbers keep the text they were read with.</summary>
    public static string Write(JsonNode? node) => Use(node, static bytes => Encoding.UTF8.GetString(bytes));

    /// <summary>Reads what the node would be written as: the same value, and no trace of how it was made.</summary>
    public static JsonNode? Read(JsonNode? node) => Use(node, static bytes => JsonNode.Parse(bytes, documentOptions: new() { MaxDepth = 512 }));

    /// <summary>Writes the node canonically with a writer whose encoder is the caller's choice.</summary>
    public static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject json:
                writer.WriteStartObject();
                if (IsInOrder(json))
                {
                    for (var i = 0; i < json.Count; i++)
                    {
                        Write(writer, json.GetAt(i));
                    }
                }
                else
                {
                    foreach (var member in json.OrderBy(m => m.Key, StringComparer.Ordinal))
                    {
                        Write(writer, member);
                    }
                }
                writer.WriteEndObject();
                break;
            case JsonArray array:
                writer.WriteStartArray();
                for (var i = 0; i < array.Count; i++)
                {
                    Write(writer, array[i]);
                }
                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, KeyValuePair<string, JsonNode?> member)
    {
        writer.WritePropertyName(member.Key);
        Write(writer, member.Value);
    }

    // Most objects were read from canonical text and are.
    private static bool IsInOrder(JsonObject json)
    {
        for (var i = 1; i < json.Count; i++)
        {
            if (string.CompareOrdinal(json.GetAt(i - 1).Key, json.GetAt(i).Key) > 0)
            {
                return false;
            }
        }
        return true;
    }

    // Writing is a good part of a step: each thread keeps its buffer and its writer. Nothing is written while something is.
    private static T Use<T>(JsonNode? node, Func<ReadOnlySpan<byte>, T> read)
    {
        var (buffer, writer) = t_kept ??= Make();
        buffer.ResetWrittenCount();
        writer.Reset();
        try
        {
            Write(writer, node);
            writer.Flush();
            return read(buffer.WrittenSpan);
        }
        catch
        {
            t_kept = null;
            throw;
        }
        finally
        {
            if (buffer.Capacity > KeptBytes)
            {
                t_kept = null;
            }
        }
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) Make()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
