using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>From received bytes to canonical charge JSON. Throws <see cref="IntakeUnreadable"/> and nothing else.</summary>
public static class ProsecutionReader
{
    public const string ChargeMediaType = "application/vnd.hmcts.cjs.charge-prosecution+json";

    /// <summary>The values that say which prosecution it is, by pointer, with the most characters each may have. A message without them cannot be read.</summary>
    internal static readonly FrozenDictionary<string, int> Identity = new Dictionary<string, int>
    {
        ["/prosecutionSubmissionDetails/prosecutingAuthority"] = 64,
        ["/prosecutionSubmissionDetails/urn"] = 36,
    }.ToFrozenDictionary();


    /// <param name="contentType">With or without parameters.</param>
    /// <param name="initiation">The query's initiation; "charge" is the default and the only one taken so far.</param>
    public static SubmissionFormat FormatOf(string? contentType, string? initiation)
    {
        string mediaType = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (mediaType is "application/xml" or "text/xml")
        {
            return SubmissionFormat.PoliceXml;
        }

        if (mediaType is not ("application/json" or ChargeMediaType))
        {
            throw new IntakeUnreadable(UnreadableCodes.MediaType, 415, "",
                $"Expected {ChargeMediaType}, application/json or application/xml, but the content type is '{Shorten(mediaType)}'.");
        }

        if (!string.IsNullOrEmpty(initiation) && initiation != "charge")
        {
            throw new IntakeUnreadable(UnreadableCodes.UnknownMessage, 422, "",
                $"Expected initiation 'charge', but it is '{Shorten(initiation)}'. Other kinds of prosecution are not taken yet.");
        }

        return SubmissionFormat.ChargeJson;
    }

    public static ReadProsecution Read(ReadOnlyMemory<byte> received, SubmissionFormat format, IntakeLimits limits)
    {
        if (received.Length > limits.MaxBytes)
        {
            throw TooLarge(limits);
        }

        if (received.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new IntakeUnreadable(UnreadableCodes.Empty, 400, "", "Expected a prosecution, but the body is empty.");
        }

        List<Problem> unmapped = [];
        (JsonObject canonical, string messageId) = format == SubmissionFormat.ChargeJson
            ? (ChargeJson.Read(received, limits), "")
            : PoliceMessage.Read(received, limits, unmapped);
        string authority = Required(canonical, "prosecutingAuthority", UnreadableCodes.NoAuthority, "a prosecuting authority");
        string urn = Required(canonical, "urn", UnreadableCodes.NoReference, "a reference (URN)");
        return new ReadProsecution(format, canonical, authority, urn, messageId, unmapped);
    }

    /// <summary>Reads a body to its end, or to the limit and no further.</summary>
    public static async Task<byte[]> ReceiveAsync(Stream body, IntakeLimits limits, CancellationToken ct)
    {
        using MemoryStream received = new();
        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (received.Length + count > limits.MaxBytes)
            {
                throw TooLarge(limits);
            }

            received.Write(buffer, 0, count);
        }

        return received.ToArray();
    }

    private static string Required(JsonObject canonical, string member, string code, string what)
    {
        string pointer = $"/prosecutionSubmissionDetails/{member}";
        JsonNode? value = (canonical["prosecutionSubmissionDetails"] as JsonObject)?[member];
        string text = JsonText.Of(value)?.Trim() ?? "";
        if (text.Length == 0)
        {
            throw new IntakeUnreadable(code, 422, pointer, $"Expected {what}, but the message has none.");
        }

        if (!Fits(pointer, text))
        {
            throw new IntakeUnreadable(code, 422, pointer,
                $"Expected {what} of at most {Identity[pointer]} printable characters, but it is longer or has other characters.");
        }

        return text;
    }

    /// <summary>Whether a text can be the value of <see cref="Identity"/> at this pointer, right or not.</summary>
    internal static bool Fits(string pointer, string text) => text.Length <= Identity[pointer] && !text.Any(char.IsControl);

    private static IntakeUnreadable TooLarge(IntakeLimits limits) =>
        new(UnreadableCodes.TooLarge, 413, "", $"Expected at most {limits.MaxBytes} bytes, but the message is larger.");

    internal static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
