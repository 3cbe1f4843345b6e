using System.Collections.Immutable;

namespace Assize.Engine.Soundness;

/// <summary>What comparing the traces of two definitions came to.</summary>
public enum TraceKind
{
    /// <summary>Seen through the steps that were named, both do exactly the same.</summary>
    Kept,

    /// <summary>One can do there what the other cannot: the message says what, and after what.</summary>
    Broken,

    /// <summary>Neither could be shown within the bounds: the message says why.</summary>
    Unknown,
}

/// <summary>The verdict on a changed definition beside the one that it was made of. The same two and the same bounds give the same verdict.</summary>
/// <param name="Message">For a process owner; empty where the traces are kept.</param>
/// <param name="Path">The way to what differs, in the changed definition, or in the first one where that way is lost; empty unless they differ.</param>
public sealed record TraceVerdict(TraceKind Kind, string Message, ImmutableArray<PathStep> Path);
