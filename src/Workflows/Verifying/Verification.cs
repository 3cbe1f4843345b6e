using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Stepping;
using Assize.Workflows.Activities;

namespace Assize.Workflows.Verifying;

/// <summary>What was checked of a definition, and what came of it: a line for each check, in the order in which people read them. A new check is a new line here, and shows on every page and in every command.</summary>
public sealed record Verification(IReadOnlyList<CheckLine> Checks)
{
    public IReadOnlyList<DefinitionProblem> Problems => [.. Checks.SelectMany(x => x.Problems)];

    public bool MayBePublished => Checks.All(x => x.State != CheckState.Failed);

    /// <param name="find">Finds by kind ("form", "table", "calendar", "workflow") and id what is published; null where nothing is.</param>
    /// <param name="inlined">Finds the version of a workflow that is used as an activity, where one is asked for; otherwise what is published counts.</param>
    public static Verification Of(WorkflowDefinition definition, Func<string, string, object?> find, Func<string, int?, WorkflowDefinition?>? inlined = null)
    {
        CaseVerifier verifier = new(find);
        return new(
        [
            Line("Structure",
            [
                .. Verifier.Verify(definition, CaseActivities.Table.Catalog, Evaluator.Problem, inlined ?? ((id, _) => find("workflow", id) as WorkflowDefinition)),
                .. StartTriggers.Read(definition, DateTimeOffset.UnixEpoch).Problems,
            ]),
            Line("References", [.. verifier.Verify(definition)]),
            CheckLine.NotChecked("Soundness"),
            CheckLine.NotChecked("Rehearsal on open cases"),
        ]);

        CheckLine Line(string name, IReadOnlyList<DefinitionProblem> problems) => CheckLine.Of(name, [.. problems.Select(x => ProblemWords.Say(x, definition))]);
    }
}

/// <summary>One check: by name, what came of it, and what is wrong.</summary>
public sealed record CheckLine(string Name, CheckState State, IReadOnlyList<DefinitionProblem> Problems)
{
    public static CheckLine Of(string name, IReadOnlyList<DefinitionProblem> problems) => new(name, problems.Count == 0 ? CheckState.Passed : CheckState.Failed, problems);

    public static CheckLine NotChecked(string name) => new(name, CheckState.NotChecked, []);
}

public enum CheckState
{
    Passed,
    Failed,

    /// <summary>Says nothing against publishing.</summary>
    NotChecked,
}
