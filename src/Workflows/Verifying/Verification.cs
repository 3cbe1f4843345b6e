using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Soundness;
using Assize.Engine.Stepping;
using Assize.Workflows.Activities;

namespace Assize.Workflows.Verifying;

/// <summary>What was checked of a definition, and what came of it: a line for each check, in the order in which people read them. A new check is a new line here, and shows on every page and in every command.</summary>
public sealed record Verification(IReadOnlyList<CheckLine> Checks)
{
    /// <summary>The line of a check that runs as long work, so that whoever shows it looks up what it found.</summary>
    public const string RehearsalLine = "Rehearsal on open cases";

    private const string SoundnessLine = "Soundness";

    public IReadOnlyList<DefinitionProblem> Problems => [.. Checks.SelectMany(x => x.Problems)];

    public bool MayBePublished => Checks.All(x => x.State is not (CheckState.Failed or CheckState.Running));

    /// <summary>True where neither was found anything wrong nor shown that nothing is: one approver more has to look.</summary>
    public bool NeedsAnotherApprover => Checks.Any(x => x.State == CheckState.Doubtful);

    /// <summary>True where a check is still being worked out: it will be known in a moment.</summary>
    public bool IsRunning => Checks.Any(x => x.State == CheckState.Running);

    /// <summary>With the ways to what is wrong; null where it was not asked, or is not known yet.</summary>
    public SoundnessVerdict? Soundness { get; private init; }

    /// <param name="verdict">Null where it is still being worked out.</param>
    public Verification With(SoundnessVerdict? verdict) => this with
    {
        Soundness = verdict,
        Checks = [.. Checks.Select(x => x.Name == SoundnessLine ? CheckLine.Of(SoundnessLine, verdict) : x)],
    };

    /// <summary>With one line more, before what is not checked here.</summary>
    public Verification And(CheckLine line) => this with { Checks = [.. Checks.TakeWhile(x => x.Name != RehearsalLine), line, .. Checks.SkipWhile(x => x.Name != RehearsalLine)] };

    /// <param name="find">Finds by kind ("form", "table", "calendar", "statutory") and id what is published; null where nothing is.</param>
    /// <param name="workflows">The published workflows that it can come to run.</param>
    /// <param name="day">The day whose law counts; all of it that has not ended if absent.</param>
    public static Verification Of(WorkflowDefinition definition, Func<string, string, object?> find, NamedWorkflows workflows, DateOnly? day = null)
    {
        CaseVerifier verifier = new(find, workflows);
        return new(
        [
            Line("Structure",
            [
                .. Verifier.Verify(definition, CaseActivities.Table.Catalog, Evaluator.Read, workflows.Find, workflows.Numbers),
                .. StartTriggers.Read(definition, DateTimeOffset.UnixEpoch).Problems,
            ]),
            Line("References", [.. verifier.Verify(definition)]),
            Line("Statutory steps", [.. (find(StatutorySteps.Kind, StatutorySteps.Required) as StatutorySteps)?.Verify(definition, day) ?? []]),
            CheckLine.NotChecked(SoundnessLine),
            CheckLine.NotChecked(RehearsalLine),
        ]);

        CheckLine Line(string name, IReadOnlyList<DefinitionProblem> problems) => CheckLine.Of(name, [.. problems.Select(x => ProblemWords.Say(x, definition))]);
    }
}

/// <summary>One check: by name, what came of it, and what is wrong.</summary>
public sealed record CheckLine(string Name, CheckState State, IReadOnlyList<DefinitionProblem> Problems)
{
    /// <summary>Why nothing is known, for a process owner; null where it is, or where that is said elsewhere.</summary>
    public string? Note { get; init; }

    public static CheckLine Of(string name, IReadOnlyList<DefinitionProblem> problems) => new(name, problems.Count == 0 ? CheckState.Passed : CheckState.Failed, problems);

    /// <param name="verdict">Null where it is still being worked out.</param>
    public static CheckLine Of(string name, SoundnessVerdict? verdict) => new(
        name,
        verdict?.Kind switch { null => CheckState.Running, SoundnessKind.Sound => CheckState.Passed, SoundnessKind.Unsound => CheckState.Failed, _ => CheckState.Doubtful },
        [.. (verdict?.Problems ?? []).Select(ProblemWords.Remedied)]);

    public static CheckLine NotChecked(string name) => new(name, CheckState.NotChecked, []);
}

public enum CheckState
{
    Passed,
    Failed,

    /// <summary>Says nothing against publishing.</summary>
    NotChecked,

    /// <summary>Neither could be shown: it asks for one approver more than usual.</summary>
    Doubtful,

    /// <summary>Being worked out: nothing can be published before it is known.</summary>
    Running,
}
