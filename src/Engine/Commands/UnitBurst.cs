using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>Takes a stimulus and all that follows from it within the unit: children, replies and events, first come first served.</summary>
internal sealed class UnitBurst(UnitSession session, CommandWork work)
{
    /// <summary>More steps than this in one command are instances waking each other for ever.</summary>
    private const int MaxSteps = 2_000;

    private readonly Queue<(string InstanceId, StimulusBody Body, EventRow? Kept)> _pending = new();
    private readonly KeptEvents _events = new(session);
    private bool _isRunning;
    private int _steps;

    public CommandWork Work => work;
    public KeptEvents Events => _events;
    public RaisedEvents Raised { get; } = new(session);

    public async Task<Rejection?> TakeAsync(UnitStep step, CancellationToken ct)
    {
        if (_isRunning)
        {
            return await step.RunAsync(session, ct);
        }
        _isRunning = true;
        try
        {
            return await step.RunAsync(session, ct) ?? await DrainAsync(ct);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>A stimulus from outside: taken at once, and its rejection is the command's.</summary>
    public async Task<Rejection?> TakeNowAsync(string instanceId, StimulusBody body, CancellationToken ct) =>
        await AdvanceAsync(instanceId, body, ct) is { } rejected ? new Rejection(rejected.Code, rejected.Message) : null;

    /// <summary>A stimulus that follows from another: taken later; it is dropped where nobody waits for it any more.</summary>
    /// <param name="kept">The kept event behind it, which is given back then.</param>
    public void Enqueue(string instanceId, StimulusBody body, EventRow? kept = null) => _pending.Enqueue((instanceId, body, kept));

    /// <summary>Starts an instance; its version is chosen by the owner.</summary>
    public async Task<Rejection?> StartAsync(StartChild child, string? parentId, string? trigger, CancellationToken ct)
    {
        StartChoice? choice = await work.Owner.ChooseAsync(session, child.DefinitionId, child.Version, child.Variant, ct);
        if (choice is null || await work.Definitions.FindAsync(work.Db, child.DefinitionId, choice.Version, ct) is not { } graph)
        {
            return new Rejection("definition-not-found", $"Expected a published definition {child.DefinitionId}, but there is none that a new instance may take");
        }
        session.Began(child.InstanceId, choice.Release);
        Start start = new(
            child.Input, choice.Pins.ToImmutableSortedDictionary(StringComparer.Ordinal), child.CorrelationId, parentId, child.WaitId, trigger, RuleSet.Current);
        return await StepAsync(graph, null, child.InstanceId, start, ct) is { } rejected ? new Rejection(rejected.Code, rejected.Message) : null;
    }

    /// <summary>Does the work of a request, and queues its reply.</summary>
    public async Task RequestAsync(InstanceState instance, string waitId, string kind, JsonObject payload, CancellationToken ct)
    {
        JsonNode? reply = await work.Owner.PerformAsync(session, kind, payload, instance, ct);
        Enqueue(instance.Id, new Resume(waitId, WaitKind.Reply, null, reply));
    }

    /// <summary>Wakes the waits for an event: all of the unit, or of one instance.</summary>
    /// <param name="kept">The row of an event that is kept: each instance takes it at most once.</param>
    public void Deliver(string name, string? key, JsonNode? payload, string? onlyInstance, EventRow? kept)
    {
        IEnumerable<InstanceState> concerned = session.Instances.Values.Where(i => onlyInstance is null || i.Id == onlyInstance);
        foreach (InstanceState instance in concerned.OrderBy(i => i.Id, StringComparer.Ordinal))
        {
            foreach (Wait wait in instance.Waits.Where(w => KeptEvents.Matches(w, name, key)).Take(kept is null ? int.MaxValue : 1))
            {
                if (instance.SubStatus == InstanceSubStatus.Faulted)
                {
                    _events.Hold(wait, payload, kept);
                    continue;
                }
                if (kept is not null)
                {
                    _events.Take(kept, instance.Id);
                }
                Enqueue(instance.Id, new Resume(wait.Id, WaitKind.Event, null, payload?.DeepClone()), kept);
            }
        }
    }

    private async Task<Rejection?> DrainAsync(CancellationToken ct)
    {
        while (_pending.TryDequeue(out (string InstanceId, StimulusBody Body, EventRow? Kept) next))
        {
            if ((!IsStillWanted(next.InstanceId, next.Body) || await AdvanceAsync(next.InstanceId, next.Body, ct) is not null)
                && next.Body is Resume { Kind: WaitKind.Event } missed)
            {
                await _events.MissedAsync(next.InstanceId, missed, next.Kept, ct);
            }
        }
        return null;
    }

    private bool IsStillWanted(string instanceId, StimulusBody body) =>
        session.Instances.TryGetValue(instanceId, out InstanceState? state) && state.Status == InstanceStatus.Running
        && (body is not Resume resume || state.Waits.Any(w => w.Id == resume.WaitId));

    private async Task<Rejected?> AdvanceAsync(string instanceId, StimulusBody body, CancellationToken ct)
    {
        if (!session.Instances.TryGetValue(instanceId, out InstanceState? state))
        {
            return new Rejected("instance-finished", $"Expected a running instance {instanceId} in the unit, but there is none");
        }
        ExecutionGraph graph = await work.Definitions.GetAsync(work.Db, state.DefinitionId, state.DefinitionVersion, ct);
        return await StepAsync(graph, state, instanceId, body, ct);
    }

    private async Task<Rejected?> StepAsync(ExecutionGraph graph, InstanceState? state, string instanceId, StimulusBody body, CancellationToken ct)
    {
        if (++_steps > MaxSteps)
        {
            throw new InvalidOperationException($"Expected a command to take at most {MaxSteps} steps, but unit {session.UnitId} took more");
        }
        long sequence = (state?.Sequence ?? 0) + 1;
        foreach (ScriptLimitExceeded limit in work.Limits.Of(instanceId, sequence))
        {
            body = new LimitExceeded(limit.ExecutionId, limit.ActivityId, limit.Limit, body);
        }
        UnitCommand command = work.Command;
        Stimulus stimulus = new(
            string.Create(CultureInfo.InvariantCulture, $"{command.Key}@{sequence}"), command.Now, command.Actor, command.Reason, body);
        IReadOnlyDictionary<string, int> pins = body is Start start ? start.Pins : state?.Pins ?? ImmutableSortedDictionary<string, int>.Empty;
        StepResources resources = await work.Owner.ResourcesAsync(work.Db, graph.Definition.DefinitionId, graph.Definition.Version, pins, ct);
        AdvanceResult result = Advance.Run(graph, work.Definitions.Activities, state, instanceId, stimulus, resources, work.ScriptTime);
        if (result is Rejected rejected)
        {
            return rejected;
        }
        Advanced advanced = (Advanced)result;
        session.Put(new StepTaken(state, advanced.State, stimulus, advanced.Notes));
        foreach (Effect effect in advanced.Effects)
        {
            await PerformAsync(advanced.State, effect, ct);
        }
        await _events.OfferAsync(advanced.State, advanced.State.Waits.Where(w => state?.Waits.Any(b => KeptEvents.WantsTheSame(b, w)) != true), ct);
        return null;
    }

    private async Task PerformAsync(InstanceState instance, Effect effect, CancellationToken ct)
    {
        switch (effect)
        {
            case StartChild child:
                if (await StartAsync(child, instance.Id, null, ct) is { } refused)
                {
                    throw new InvalidOperationException($"Expected instance {instance.Id} to start a child, but: {refused.Message}");
                }
                break;
            case CancelChild child:
                Enqueue(child.InstanceId, new Cancel());
                break;
            case RaiseEvent raised:
                Raise(instance, raised);
                break;
            // An instance that an incident halts could not take the reply: the retry asks again.
            case Request request when instance.SubStatus != InstanceSubStatus.Faulted:
                await RequestAsync(instance, request.WaitId, request.Kind, request.Payload, ct);
                break;
            case Perform perform:
                await work.Owner.PerformAsync(session, perform.Kind, perform.Payload, instance, ct);
                break;
            case Send send:
                session.Send(send.MessageId, send.Kind, send.Payload, instance.Id);
                break;
            case Ended ended:
                Return(instance, ended);
                break;
        }
    }

    private void Raise(InstanceState instance, RaiseEvent raised)
    {
        if (!raised.LocalOnly)
        {
            Raised.Add(raised.Name, raised.Key, raised.Payload, elsewhere: !raised.Buffered, instance.Id);
        }
        if (raised.Buffered)
        {
            Deliver(raised.Name, raised.Key, raised.Payload, null, _events.Keep(raised.Name, raised.Key, raised.Payload));
            return;
        }
        Deliver(raised.Name, raised.Key, raised.Payload, raised.LocalOnly ? instance.Id : null, kept: null);
    }

    private void Return(InstanceState child, Ended ended)
    {
        if (child is { ParentId: { } parent, ParentWaitId: { } wait })
        {
            Enqueue(parent, EndOf(wait, ended.How, ended.Output));
        }
    }

    /// <summary>How a parent hears of a child's end: the child's outputs are the payload.</summary>
    public static Resume EndOf(string waitId, InstanceSubStatus how, ImmutableSortedDictionary<string, JsonNode?> output) => new(
        waitId, WaitKind.Child,
        how switch { InstanceSubStatus.Finished => "Completed", InstanceSubStatus.Cancelled => "Canceled", _ => "Faulted" },
        new JsonObject(output.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))));
}
