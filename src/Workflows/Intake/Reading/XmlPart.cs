using System.Text;
using System.Xml;

namespace Assize.Workflows.Intake.Reading;

/// <summary>One element of a police message, by local name: forces differ in prefixes and never in names.</summary>
internal sealed class XmlPart(string name)
{
    private readonly StringBuilder _text = new();

    public string Name { get; } = name;
    public string Text => _text.ToString();
    public List<XmlPart> Parts { get; } = [];

    /// <summary>Set once a mapping row has taken it.</summary>
    public bool Taken { get; set; }

    public XmlPart? Find(string path)
    {
        XmlPart? at = this;
        foreach (string name in path.Split('/'))
        {
            at = at?.Parts.FirstOrDefault(part => part.Name == name);
        }

        return at;
    }

    public IEnumerable<XmlPart> All(string name) => Parts.Where(part => part.Name == name);

    /// <summary>Reads one document, or refuses it; never looks at anything outside it.</summary>
    public static XmlPart Read(Stream document, IntakeLimits limits)
    {
        using XmlReader reader = XmlReader.Create(document, Settings(limits));
        return Read(reader, limits);
    }

    /// <summary>Reads a document that came as the text of another one.</summary>
    public static XmlPart Read(string document, IntakeLimits limits)
    {
        using StringReader text = new(document);
        using XmlReader reader = XmlReader.Create(text, Settings(limits));
        return Read(reader, limits);
    }

    private static XmlReaderSettings Settings(IntakeLimits limits) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        MaxCharactersInDocument = limits.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };

    private static XmlPart Read(XmlReader reader, IntakeLimits limits)
    {
        Stack<XmlPart> open = new();
        int count = 0;
        try
        {
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        Open(reader, open, ++count, limits);
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA:
                        open.Peek()._text.Append(reader.Value);
                        break;
                    case XmlNodeType.EndElement when open.Count > 1:
                        open.Pop();
                        break;
                }
            }
        }
        catch (XmlException exception)
        {
            throw Unreadable(exception, limits);
        }
        catch (DecoderFallbackException)
        {
            throw new IntakeUnreadable(UnreadableCodes.Encoding, 400, "", "Expected XML in the encoding it declares, but some bytes are not of it.");
        }

        return open.Peek();
    }

    private static void Open(XmlReader reader, Stack<XmlPart> open, int count, IntakeLimits limits)
    {
        if (count > limits.MaxParts)
        {
            throw new IntakeUnreadable(UnreadableCodes.TooMany, 413, "", $"Expected at most {limits.MaxParts} elements, but the message has more.");
        }

        if (open.Count >= limits.MaxDepth)
        {
            throw new IntakeUnreadable(UnreadableCodes.TooDeep, 400, "", $"Expected at most {limits.MaxDepth} levels, but the message is nested deeper.");
        }

        XmlPart part = new(reader.LocalName);
        if (open.TryPeek(out XmlPart? parent))
        {
            parent.Parts.Add(part);
        }

        if (!reader.IsEmptyElement || open.Count == 0)
        {
            open.Push(part);
        }
    }

    // The reader does not tell its refusals apart except by text, so the limits are asked first.
    private static IntakeUnreadable Unreadable(XmlException exception, IntakeLimits limits)
    {
        if (exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return new IntakeUnreadable(UnreadableCodes.DocumentType, 400, "", "Expected XML without a document type, but the message declares one. Send it without.");
        }

        if (exception.Message.Contains(nameof(XmlReaderSettings.MaxCharactersInDocument), StringComparison.Ordinal))
        {
            return new IntakeUnreadable(UnreadableCodes.TooLarge, 413, "", $"Expected at most {limits.MaxBytes} characters, but the message is larger.");
        }

        return new IntakeUnreadable(UnreadableCodes.Malformed, 400, "",
            $"Expected well-formed XML, but line {exception.LineNumber}, column {exception.LinePosition} cannot be read.");
    }
}
