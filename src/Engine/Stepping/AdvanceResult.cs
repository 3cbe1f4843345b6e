using System.Collections.Immutable;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>What a step came to. An incident is no failure of the step: it stands in the new state.</summary>
public abstract record AdvanceResult;

/// <summary>The step happened.</summary>
public sealed record Advanced(InstanceState State, ImmutableArray<JournalNote> Notes, ImmutableArray<Effect> Effects) : AdvanceResult
{
    /// <summary>For each effect, the id of the activity that asked for it; null where the instance itself did.</summary>
    public ImmutableArray<string?> Askers { get; init; } = [];
}

/// <summary>The step may not happen; nothing changed.</summary>
/// <param name="Code">Stable: "wait-not-found", "outcome-unknown", "instance-finished", "incident-not-found".</param>
public sealed record Rejected(string Code, string Message) : AdvanceResult;
