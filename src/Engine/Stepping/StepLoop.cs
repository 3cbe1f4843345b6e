using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Stepping;

/// <summary>Calls handlers one after another until nothing is left to call.</summary>
/// <remarks>A call that faults is undone and becomes an incident; what an ended activity means to its container is the next call.</remarks>
internal sealed class StepLoop(StepRun run)
{
    /// <summary>More handler calls than this in one step are taken for a loop without a wait.</summary>
    public const int MaxCalls = 10_000;

    private readonly Queue<HandlerCall> _heldUp = [];
    private int _calls;

    /// <summary>Makes the call and all that follows from it at once, then enters what is pending, until nothing is.</summary>
    public void Go(HandlerCall? first)
    {
        for (var call = first ?? Next(); call is not null && run.State.Status == InstanceStatus.Running; call ??= Next())
        {
            call = Make(call);
        }
    }

    /// <summary>Closes the incident and queues the calls that it held up.</summary>
    public void TakeAgain(string incidentId)
    {
        var incident = run.State.Incidents.Single(i => i.Id == incidentId);
        var execution = run.State.Activities[incident.ExecutionId];
        run.State = run.State with { Incidents = run.State.Incidents.Remove(incident) };
        run.Put(execution with { Status = ActivityStatus.Running, FaultedCalls = [] });
        run.Note(execution, "Retried");
        foreach (var call in execution.FaultedCalls)
        {
            _heldUp.Enqueue(call);
        }
    }

    private HandlerCall? Next()
    {
        while (_heldUp.TryDequeue(out var call))
        {
            if (run.State.Activities.ContainsKey(call.ExecutionId))
            {
                return call;
            }
        }
        if (run.IsHalted || _calls > MaxCalls)
        {
            return null;
        }
        ActivityState? next = null;
        foreach (var (_, activity) in run.State.Activities)
        {
            if (activity.Status == ActivityStatus.Pending && (next is null || activity.Order < next.Order))
            {
                next = activity;
            }
        }
        return next is null ? null : new EnterCall(next.Id);
    }

    /// <summary>Makes one call; gives the call that it leads to at once, if any.</summary>
    private ChildEndedCall? Make(HandlerCall call)
    {
        var execution = run.State.Activities[call.ExecutionId];
        var node = run.NodeOf(execution);
        if (execution.Status == ActivityStatus.Faulted)
        {
            run.Put(execution with { FaultedCalls = execution.FaultedCalls.Add(call) });
            return null;
        }
        if (execution.Status == ActivityStatus.Pending)
        {
            execution = Entered(execution, node);
        }
        var before = run.Here();
        var step = new Step(run, node, execution);
        try
        {
            if (++_calls > MaxCalls)
            {
                throw new ActivityFault("step-limit", $"Expected at most {MaxCalls} activities in one step, but there were more: a loop must wait for something.");
            }
            Dispatch(call, node, step);
        }
        catch (Exception e) when (e is ActivityFault or ExpressionFailed or OverflowException)
        {
            run.GoBack(before);
            Fault(execution, node, call, CodeOf(e), e.Message);
            return null;
        }
        catch (ScriptLimitExceeded e)
        {
            (e.ExecutionId, e.ActivityId) = (execution.Id, node.Id);
            throw;
        }
        return Settle(step);
    }

    private static string CodeOf(Exception e) => e switch
    {
        ActivityFault fault => fault.Code,
        ExpressionFailed failed => failed.Code,
        _ => "number-too-large",
    };

    private void Dispatch(HandlerCall call, ActivityNode node, Step step)
    {
        var handler = node.Workflow is not null ? WorkflowHandler.Instance : run.Table.Find(node.Type)
            ?? throw new ActivityFault("activity-unknown", $"Expected an activity type that is known here, but \"{node.Type}\" is not.");
        switch (call)
        {
            case EnterCall:
                handler.Enter(step);
                break;
            case ResumeCall resume:
                handler.Resume(step, resume.Wait, resume.Stimulus);
                break;
            case ChildEndedCall ended:
                handler.ChildEnded(step, ended.Child, ended.Outcomes);
                break;
        }
    }

    private ActivityState Entered(ActivityState execution, ActivityNode node)
    {
        var declared = node.Variables.Select(v => KeyValuePair.Create(v.Id, InstanceJson.Copy(v.Convert(v.Value))));
        var entered = execution with { Status = ActivityStatus.Running, Variables = execution.Variables.SetItems(declared) };
        run.Put(entered);
        run.Note(entered, "Started", data: entered.Tag is { } tag ? new JsonObject { ["tag"] = tag } : null);
        return entered;
    }

    private void Fault(ActivityState execution, ActivityNode node, HandlerCall call, string code, string message)
    {
        run.Put(execution with { Status = ActivityStatus.Faulted, FaultedCalls = [call] });
        run.State = run.State with
        {
            Incidents = run.State.Incidents.Add(new Incident
            {
                Id = run.Ids.Next(),
                ExecutionId = execution.Id,
                ActivityId = node.Id,
                NodeId = node.NodeId,
                ActivityType = node.Type,
                Code = code,
                Message = message,
                At = run.Now,
            }),
        };
        run.Note(execution, "Faulted", message, new JsonObject { ["code"] = code });
    }

    private ChildEndedCall? Settle(Step step)
    {
        var execution = run.State.Activities[step.Execution.Id] with { Memory = step.SavedMemory };
        run.Put(execution);
        if (step.Outcomes is not { } outcomes)
        {
            return step.LeftBy is { } left && !execution.HasLeft ? run.GoOnWithout(execution, left) : null;
        }
        if (step.Enclosing is not { } enclosing)
        {
            return Completed(execution, outcomes);
        }
        for (var inner = execution; inner.Id != enclosing.Id; inner = run.State.Activities[inner.ParentId!])
        {
            run.Leave(inner, [Connection.DefaultPort]);
        }
        return Completed(run.State.Activities[enclosing.Id], outcomes);
    }

    private ChildEndedCall? Completed(ActivityState execution, ImmutableArray<string> outcomes)
    {
        if (execution.ParentId is not null && run.NodeOf(execution) is { Workflow: not null } node)
        {
            WorkflowHandler.DeliverOutputs(new Step(run, node, execution));
        }
        if (execution.ParentId is null && run.IsHeldBack(execution, outcomes))
        {
            return null;
        }
        run.Leave(execution, outcomes);
        if (execution.ParentId is { } parentId)
        {
            return new ChildEndedCall(parentId, execution with { Status = ActivityStatus.Completed }, outcomes);
        }
        run.End(InstanceSubStatus.Finished, outcomes);
        return null;
    }
}
