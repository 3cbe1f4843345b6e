using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping;

/// <summary>One step of one instance: a pure function.</summary>
public static class Advance
{
    /// <summary>Takes the stimulus and runs until everything waits, has ended or stands at an incident.</summary>
    /// <param name="state">Null for <see cref="Start"/> only.</param>
    /// <param name="time">Shared by the steps of one command; a step alone has as much as a whole command.</param>
    /// <remarks>The same arguments give the same bytes. A rejection changes nothing.</remarks>
    /// <exception cref="Expressions.ScriptLimitExceeded">Journal a <see cref="LimitExceeded"/> with the same request id, and run that.</exception>
    public static AdvanceResult Run(
        ExecutionGraph graph, ActivityTable table, InstanceState? state, string instanceId, Stimulus stimulus, StepResources resources, ScriptTime? time = null)
    {
        var limits = LimitsOf(stimulus.Body).ToList();
        var body = Settled(limits is [.., var innermost] ? innermost.Instead : stimulus.Body);
        if (Objection(state, body, stimulus.Now) is { } rejected)
        {
            return rejected;
        }
        if (body is Reinstate reinstate)
        {
            return Reinstated(state!, reinstate, stimulus);
        }
        if (body is Migrate migrate)
        {
            return new Advanced(InstanceJson.FromJson(migrate.State) with { Sequence = state!.Sequence + 1 }, [], []);
        }
        var before = state ?? Begun(graph, instanceId, (Start)body, stimulus.Now);
        var taken = before with { Sequence = before.Sequence + 1, UpdatedAt = stimulus.Now, SubStatus = InstanceSubStatus.Executing };
        var run = new StepRun(graph, table, taken, stimulus, resources) { Limits = limits, Time = time ?? new ScriptTime(ScriptLimits.Step) };
        Take(run, body);
        run.State = run.State with { SubStatus = SubStatusOf(run.State, run.IsHalted) };
        return run.Result();
    }

    // One step may have hit several limits: each wraps the stimulus as it was before.
    private static IEnumerable<LimitExceeded> LimitsOf(StimulusBody body)
    {
        for (; body is LimitExceeded limit; body = limit.Instead)
        {
            yield return limit;
        }
    }

    private static void Take(StepRun run, StimulusBody body)
    {
        var loop = new StepLoop(run);
        switch (body)
        {
            case Start start:
                run.TriggerId = start.TriggerActivityId;
                run.Schedule(run.Graph.Root, null);
                loop.Go(null);
                break;
            case Resume resume:
                loop.Go(run.Satisfy(resume.WaitId, resume));
                break;
            case TimerDue due:
                loop.Go(run.Satisfy(due.WaitId, due));
                break;
            case Retry retry:
                loop.TakeAgain(retry.IncidentId);
                loop.Go(null);
                break;
            case Cancel:
                run.End(InstanceSubStatus.Cancelled, []);
                break;
            default:
                throw new InvalidOperationException($"Expected a stimulus that makes a step, but got {body.GetType().Name}.");
        }
    }

    private static Rejected? Objection(InstanceState? state, StimulusBody body, DateTimeOffset now)
    {
        if (body is Start)
        {
            return state is null ? null : new("already-started", "Expected an instance that has not begun, but it has.");
        }
        if (state is null)
        {
            return new("not-started", "Expected an instance that has begun, but it has not.");
        }
        if (state.Status == InstanceStatus.Finished && body is not Reinstate)
        {
            return new("instance-finished", "Expected a running instance, but it has finished.");
        }
        return body switch
        {
            Resume resume => Objection(state, resume.WaitId, resume.Kind) ?? Objection(Find(state, resume.WaitId)!, resume.Outcome),
            TimerDue due => Objection(state, due.WaitId, WaitKind.Timer) ?? NotDue(Find(state, due.WaitId)!, now),
            Retry retry when !state.Incidents.Any(i => i.Id == retry.IncidentId) =>
                new("incident-not-found", $"Expected an open incident {retry.IncidentId}, but there is none."),
            _ => null,
        };
    }

    private static Rejected? Objection(InstanceState state, string waitId, WaitKind kind) => Find(state, waitId) switch
    {
        null => new("wait-not-found", $"Expected the instance to wait for {waitId}, but it does not: it was answered or withdrawn before."),
        var wait when wait.Kind != kind => new("wait-kind", $"Expected a wait for a {kind}, but it is one for a {wait.Kind}."),
        _ when state.SubStatus == InstanceSubStatus.Faulted =>
            new("instance-faulted", "Expected an instance that can go on, but an incident halts it: retry that first."),
        _ => null,
    };

    private static Rejected? Objection(Wait wait, string? outcome) =>
        wait.Kind == WaitKind.Task && wait.Spec?["outcomes"] is JsonArray outcomes && !outcomes.ToTexts().Contains(outcome ?? "")
            ? new("outcome-unknown", $"Expected one of the outcomes {string.Join(", ", outcomes.ToTexts())}, but got {outcome ?? "none"}.")
            : null;

    private static Rejected? NotDue(Wait wait, DateTimeOffset now) =>
        wait.Due is { } due && due > now ? new("timer-not-due", $"Expected the timer's instant {due:O} to have come, but it is {now:O}.") : null;

    private static Wait? Find(InstanceState state, string waitId) => state.Waits.FirstOrDefault(w => w.Id == waitId);

    private static InstanceState Begun(ExecutionGraph graph, string instanceId, Start start, DateTimeOffset now) => new()
    {
        Id = instanceId,
        ParentId = start.ParentId,
        ParentWaitId = start.ParentWaitId,
        DefinitionId = graph.Definition.DefinitionId,
        DefinitionVersion = graph.Definition.Version,
        RuleSet = start.RuleSet ?? RuleSet.First,
        Pins = Sorted.Empty<int>().AddRange(start.Pins),
        Status = InstanceStatus.Running,
        SubStatus = InstanceSubStatus.Pending,
        CorrelationId = start.CorrelationId,
        Name = graph.Definition.Name,
        Sequence = 0,
        Input = Sorted.Values.AddRange(start.Input.Select(m => KeyValuePair.Create(m.Key, InstanceJson.Copy(m.Value)))),
        CreatedAt = now,
        UpdatedAt = now,
    };

    // A value must read the same to scripts when it comes from a caller as when it comes from the journal.
    private static StimulusBody Settled(StimulusBody body) => body switch
    {
        Start start => start with { Input = InstanceJson.Copy(start.Input)!.AsObject() },
        Resume resume => resume with { Payload = InstanceJson.Copy(resume.Payload) },
        _ => body,
    };

    private static Advanced Reinstated(InstanceState now, Reinstate reinstate, Stimulus stimulus)
    {
        var then = InstanceJson.FromJson(reinstate.State);
        var stillWaiting = then.Waits.Select(w => w.Id).ToHashSet();
        var withdrawn = now.Waits.Where(w => w.ChildId is not null && !stillWaiting.Contains(w.Id));
        var state = then with { Sequence = now.Sequence + 1, UpdatedAt = stimulus.Now };
        return new Advanced(state, [], [.. withdrawn.Select(w => new CancelChild(w.ChildId!))]);
    }

    private static InstanceSubStatus SubStatusOf(InstanceState state, bool isHalted)
    {
        if (state.Status == InstanceStatus.Finished)
        {
            return state.SubStatus;
        }
        if (isHalted || (state.Waits.IsEmpty && !state.Incidents.IsEmpty))
        {
            return InstanceSubStatus.Faulted;
        }
        return state.Waits.IsEmpty
            ? throw new InvalidOperationException($"Expected instance {state.Id} to wait for something, to have finished or to show an incident, but it does none of these.")
            : InstanceSubStatus.Suspended;
    }
}
