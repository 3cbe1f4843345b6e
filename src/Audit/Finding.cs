namespace Assize.Audit;

/// <param name="Sequence">The record that it is about; null where it is about the whole.</param>
public sealed record Finding(FindingKind Kind, long? Sequence, string Message);

public enum FindingKind
{
    /// <summary>A line that is not of this format, or not spelt in the one way.</summary>
    Unreadable,

    /// <summary>A record is not what was chained.</summary>
    Changed,

    /// <summary>Records are not there.</summary>
    Missing,

    /// <summary>A record stands where it does not belong, or twice.</summary>
    Misplaced,

    /// <summary>What a person said is not what was recorded.</summary>
    Said,

    /// <summary>The log and a signed root differ, or a root is not to be believed.</summary>
    Root,

    /// <summary>The log ends before it should.</summary>
    Cut,
}
