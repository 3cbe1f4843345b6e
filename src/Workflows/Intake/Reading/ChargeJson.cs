using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Charge JSON is canonical as it comes: members and values stay as sent, in the order sent.</summary>
internal static class ChargeJson
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static JsonObject Read(ReadOnlyMemory<byte> received, IntakeLimits limits)
    {
        ReadOnlyMemory<byte> utf8 = received.Span.StartsWith("\uFEFF"u8) ? received[3..] : received;
        RefuseOtherEncodings(utf8.Span);
        try
        {
            Inspect(utf8.Span, limits);
            return JsonNode.Parse(utf8.Span, documentOptions: new JsonDocumentOptions { MaxDepth = limits.MaxDepth }) as JsonObject
                ?? throw new IntakeUnreadable(UnreadableCodes.UnknownMessage, 422, "", "Expected a JSON object, but the message is another JSON value.");
        }
        catch (JsonException exception)
        {
            throw new IntakeUnreadable(UnreadableCodes.Malformed, 400, "",
                $"Expected well-formed JSON, but line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} cannot be read.");
        }
    }

    private static void RefuseOtherEncodings(ReadOnlySpan<byte> utf8)
    {
        try
        {
            _ = s_strict.GetCharCount(utf8);
        }
        catch (DecoderFallbackException exception)
        {
            throw new IntakeUnreadable(UnreadableCodes.Encoding, 400, "",
                $"Expected JSON in UTF-8, but byte {exception.Index + 1} is not UTF-8.");
        }

        if (utf8.Contains((byte)0))
        {
            throw new IntakeUnreadable(UnreadableCodes.Encoding, 400, "", "Expected JSON in UTF-8, but the message has zero bytes, as UTF-16 would.");
        }
    }

    // One pass without allocation per value: it finds what a parsed tree can no longer tell (a member given
    // twice) and stops at the limits before any tree exists.
    private static void Inspect(ReadOnlySpan<byte> utf8, IntakeLimits limits)
    {
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 8 });
        JsonPath path = new();
        int parts = 0;
        while (reader.Read())
        {
            if (++parts > limits.MaxParts)
            {
                throw new IntakeUnreadable(UnreadableCodes.TooMany, 413, path.Pointer, $"Expected at most {limits.MaxParts} values, but the message has more.");
            }

            if (reader.CurrentDepth >= limits.MaxDepth)
            {
                throw new IntakeUnreadable(UnreadableCodes.TooDeep, 400, path.Pointer, $"Expected at most {limits.MaxDepth} levels, but the message is nested deeper.");
            }

            path.Step(ref reader);
        }
    }
}
