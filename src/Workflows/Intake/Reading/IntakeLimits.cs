namespace Assize.Workflows.Intake.Reading;

/// <summary>How much of a message is read before it is refused.</summary>
public sealed record IntakeLimits
{
    public static IntakeLimits Default { get; } = new();

    /// <summary>Bytes of the body; default 2 MiB, some two hundred times the largest example.</summary>
    public int MaxBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Nesting of objects, lists or elements; default 32. A charge needs 7, police XML 12.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Values of a JSON message, or elements of an XML one; default 100,000.</summary>
    public int MaxParts { get; init; } = 100_000;
}
