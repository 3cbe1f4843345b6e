using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Soundness;

/// <summary>Writes a state so that two that go on alike read alike: no ids, no data, and steps that run side by side in no order.</summary>
internal sealed class StateKeys(ExecutionGraph graph)
{
    private readonly FrozenDictionary<string, int> _places =
        graph.Root.SelfAndBelow().Select(n => n.NodeId).Distinct().Select((id, i) => KeyValuePair.Create(id, i)).ToFrozenDictionary();

    public string Of(InstanceState state)
    {
        if (state.Status == InstanceStatus.Finished)
        {
            return "finished";
        }
        var below = state.Activities.Values.ToLookup(a => a.ParentId);
        var pending = state.Activities.Values.Where(a => a.Status == ActivityStatus.Pending).OrderBy(a => a.Order).Select(a => a.Id).ToList();
        // Which events the workflow has raised is the one thing that its steps leave behind.
        return $"{Write(below[null].Single())}{string.Join(',', state.Results.Keys)}";

        string Write(ActivityState execution)
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{_places[execution.NodeId]}{execution.Tag?[0]}");
            // What is scheduled runs in its order; what halts the instance is the one call that has to be made again.
            text.Append(execution.Status switch
            {
                ActivityStatus.Pending => string.Create(CultureInfo.InvariantCulture, $"p{pending.IndexOf(execution.Id)}"),
                ActivityStatus.Faulted => $"f{Call(execution.FaultedCalls[0])}",
                _ => "",
            });
            text.Append(execution.HasLeft ? "l" : "");
            if (execution.Memory is { } memory)
            {
                text.Append(memory.ToJsonString());
            }
            var children = below[execution.Id].Select(Write).ToList();
            if (children.Count > 0)
            {
                children.Sort(StringComparer.Ordinal);
                text.Append('(').AppendJoin(';', children).Append(')');
            }
            return text.ToString();
        }
    }

    private string Call(HandlerCall call) => call is ChildEndedCall ended
        ? string.Create(CultureInfo.InvariantCulture, $"c{_places[ended.Child.NodeId]}{string.Join('|', ended.Outcomes)}")
        : "e";
}
