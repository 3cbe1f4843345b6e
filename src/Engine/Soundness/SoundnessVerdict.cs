using System.Collections.Immutable;
using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>What exploring a definition came to.</summary>
public enum SoundnessKind
{
    /// <summary>From whatever it comes to, an end can be reached, and nothing else is wrong.</summary>
    Sound,

    /// <summary>Something is wrong: the findings say what, and how one gets there.</summary>
    Unsound,

    /// <summary>Neither could be shown: the reason says why.</summary>
    Unknown,
}

/// <summary>The verdict on one definition. The same definition and the same bounds give the same verdict.</summary>
/// <param name="Findings">What is wrong; empty unless unsound.</param>
/// <param name="Reason">Why nothing is known, for a process owner; null unless unknown.</param>
public sealed record SoundnessVerdict(SoundnessKind Kind, ImmutableArray<SoundnessFinding> Findings, string? Reason, SoundnessEffort Effort)
{
    /// <summary>The findings as problems that refuse a publication; none where the verdict is unknown, which asks for another approver instead.</summary>
    public IEnumerable<DefinitionProblem> Problems => Findings.Select(f => new DefinitionProblem(f.Code, f.Message, f.ActivityId));
}

/// <summary>One thing that is wrong, with the shortest way that was found to it.</summary>
/// <param name="Code">
/// "flow-runs-dry", "waits-for-ever", "left-running", "no-end", "never-runs", "loop-without-wait", "recursion-without-end", "child-unsound",
/// "lane-empty", "statutory-step-missing", "statutory-deadline-missing"; or the code of the incident that every run of this way ends in.
/// </param>
/// <param name="ActivityId">The step where it shows.</param>
/// <param name="Message">For a process owner: the way there in words, and what happens then.</param>
/// <param name="Path">The way there; empty where the drawing alone shows it.</param>
public sealed record SoundnessFinding(string Code, string? ActivityId, string Message, ImmutableArray<PathStep> Path);

/// <summary>One choice on the way to a finding.</summary>
/// <param name="ActivityId">The step that it is made at.</param>
/// <param name="NodeId">The same, unique where a workflow is used twice.</param>
/// <param name="Outcome">By what the step left.</param>
/// <param name="Words">As in a sentence after "After": "“Plea” answers Guilty".</param>
/// <param name="Entered">The steps that were entered by it, by id, in their order.</param>
public sealed record PathStep(string ActivityId, string NodeId, string Outcome, string Words, ImmutableArray<string> Entered);

/// <summary>What the exploration took: the same on every machine.</summary>
public sealed record SoundnessEffort(int States, int Steps);

/// <summary>How far a definition is explored before the verdict is unknown. Counts, and no clock: the verdict must not depend on the machine.</summary>
/// <param name="States">States kept.</param>
/// <param name="Steps">Steps of the engine taken.</param>
/// <param name="Calls">Calls within them: one step of a loop that never waits makes ten thousand.</param>
/// <param name="StepsAfterFinding">Steps taken to find more once something is wrong.</param>
public sealed record SoundnessBounds(int States, int Steps, int Calls, int StepsAfterFinding)
{
    public static SoundnessBounds Usual { get; } = new(20_000, 40_000, 700_000, 2_000);
}
