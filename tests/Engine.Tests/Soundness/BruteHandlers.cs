using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Tests.Soundness;

internal static class BruteHandlers
{
    public const string Bad = "Bad";

    private static readonly string[] Real =
        ["Elsa.Sequence", "Elsa.Start", "Elsa.End", "Elsa.FlowNode", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.Break", "Elsa.Finish", "Elsa.Complete", "Elsa.Fault"];

    /// <param name="canEnd">Whether a workflow that is waited for can come to an end.</param>
    public static IActivityHandler Of(IActivityHandler real, Dice dice, Func<string?, bool> canEnd) => real.Descriptor.TypeName switch
    {
        "Elsa.Flowchart" => new Watched(real),
        "Elsa.If" => new Branch(real.Descriptor, dice),
        "Elsa.While" => new Rounds(real.Descriptor, dice),
        "Elsa.For" or "Elsa.ForEach" => new Laps(real.Descriptor, dice),
        "Elsa.ParallelForEach" => new AllAtOnce(real.Descriptor, dice),
        var type when Real.Contains(type) => real,
        _ => new Any(real, dice, canEnd),
    };

    private sealed class Any(IActivityHandler real, Dice dice, Func<string?, bool> canEnd) : IActivityHandler
    {
        public ActivityDescriptor Descriptor => real.Descriptor;

        public void Enter(IStep step)
        {
            var conduct = real.ConductOf(step.Activity)!;
            var way = dice.Throw(conduct.AtOnce.Length + conduct.Waits.Length);
            if (way < conduct.AtOnce.Length)
            {
                step.Complete([.. conduct.AtOnce[way].Outcomes]);
                return;
            }
            step.Memory["way"] = way - conduct.AtOnce.Length;
            var opened = conduct.Waits[way - conduct.AtOnce.Length];
            step.Memory["options"] = canEnd(opened.Workflow) ? opened.Ends.Length : 0;
            step.OpenWait(WaitKind.Event, step.Activity.Id);
        }

        public void Resume(IStep step, Wait wait, StimulusBody stimulus)
        {
            var end = real.ConductOf(step.Activity)!.Waits[step.Memory["way"]!.GetValue<int>()].Ends[dice.Answer];
            if (step.Execution.HasLeft || !end.RunsOn)
            {
                step.Complete([.. end.Outcomes]);
                return;
            }
            step.OpenWait(WaitKind.Event, step.Activity.Id);
            step.Leave([.. end.Outcomes]);
        }
    }

    private sealed class Branch(ActivityDescriptor descriptor, Dice dice) : IActivityHandler
    {
        public ActivityDescriptor Descriptor => descriptor;

        public void Enter(IStep step)
        {
            if (step.Activity.Ports.TryGetValue(dice.Throw(2) == 1 ? "then" : "else", out var branch))
            {
                step.Schedule(branch);
                return;
            }
            step.Complete();
        }

        public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => step.Complete();
    }

    private sealed class Rounds(ActivityDescriptor descriptor, Dice dice) : IActivityHandler
    {
        public ActivityDescriptor Descriptor => descriptor;

        public void Enter(IStep step)
        {
            if (dice.Throw(2) == 1)
            {
                step.Schedule(step.Activity.Ports["body"]);
                return;
            }
            step.Complete();
        }

        public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => Enter(step);
    }

    private sealed class Laps(ActivityDescriptor descriptor, Dice dice) : IActivityHandler
    {
        public ActivityDescriptor Descriptor => descriptor;

        public void Enter(IStep step) => Next(step, dice.Throw(3));

        public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => Next(step, step.Memory["left"]!.GetValue<int>());

        private static void Next(IStep step, int left)
        {
            if (left == 0)
            {
                step.Complete();
                return;
            }
            step.Memory["left"] = left - 1;
            step.Schedule(step.Activity.Ports["body"]);
        }
    }

    private sealed class AllAtOnce(ActivityDescriptor descriptor, Dice dice) : IActivityHandler
    {
        public ActivityDescriptor Descriptor => descriptor;

        public void Enter(IStep step)
        {
            for (var left = dice.Throw(3); left > 0; left--)
            {
                step.Schedule(step.Activity.Ports["body"]);
            }
            ChildEnded(step, step.Execution, []);
        }

        public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
        {
            if (step.Children.Count == 0)
            {
                step.Complete();
            }
        }
    }

    // Keeps, beside the flowchart's own counters, which lines were followed and have run nothing yet.
    private sealed class Watched(IActivityHandler real) : IActivityHandler
    {
        public ActivityDescriptor Descriptor => real.Descriptor;

        public void Enter(IStep step) => real.Enter(step);

        public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
        {
            var graph = step.Graph.Flowchart(step.Activity.NodeId, step.Memory.TextOf("startedBy"));
            var isEnd = graph.Activities[child.ActivityId].IsTerminal;
            if (isEnd && step.Children.Count > 0)
            {
                step.Note(Bad, "left running");
            }
            var before = step.Children.Select(c => c.Id).ToList();
            var followed = graph.Outbound(child.ActivityId).Where(c => outcomes.Contains(c.SourcePort)).ToList();
            real.ChildEnded(step, child, outcomes);
            var waiting = Waiting(step, graph, before, followed);
            if (!isEnd && step.Children.Count > 0)
            {
                return;
            }
            var running = step.Children.Select(c => c.ActivityId).Append(child.ActivityId).ToList();
            if (graph.Flowchart.Connections.Any(c => waiting.Contains(c.Index) && !running.Contains(c.Target)))
            {
                step.Note(Bad, "left waiting");
            }
            else if (!isEnd && (followed.Count > 0 || graph.Activities.Values.Any(a => a.IsTerminal && graph.IsReached(a.Id))))
            {
                step.Note(Bad, "ran dry");
            }
        }

        private static List<int> Waiting(IStep step, FlowchartGraph graph, List<string> before, List<Connection> followed)
        {
            if (step.Graph.Definition.IsTokenBased)
            {
                return [.. step.Memory.ArrayOf("tokens").Where(t => !t![1]!.GetValue<bool>()).Select(t => t![0]!.GetValue<int>())];
            }
            var ran = step.Children.Where(c => !before.Contains(c.Id)).Select(c => c.ActivityId).ToList();
            var lines = graph.Flowchart.Connections.Where(c => !graph.IsBackward(c) && !ran.Contains(c.Target) && Ahead(step.Memory, c) > 0).Select(c => c.Index);
            var waiting = lines.Intersect([.. step.Memory.ArrayOf("waiting").Select(w => w!.GetValue<int>()), .. followed.Select(c => c.Index)]).Order().ToList();
            step.Memory["waiting"] = new JsonArray([.. waiting.Select(w => JsonValue.Create(w))]);
            return waiting;
        }

        private static int Ahead(JsonObject memory, Connection line) =>
            (memory["lines"]?[line.Index.ToString(CultureInfo.InvariantCulture)]?[0]?.GetValue<int>() ?? 0) - (memory["visits"]?[line.Target]?.GetValue<int>() ?? 0);
    }
}
