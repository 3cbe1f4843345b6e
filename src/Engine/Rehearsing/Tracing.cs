using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Rehearsing;

/// <summary>Follows an instance step by step.</summary>
/// <param name="rename">Gives an activity the name by which it is known in the trace.</param>
internal sealed class Tracing(Func<string, string> rename)
{
    public Trace After(Trace trace, Advanced step)
    {
        foreach (var note in step.Notes.Where(n => n.Event == "Started"))
        {
            trace = WithExecution(trace, note.ExecutionId, note.ActivityId);
        }
        foreach (var pending in step.State.Activities.Values.OrderBy(a => a.Order))
        {
            trace = WithExecution(trace, pending.Id, pending.ActivityId);
        }
        foreach (var wait in step.State.Waits)
        {
            trace = WithWait(trace, wait);
        }
        return WithEffects(trace, step);
    }

    private Trace WithExecution(Trace trace, string id, string activityId)
    {
        if (trace.Executions.ContainsKey(id))
        {
            return trace;
        }
        var name = rename(activityId);
        var number = trace.Entered.GetValueOrDefault(name) + 1;
        return trace with { Entered = trace.Entered.SetItem(name, number), Executions = trace.Executions.Add(id, new Occurrence(name, number)) };
    }

    private static Trace WithWait(Trace trace, Wait wait)
    {
        if (trace.Waits.ContainsKey(wait.Id))
        {
            return trace;
        }
        var execution = trace.Executions[wait.ExecutionId];
        var number = trace.Waits.Values.Count(p => p.Step == execution && p.Kind == wait.Kind) + 1;
        return trace with { Waits = trace.Waits.Add(wait.Id, new WaitPlace(execution, wait.Kind, number)) };
    }

    private Trace WithEffects(Trace trace, Advanced step)
    {
        foreach (var (effect, asker) in step.Effects.Zip(step.Askers))
        {
            if (asker is null || KindOf(effect) is not { } kind)
            {
                continue;
            }
            var key = $"{rename(asker)}|{kind}";
            var number = trace.Asked.GetValueOrDefault(key) + 1;
            trace = trace with
            {
                Asked = trace.Asked.SetItem(key, number),
                Children = effect is StartChild child ? trace.Children.SetItem($"{key}|{number}", child.InstanceId) : trace.Children,
            };
        }
        return trace;
    }

    // A request is known by its wait, and an end by the status.
    private static string? KindOf(Effect effect) => effect switch
    {
        StartChild child => $"child {child.DefinitionId}",
        RaiseEvent raised => $"event {raised.Name}",
        Perform perform => $"work {perform.Kind}",
        Send send => $"message {send.Kind}",
        _ => null,
    };
}
