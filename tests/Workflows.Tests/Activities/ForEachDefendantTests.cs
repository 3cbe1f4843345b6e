using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using Xunit;

namespace Assize.Workflows.Tests.Activities;

public sealed class ForEachDefendantTests
{
    private const string Crown = "Sent to the Crown Court";

    private InstanceState _state = null!;
    private ImmutableArray<Effect> _effects = [];
    private int _requests;

    [Fact]
    public void Any_ended_as_leaves_at_the_first_and_lets_the_others_run_on()
    {
        Begin("AnyEndedAs", "ada", "bea", "cyd");

        End("ada", "Sentenced");
        Assert.Null(_state.Results.GetValueOrDefault("each")?["Outcomes"]);
        End("bea", Crown);

        Assert.Contains("after-any-as", Waiting());
        Assert.Equal($$"""{"ada":"Sentenced","bea":"{{Crown}}"}""", _state.Results["each"]!["Outcomes"]!.ToJsonString());
        Complete("after-any-as");
        Assert.Equal((InstanceStatus.Running, 0), (_state.Status, _effects.OfType<CancelChild>().Count()));
        End("cyd", "Discontinued");
        Assert.Equal(InstanceSubStatus.Finished, _state.SubStatus);
    }

    [Fact]
    public void A_defendant_added_after_it_left_starts_with_what_was_in_reach_and_is_waited_for()
    {
        Begin("AnyEnded", "ada", "bea");
        End("ada", "Sentenced");
        Complete("after-any");

        Take(new Resume(_state.Waits.Single(x => x.Name == ForEachDefendant.DefendantAdded).Id, WaitKind.Event, null, new JsonObject { ["id"] = "cyd" }));

        StartChild added = Assert.Single(_effects.OfType<StartChild>());
        Assert.Equal(("sub", "case-1", "blue", "cyd"), (added.DefinitionId, (string?)added.Input["caseId"], (string?)added.Input["colour"], (string?)added.Input["defendant"]!["id"]));
        End("bea", "Sentenced");
        Assert.Equal(InstanceStatus.Running, _state.Status);
        End("cyd", "Sentenced");
        Assert.Equal(InstanceSubStatus.Finished, _state.SubStatus);
    }

    [Theory]
    [InlineData(null, Crown, Crown, "after-all-as")]
    [InlineData("AllEnded", Crown, "Sentenced", "after-all")]
    [InlineData("AnyEndedAs", "Discontinued", "Sentenced", "after-all")]
    [InlineData("AnyEndedAs", "Discontinued", Crown, "after-any-as")]
    public void When_the_last_has_ended_it_leaves_by_what_its_rule_says(string? rule, string first, string second, string after)
    {
        Begin(rule, "ada", "bea");

        End("ada", first);
        Assert.DoesNotContain(Waiting(), x => x.StartsWith("after", StringComparison.Ordinal));
        End("bea", second);

        Assert.Equal([after], Waiting());
    }

    private void Begin(string? rule, params string[] defendants)
    {
        JsonObject each = Draw.Activity(
            "each", "Assize.ForEachDefendant", ("workflow", Draw.Literal("sub")), ("endedAs", Draw.Literal(Crown)), ("hand", Draw.Script("({ colour: getVariable('colour') })")));
        if (rule is not null)
        {
            each["leaveWhen"] = Draw.Literal(rule);
        }
        JsonObject nested = Draw.Flowchart(
            "nested",
            [each, Draw.Task("after-all"), Draw.Task("after-all-as"), Draw.Task("after-any"), Draw.Task("after-any-as")],
            "each:AllEnded -> after-all", "each:AllEndedAs -> after-all-as", "each:AnyEnded -> after-any", "each:AnyEndedAs -> after-any-as");
        nested["variables"] = new JsonArray(Draw.Variable("colour", "String", "blue"));
        _graph = Compiler.Compile(Draw.Workflow(Draw.Sequence("all", nested)), CaseActivities.Table.Catalog);
        Take(new Start(
            new JsonObject { ["caseId"] = "case-1", ["defendants"] = new JsonArray([.. defendants.Select(x => new JsonObject { ["id"] = x })]) },
            ImmutableSortedDictionary<string, int>.Empty, null, null, null, null, RuleSet.Current));
    }

    private ExecutionGraph _graph = null!;

    private string[] Waiting() => [.. _state.Waits.Where(x => x.Kind == WaitKind.Task).Select(x => x.Name)];

    private void End(string defendant, string outcome)
    {
        Wait wait = _state.Waits.Single(x => (string?)x.Spec?["defendantId"] == defendant);
        Take(new Resume(wait.Id, WaitKind.Child, "Completed", new JsonObject { ["Outcome"] = outcome }));
    }

    private void Complete(string task) => Take(new Resume(_state.Waits.Single(x => x.Name == task).Id, WaitKind.Task, null, null));

    private void Take(StimulusBody body)
    {
        Stimulus stimulus = new($"request-{_requests++}", DateTimeOffset.UnixEpoch, "tester", null, body);
        Advanced advanced = Assert.IsType<Advanced>(Advance.Run(_graph, CaseActivities.Table, _state, "parent", stimulus, StepResources.None));
        (_state, _effects) = (advanced.State, advanced.Effects);
        Assert.Empty(_state.Incidents);
    }
}
