using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>
/// The police's new-case message: bare, or in its route envelope, in which each layer carries the next as elements
/// or as escaped text.
/// </summary>
internal static class PoliceMessage
{
    private const string NewCase = "NewCaseMessage";
    private const int MostLayers = 4;

    public static (JsonObject Canonical, string MessageId) Read(ReadOnlyMemory<byte> received, IntakeLimits limits, List<Problem> unmapped)
    {
        using MemoryStream document = new(received.ToArray(), writable: false);
        XmlPart root = XmlPart.Read(document, limits);
        string messageId = "";
        XmlPart message = Open(root, limits, ref messageId, MostLayers);
        XmlPart courtCase = message.Find("Case") ?? throw Unknown("a case", $"{NewCase} has none");
        return (PoliceMapping.ToCanonical(courtCase, unmapped), messageId);
    }

    private static XmlPart Open(XmlPart part, IntakeLimits limits, ref string messageId, int layers)
    {
        if (part.Name == NewCase)
        {
            return part;
        }

        if (layers == 0)
        {
            throw Unknown(NewCase, "the envelope has too many layers");
        }

        if (part.Find("DataStreamType")?.Text.Trim() is { Length: > 0 } type && type != "SPINewCase")
        {
            throw Unknown("the data stream SPINewCase", $"it is '{ProsecutionReader.Shorten(type)}'");
        }

        if (messageId.Length == 0)
        {
            messageId = (part.Find("RequestID") ?? part.Find("RequestFromSystem/CorrelationID"))?.Text.Trim() ?? "";
        }

        XmlPart inner = Inner(part) ?? throw Unknown($"{NewCase} or its envelope", $"the message is '{ProsecutionReader.Shorten(part.Name)}'");
        if (inner.Parts.Count > 0)
        {
            return Open(inner.Name is "Message" or "DataStreamContent" ? inner.Parts[0] : inner, limits, ref messageId, layers - 1);
        }

        string text = inner.Text.Trim();
        return text.StartsWith('<')
            ? Open(XmlPart.Read(text, limits), limits, ref messageId, layers - 1)
            : throw Unknown(NewCase, $"'{inner.Name}' carries no XML");
    }

    private static XmlPart? Inner(XmlPart part) => part.Name switch
    {
        "Envelope" => part.Find("Body/SubmitRequestMes") ?? part.Find("Body/RouteData") ?? part.Find("Body/NewCaseMessage"),
        "SubmitRequestMes" => part.Find("Message"),
        "RouteData" or "RouteDataRequest" => part.Find("DataStream/DataStreamContent"),
        _ => null,
    };

    private static IntakeUnreadable Unknown(string expected, string found) =>
        new(UnreadableCodes.UnknownMessage, 422, "", $"Expected {expected}, but {found}.");
}
