using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Stepping;

/// <summary>One step in the making: the state so far, what it noted and what it asks for.</summary>
internal sealed class StepRun(ExecutionGraph graph, ActivityTable table, InstanceState state, Stimulus stimulus, StepResources resources)
{
    private readonly List<JournalNote> _notes = [];
    private readonly List<Effect> _effects = [];
    private readonly List<string?> _askers = [];

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

    /// <summary>What is left to scripts.</summary>
    public required ScriptTime Time { get; init; }

    /// <summary>True where an incident stops the whole instance.</summary>
    public bool IsHalted => State.Incidents.Length > 0 && !Graph.Definition.ContinuesWithIncidents;

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

    /// <summary>Where to come back to if the next call faults.</summary>
    public Mark Here() => new(State, _notes.Count, _effects.Count);

    /// <summary>Undoes all since the mark.</summary>
    public void GoBack(Mark mark)
    {
        State = mark.State;
        _notes.RemoveRange(mark.Notes, _notes.Count - mark.Notes);
        _effects.RemoveRange(mark.Effects, _effects.Count - mark.Effects);
        _askers.RemoveRange(mark.Effects, _askers.Count - mark.Effects);
    }

    public Advanced Result() => new(State, [.. _notes], [.. _effects]) { Askers = [.. _askers] };

    public ActivityNode NodeOf(ActivityState execution) =>
        Graph.ByNodeId.GetValueOrDefault(execution.NodeId)
        ?? throw new InvalidOperationException($"Expected the definition to hold {execution.NodeId}, but it does not.");

    public void Emit(Effect effect, string? asker = null)
    {
        _effects.Add(effect);
        _askers.Add(asker);
    }

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

    /// <summary>Closes the wait and gives the call that answers it.</summary>
    public ResumeCall Satisfy(string waitId, StimulusBody body)
    {
        var wait = State.Waits.Single(w => w.Id == waitId);
        State = State with { Waits = State.Waits.Remove(wait) };
        Note(State.Activities[wait.ExecutionId], "Resumed");
        return new ResumeCall(wait.ExecutionId, wait, body);
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

    /// <summary>Lets the container go on, as if the execution had ended; it runs on under the instance itself.</summary>
    public ChildEndedCall GoOnWithout(ActivityState execution, ImmutableArray<string> outcomes)
    {
        var root = State.Activities.Values.Single(a => a.ParentId is null);
        Put(execution with { ParentId = root.Id, HasLeft = true });
        Note(execution, "Completed", data: Data(outcomes, "runsOn"));
        return new ChildEndedCall(execution.ParentId!, execution with { Status = ActivityStatus.Completed }, outcomes);
    }

    /// <summary>True where the instance would end but for executions that were left: all others are cancelled, and the outcomes kept.</summary>
    public bool IsHeldBack(ActivityState root, ImmutableArray<string> outcomes)
    {
        var children = ChildrenOf(root.Id).ToList();
        if (!children.Exists(c => c.HasLeft))
        {
            return false;
        }
        children.Where(c => !c.HasLeft).ToList().ForEach(Cancel);
        var memory = InstanceJson.Copy(State.Activities[root.Id].Memory)?.AsObject() ?? [];
        memory[WorkflowHandler.HeldBack] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]);
        Put(State.Activities[root.Id] with { Memory = memory });
        Note(root, "Suspended", "All is done but what steps left behind.");
        return true;
    }

    /// <summary>Ends an execution: what still runs below it is cancelled.</summary>
    public void Leave(ActivityState execution, ImmutableArray<string> outcomes)
    {
        foreach (var child in ChildrenOf(execution.Id).ToList())
        {
            Cancel(child);
        }
        CloseWaits(execution);
        Remove(execution);
        Note(execution, execution.HasLeft ? "Concluded" : "Completed", data: Data(outcomes));
    }

    private static JsonObject Data(ImmutableArray<string> outcomes, string? flag = null)
    {
        var data = new JsonObject { ["outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]) };
        if (flag is not null)
        {
            data[flag] = true;
        }
        return data;
    }

    private void Remove(ActivityState execution) => State = State with
    {
        Activities = State.Activities.Remove(execution.Id),
        Incidents = State.Incidents.RemoveAll(i => i.ExecutionId == execution.Id),
    };

    internal sealed record Mark(InstanceState State, int Notes, int Effects);
}
