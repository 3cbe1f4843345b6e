using Assize.Engine.Instances;

namespace Assize.Engine.Rehearsing;

/// <summary>What another version would mean to an instance that is under way, the best first.</summary>
public enum RehearsalClass
{
    /// <summary>It did and would do exactly the same.</summary>
    Same,

    /// <summary>It comes to wait for the same steps, by another way or with other data.</summary>
    Moves,

    /// <summary>Somebody has to say what becomes of a step first.</summary>
    NeedsMapping,

    /// <summary>It could not go on: the version ends it, or runs into an incident that it does not have.</summary>
    Stranded,
}

/// <summary>What came of rehearsing one instance.</summary>
/// <param name="Code">Why, as a stable code: "same", "other-way", "step-not-reached", "reply-missing", "work-not-done", "wait-new", "wait-gone", "outcome-unknown", "incident", "would-end", "refused", "not-rehearsed".</param>
/// <param name="ActivityId">The step where the two versions part; null where they do not.</param>
/// <param name="Words">A sentence for a process owner.</param>
/// <param name="Sequence">The stimulus at which they part.</param>
public sealed record RehearsalVerdict(RehearsalClass Class, string Code, string? ActivityId, string Words, long? Sequence)
{
    /// <summary>True where an instance may be migrated as it is.</summary>
    public bool IsFree => Class is RehearsalClass.Same or RehearsalClass.Moves;
}

/// <summary>One entry of an instance's journal, with its payload in place.</summary>
public sealed record JournaledStimulus(long Sequence, int Version, Stimulus Stimulus);
