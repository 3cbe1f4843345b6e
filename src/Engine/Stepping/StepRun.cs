using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Stepping;

/// <summary>One step in the making: the state so far, what it noted and asked for, and the loop that calls handlers.</summary>
internal sealed class StepRun(ExecutionGraph graph, ActivityTable table, InstanceState state, Stimulus stimulus, StepResources resources)
{
    /// <summary>More handler calls than this in one step are taken for a loop without a wait.</summary>
    public const int MaxCalls = 10_000;

    private readonly List<JournalNote> _notes = [];
    private readonly List<Effect> _effects = [];
    private readonly Queue<HandlerCall> _heldUp = [];
    private int _calls;

    public ExecutionGraph Graph { get; } = graph;
    public ActivityTable Table { get; } = table;
    public StepResources Resources { get; } = resources;
    public Stimulus Stimulus { get; } = stimulus;
    public DateTimeOffset Now => Stimulus.Now;
    public IdSource Ids { get; } = new(stimulus.RequestId, state.Id);
    public InstanceState State { get; set; } = state;

    /// <summary>The activity that began the instance in this step, until it has been entered.</summary>
    public string? TriggerId { get; set; }

    /// <summary>Given on the replay of a step that hit limits: the activities whose scripts must not run.</summary>
    public IReadOnlyList<LimitExceeded> Limits { get; init; } = [];

    /// <summary>True once: for the activity whose trigger began the instance.</summary>
    public bool TakeTrigger(ActivityNode node)
    {
        if (TriggerId is null || node.Id != TriggerId)
        {
            return false;
        }
        TriggerId = null;
        return true;
    }

    public Advanced Result() => new(State, [.. _notes], [.. _effects]);

    public ActivityNode NodeOf(ActivityState execution) =>
        Graph.ByNodeId.GetValueOrDefault(execution.NodeId)
        ?? throw new InvalidOperationException($"Expected the definition to hold {execution.NodeId}, but it does not.");

    public void Emit(Effect effect) => _effects.Add(effect);

    public void Note(ActivityState execution, string eventName, string? message = null, JsonObject? data = null)
    {
        var node = NodeOf(execution);
        _notes.Add(new(execution.Id, execution.ParentId, node.Id, node.NodeId, node.Type, node.Name, eventName, message, data));
    }

    public void Put(ActivityState execution) => State = State with { Activities = State.Activities.SetItem(execution.Id, execution) };

    public void Schedule(ActivityNode node, string? parentId, ImmutableSortedDictionary<string, JsonNode?>? variables = null, string? tag = null)
    {
        State = State with { Scheduled = State.Scheduled + 1 };
        Put(new ActivityState
        {
            Id = Ids.Next(),
            ParentId = parentId,
            ActivityId = node.Id,
            NodeId = node.NodeId,
            Status = ActivityStatus.Pending,
            StartedAt = Now,
            Order = State.Scheduled,
            Variables = variables ?? Sorted.Values,
            Tag = tag,
        });
    }

    public IEnumerable<ActivityState> ChildrenOf(string executionId) =>
        State.Activities.Values.Where(a => a.ParentId == executionId).OrderBy(a => a.Order);

    /// <summary>Makes the call and all that follows from it at once, then enters what is pending, until nothing is.</summary>
    public void Go(HandlerCall? first)
    {
        for (var call = first ?? Next(); call is not null && State.Status == InstanceStatus.Running; call ??= Next())
        {
            call = Make(call);
        }
    }

    /// <summary>Closes the wait and gives the call that answers it.</summary>
    public ResumeCall Satisfy(string waitId, StimulusBody body)
    {
        var wait = State.Waits.Single(w => w.Id == waitId);
        State = State with { Waits = State.Waits.Remove(wait) };
        Note(State.Activities[wait.ExecutionId], "Resumed");
        return new ResumeCall(wait.ExecutionId, wait, body);
    }

    /// <summary>Closes the incident and queues the calls that it held up.</summary>
    public void TakeAgain(string incidentId)
    {
        var incident = State.Incidents.Single(i => i.Id == incidentId);
        var execution = State.Activities[incident.ExecutionId];
        State = State with { Incidents = State.Incidents.Remove(incident) };
        Put(execution with { Status = ActivityStatus.Running, FaultedCalls = [] });
        Note(execution, "Retried");
        foreach (var call in execution.FaultedCalls)
        {
            _heldUp.Enqueue(call);
        }
    }

    /// <summary>Takes an execution away with all below it.</summary>
    public void Cancel(ActivityState execution)
    {
        foreach (var child in ChildrenOf(execution.Id).ToList())
        {
            Cancel(child);
        }
        CloseWaits(execution);
        if (execution.Status != ActivityStatus.Pending)
        {
            Note(execution, "Canceled");
        }
        Remove(execution);
    }

    public void CloseWaits(ActivityState execution)
    {
        foreach (var wait in State.Waits.Where(w => w.ExecutionId == execution.Id && w.ChildId is not null))
        {
            Emit(new CancelChild(wait.ChildId!));
        }
        State = State with { Waits = State.Waits.RemoveAll(w => w.ExecutionId == execution.Id) };
    }

    /// <summary>Ends the instance: whatever still runs is cancelled.</summary>
    public void End(InstanceSubStatus how, ImmutableArray<string> outcomes)
    {
        foreach (var root in State.Activities.Values.Where(a => a.ParentId is null).ToList())
        {
            Cancel(root);
        }
        State = State with { Status = InstanceStatus.Finished, SubStatus = how, FinishedAt = Now, Incidents = [] };
        Emit(new Ended(how, State.Output, outcomes));
    }

    private void Remove(ActivityState execution) => State = State with
    {
        Activities = State.Activities.Remove(execution.Id),
        Incidents = State.Incidents.RemoveAll(i => i.ExecutionId == execution.Id),
    };

    /// <summary>True where an incident stops the whole instance.</summary>
    public bool IsHalted => State.Incidents.Length > 0 && !Graph.Definition.ContinuesWithIncidents;

    private HandlerCall? Next()
    {
        while (_heldUp.TryDequeue(out var call))
        {
            if (State.Activities.ContainsKey(call.ExecutionId))
            {
                return call;
            }
        }
        if (IsHalted || _calls > MaxCalls)
        {
            return null;
        }
        var next = State.Activities.Values.Where(a => a.Status == ActivityStatus.Pending).MinBy(a => a.Order);
        return next is null ? null : new EnterCall(next.Id);
    }

    /// <summary>Makes one call; gives the call that it leads to at once, if any.</summary>
    private ChildEndedCall? Make(HandlerCall call)
    {
        var execution = State.Activities[call.ExecutionId];
        var node = NodeOf(execution);
        if (execution.Status == ActivityStatus.Faulted)
        {
            Put(execution with { FaultedCalls = execution.FaultedCalls.Add(call) });
            return null;
        }
        if (execution.Status == ActivityStatus.Pending)
        {
            execution = Entered(execution, node);
        }
        var (before, notes, effects) = (State, _notes.Count, _effects.Count);
        var step = new Step(this, node, execution);
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
            State = before;
            _notes.RemoveRange(notes, _notes.Count - notes);
            _effects.RemoveRange(effects, _effects.Count - effects);
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
        var handler = node.Workflow is not null ? WorkflowHandler.Instance : Table.Find(node.Type)
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
        Put(entered);
        Note(entered, "Started", data: entered.Tag is { } tag ? new JsonObject { ["tag"] = tag } : null);
        return entered;
    }

    private void Fault(ActivityState execution, ActivityNode node, HandlerCall call, string code, string message)
    {
        Put(execution with { Status = ActivityStatus.Faulted, FaultedCalls = [call] });
        State = State with
        {
            Incidents = State.Incidents.Add(new Incident
            {
                Id = Ids.Next(),
                ExecutionId = execution.Id,
                ActivityId = node.Id,
                NodeId = node.NodeId,
                ActivityType = node.Type,
                Code = code,
                Message = message,
                At = Now,
            }),
        };
        Note(execution, "Faulted", message, new JsonObject { ["code"] = code });
    }

    private ChildEndedCall? Settle(Step step)
    {
        var execution = State.Activities[step.Execution.Id] with { Memory = step.SavedMemory };
        Put(execution);
        if (step.Outcomes is not { } outcomes)
        {
            return null;
        }
        if (step.Enclosing is not { } enclosing)
        {
            return Completed(execution, outcomes);
        }
        for (var inner = execution; inner.Id != enclosing.Id; inner = State.Activities[inner.ParentId!])
        {
            Leave(inner, [Connection.DefaultPort]);
        }
        return Completed(State.Activities[enclosing.Id], outcomes);
    }

    private ChildEndedCall? Completed(ActivityState execution, ImmutableArray<string> outcomes)
    {
        if (execution.ParentId is not null && NodeOf(execution) is { Workflow: not null } node)
        {
            WorkflowHandler.DeliverOutputs(new Step(this, node, execution));
        }
        Leave(execution, outcomes);
        if (execution.ParentId is { } parentId)
        {
            return new ChildEndedCall(parentId, execution with { Status = ActivityStatus.Completed }, outcomes);
        }
        End(InstanceSubStatus.Finished, outcomes);
        return null;
    }

    private void Leave(ActivityState execution, ImmutableArray<string> outcomes)
    {
        foreach (var child in ChildrenOf(execution.Id).ToList())
        {
            Cancel(child);
        }
        CloseWaits(execution);
        Remove(execution);
        Note(execution, "Completed", data: new JsonObject { ["outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]) });
    }
}
