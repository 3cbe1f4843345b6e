namespace Assize.Workflows.Intake.Reading;

/// <summary>A message that cannot be read. Nothing of it is kept.</summary>
public sealed class IntakeUnreadable : Exception
{
    public IntakeUnreadable(string code, int status, string pointer, string message)
        : base(message)
    {
        Code = code;
        Status = status;
        Pointer = pointer;
    }

    /// <summary>Stable; one of <see cref="UnreadableCodes"/>.</summary>
    public string Code { get; }

    /// <summary>The HTTP status that says the same.</summary>
    public int Status { get; }

    /// <summary>Where, as a JSON pointer, or as a path of XML element names; empty for the whole message.</summary>
    public string Pointer { get; }
}

public static class UnreadableCodes
{
    public const string Empty = "message-empty";
    public const string TooLarge = "message-too-large";
    public const string TooDeep = "message-too-deep";
    public const string TooMany = "message-too-many-parts";
    public const string Malformed = "message-malformed";
    public const string Encoding = "message-encoding";
    public const string DocumentType = "document-type-refused";
    public const string DuplicateMember = "member-duplicated";
    public const string UnknownMessage = "message-unknown";
    public const string MediaType = "media-type-unsupported";
    public const string NoAuthority = "prosecuting-authority-missing";
    public const string NoReference = "reference-missing";
}
