using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Engine.Tests.Stepping;
using Assize.TestKit.Definitions;
using Xunit;

namespace Assize.Engine.Tests.Conformance;

/// <summary>A control-flow pattern as a definition, and every way in which it can run: each a list of answered tasks, by id, and of outcomes where there is a choice.</summary>
/// <param name="Number">Its number in the catalogue of control-flow patterns.</param>
/// <param name="Traces">All of them, and no other: "a b" or "a:Yes b". An instance that ended at once is "".</param>
internal sealed record Pattern(int Number, string Name, WorkflowDefinition Definition, params string[] Traces)
{
    // A way that is longer than this is one of a loop, and is cut off where the listed ways end.
    private const int Longest = 7;

    public override string ToString() => $"{Number} {Name}";

    public static WorkflowDefinition ByTokens(JsonObject[] activities, params string[] connections) =>
        Draw.Workflow(Draw.Flowchart("flow", activities, connections), d => d["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" });

    /// <summary>Takes every answer of every wait, and compares the ways with those listed.</summary>
    public void Holds()
    {
        var longest = Math.Min(Longest, Traces.Max(t => t.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Walk(null, [], longest, found);
        Assert.Equal(Traces.Order(StringComparer.Ordinal), found);
    }

    private void Walk(InstanceState? state, List<string> way, int longest, SortedSet<string> found)
    {
        var graph = Compiler.Compile(Definition, TestActivities.Table.Catalog);
        var began = state ?? Take(graph, null, new Start([], Sorted.Empty<int>(), null, null, null, null, RuleSet.Current), 0);
        Assert.Empty(began.Incidents);
        if (began.Status == InstanceStatus.Finished)
        {
            found.Add(string.Join(' ', way));
            return;
        }
        if (way.Count == longest)
        {
            return;
        }
        foreach (var wait in began.Waits)
        {
            foreach (var outcome in (wait.Spec?["outcomes"] as JsonArray)?.Select(o => (string?)o!.GetValue<string>()) ?? [null])
            {
                StimulusBody body = wait.Kind == WaitKind.Timer ? new TimerDue(wait.Id) : new Resume(wait.Id, wait.Kind, outcome ?? (wait.Kind == WaitKind.Child ? "Completed" : null), null);
                Walk(Take(graph, began, body, way.Count + 1), [.. way, outcome is null ? wait.ActivityId : $"{wait.ActivityId}:{outcome}"], longest, found);
            }
        }
    }

    private static InstanceState Take(ExecutionGraph graph, InstanceState? state, StimulusBody body, int number) =>
        Assert.IsType<Advanced>(Advance.Run(
            graph, TestActivities.Table, state, "pattern", new Stimulus($"{number}", Stepper.Begin.AddDays(number), "tester", null, body), StepResources.None)).State;
}
