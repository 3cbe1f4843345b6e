using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.TestKit;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Stepping;

/// <summary>The build's own definitions, with every step but the flow's own replaced by one that leaves by any drawn port.</summary>
public sealed class PublishedFlowTests(ITestOutputHelper output)
{
    private static readonly string[] Flow = ["Elsa.Flowchart", "Elsa.Start", "Elsa.End", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.FlowNode"];

    public static TheoryData<string> Published =>
        [.. Directory.GetFiles(Repository.PathOf("definitions"), "*.json", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("\"Elsa.Flowchart\"", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Published))]
    public void AnyWalk_ThatEnds_EndsAtAnEnd(string file)
    {
        var definition = DefinitionReader.Read(File.ReadAllText(Repository.PathOf(file)));
        var types = definition.Root.SelfAndBelow().Select(n => n.Type).Except(Flow).ToList();
        var table = new ActivityTable([.. ActivityTable.Engine.Handlers.Where(h => Flow.Contains(h.Descriptor.TypeName)), .. types.Select(t => new AnyPort(t))]);
        var graph = Compiler.Compile(definition, table.Catalog);
        var visited = new HashSet<string>();

        Gen.Int[0, 999].Array[200].Sample(dice => Walk(graph, table, dice, visited), iter: 200, threads: 1);

        var never = definition.Root.SelfAndBelow().Select(n => n.Id).Except(visited).ToList();
        output.WriteLine($"{file}: {visited.Count} steps met, never {string.Join(", ", never)}");
        Assert.Empty(never);
    }

    private static void Walk(ExecutionGraph graph, ActivityTable table, int[] dice, HashSet<string> visited)
    {
        var path = new List<string>();
        InstanceState? state = null;
        StimulusBody next = new Start([], ImmutableSortedDictionary<string, int>.Empty, null, null, null, null);
        for (var i = 0; i < dice.Length; i++)
        {
            var result = Assert.IsType<Advanced>(Advance.Run(graph, table, state, "walk", new Stimulus($"{i}", Stepper.Begin, "walker", null, next), StepResources.None));
            state = result.State;
            path.AddRange(result.Notes.Where(n => n.Event is "Completed" or "Canceled" or "Faulted").Select(n => $"{n.ActivityId} {n.Event}"));
            visited.UnionWith(result.Notes.Where(n => n.Event == "Started").Select(n => n.ActivityId));
            Assert.True(state.Incidents.IsEmpty, $"{string.Join(", ", state.Incidents.Select(x => x.Message))} after {string.Join(" > ", path)}");
            if (state.Status == InstanceStatus.Finished)
            {
                var ended = result.Notes.Any(n => n.Event == "Completed" && graph.ById[n.ActivityId].IsTerminal);
                Assert.True(ended, $"Expected the walk to end at an end, but it ran dry: {string.Join(" > ", path)}");
                return;
            }
            var wait = state.Waits[dice[i] % state.Waits.Length];
            var ports = wait.Spec!["outcomes"]!.AsArray();
            next = new Resume(wait.Id, WaitKind.Task, ports[dice[i] / 7 % ports.Count]!.GetValue<string>(), null);
        }
    }

    private sealed class AnyPort(string type) : IActivityHandler
    {
        public ActivityDescriptor Descriptor { get; } = new() { TypeName = type, Category = "Test", DisplayName = type, Description = type };

        public void Enter(IStep step)
        {
            var flowchart = step.Graph.ByNodeId[step.Activity.NodeId[..step.Activity.NodeId.LastIndexOf(':')]];
            var ports = flowchart.Connections.Where(c => c.Source == step.Activity.Id).Select(c => c.SourcePort).Distinct().DefaultIfEmpty("Done");
            step.OpenWait(WaitKind.Task, step.Activity.Id, spec: new JsonObject { ["outcomes"] = new JsonArray([.. ports.Select(p => JsonValue.Create(p))]) });
        }

        public void Resume(IStep step, Wait wait, StimulusBody stimulus) => step.Complete(((Resume)stimulus).Outcome!);
    }
}
