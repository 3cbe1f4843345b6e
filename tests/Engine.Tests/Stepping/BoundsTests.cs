using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Stepping;

public sealed class BoundsTests
{
    [Theory]
    [InlineData(RuleSet.First, "lap 1, after")]
    [InlineData(RuleSet.Current, "lap 1, lap 2, after")]
    public void Break_InAWorkflowUsedAsAnActivity_StaysWithinIt_ButForInstancesOfTheFirstRules(int ruleSet, string written)
    {
        var inner = Workflow(Sequence("inner", Activity("break", "Elsa.Break"), Write("never")), id: "sub");
        var lap = Activity("lap", "Elsa.WriteLine", ("text", Script("'lap ' + getVariable('CurrentValue')")));
        var loop = Activity("each", "Elsa.ForEach", ("items", Wrapped("Object", "[1,2]")), ("body", Sequence("body", lap, Use("used", "sub"))));

        var flow = new Stepper(Flow([loop, Write("after")], "each -> after"), (_, _) => inner).Start(ruleSet: ruleSet);

        Assert.Equal(written, string.Join(", ", flow.Written));
        Assert.True(flow.IsFinished);
    }

    [Fact]
    public void Script_WhereNothingIsLeftOfTheCommandsTime_BreaksTheStepOff()
    {
        var graph = Compiler.Compile(Flow([Activity("a", "Elsa.RunJavaScript", ("script", Literal("1")))]), ActivityTable.Engine.Catalog);
        var stimulus = new Stimulus("r", Stepper.Begin, "tester", null, new Start([], ImmutableSortedDictionary<string, int>.Empty, null, null, null, null));

        var limit = Assert.Throws<ScriptLimitExceeded>(() =>
            Advance.Run(graph, ActivityTable.Engine, null, "instance", stimulus, StepResources.None, new ScriptTime(TimeSpan.Zero)));

        Assert.Equal(("a", "time"), (limit.ActivityId, limit.Limit));
    }

    [Fact]
    public void Verify_WorkflowsThatDoubleAtEachUse_AreBoundedAndNamed()
    {
        static WorkflowDefinition Level(int level) => Workflow(Sequence("s", Use("one", $"level-{level + 1}"), Use("two", $"level-{level + 1}")), id: $"level-{level}");

        var problem = Assert.Single(Problems(Level(0), (id, _) => Level(int.Parse(id[6..], CultureInfo.InvariantCulture))), p => p.Code == "workflow-too-large");

        Assert.Contains("\"level-", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WorkflowOfVeryManySteps_IsNamedAtTheStepThatUsesIt()
    {
        var large = Workflow(Sequence("s", [.. Enumerable.Range(0, 3000).Select(n => Write($"w{n}"))]), id: "large");

        var problem = Assert.Single(Problems(Flow([Use("one", "large"), Use("two", "large")], "one -> two"), (_, _) => large));

        Assert.Equal(("workflow-too-large", "two"), (problem.Code, problem.ActivityId));
    }

    [Fact]
    public void Verify_WorkflowsThatUseEachOtherInACircle_AreRefusedNamingTheCircle()
    {
        static WorkflowDefinition Uses(string id, string other) => Workflow(Sequence("s", Use("use", other)), id: id);

        var problem = Assert.Single(Problems(Uses("a", "b"), (id, _) => id == "b" ? Uses("b", "c") : Uses("c", "b")));

        Assert.Equal("workflow-in-itself", problem.Code);
        Assert.Contains("a > b > c > b", problem.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DefinitionProblem> Problems(WorkflowDefinition definition, Func<string, int?, WorkflowDefinition?> find) =>
        Verifier.Verify(definition, ActivityTable.Engine.Catalog, Evaluator.Read, find);

    private static JsonObject Use(string id, string workflow) => Activity(id, "Used", ("workflowDefinitionId", workflow));
}
