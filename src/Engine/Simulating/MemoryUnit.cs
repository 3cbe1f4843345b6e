using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Simulating;

/// <summary>A unit that lives in memory alone. Its instances step as real ones do; what they ask of the world, the given world answers.</summary>
/// <remarks>The same unit id, world and stimuli give the same states.</remarks>
public sealed class MemoryUnit(string id, MemoryWorld world)
{
    // As many as a command of a real unit may take.
    private const int MostSteps = 2000;

    private readonly SortedDictionary<string, InstanceState> _instances = new(StringComparer.Ordinal);
    private readonly Queue<(string Instance, StimulusBody Body)> _pending = new();
    private readonly List<(RaiseEvent Event, HashSet<string> Taken)> _kept = [];
    private int _steps;

    public string Id => id;

    public IReadOnlyCollection<InstanceState> Instances => _instances.Values;

    /// <summary>True once nothing of it runs.</summary>
    public bool HasEnded => _instances.Values.All(x => x.Status != InstanceStatus.Running);

    /// <summary>A script that took too long, or a step without end; the unit takes nothing more.</summary>
    public bool IsBroken { get; private set; }

    public IEnumerable<(string Instance, Wait Wait)> Waits => _instances.Values.Where(x => x.Status == InstanceStatus.Running).SelectMany(x => x.Waits.Select(wait => (x.Id, wait)));

    public void Start(string definitionId, JsonObject input, DateTimeOffset now) =>
        Take(() => Begin(new StartChild($"{id}-0", definitionId, null, input, id, null, null), null, now), now);

    /// <summary>Wakes a wait; nothing happens where it is gone.</summary>
    public void Wake(string instance, StimulusBody body, DateTimeOffset now) => Take(() => _pending.Enqueue((instance, body)), now);

    private void Take(Action first, DateTimeOffset now)
    {
        if (IsBroken)
        {
            return;
        }
        _steps = 0;
        try
        {
            first();
            while (_pending.TryDequeue(out (string Instance, StimulusBody Body) next))
            {
                if (_instances.TryGetValue(next.Instance, out InstanceState? state) && state.Status == InstanceStatus.Running)
                {
                    Step(world.Choose(state.DefinitionId, state.DefinitionVersion), state, next.Instance, next.Body, now);
                }
            }
        }
        catch (ScriptLimitExceeded)
        {
            IsBroken = true;
        }
    }

    private void Begin(StartChild child, string? parent, DateTimeOffset now)
    {
        MemoryVersion version = world.Choose(child.DefinitionId, child.Version);
        Step(version, null, child.InstanceId, new Start(child.Input, version.Pins, child.CorrelationId, parent, child.WaitId, null, RuleSet.Current), now);
    }

    private void Step(MemoryVersion version, InstanceState? state, string instance, StimulusBody body, DateTimeOffset now)
    {
        if (++_steps > MostSteps)
        {
            IsBroken = true;
            _pending.Clear();
            return;
        }
        string request = string.Create(CultureInfo.InvariantCulture, $"{instance}@{(state?.Sequence ?? 0) + 1}");
        if (Advance.Run(version.Graph, world.Activities, state, instance, new Stimulus(request, now, "simulation", null, body), version.Resources) is not Advanced advanced)
        {
            return;
        }
        _instances[instance] = advanced.State;
        foreach (Effect effect in advanced.Effects)
        {
            Perform(advanced.State, effect, now);
        }
        foreach (Wait wait in advanced.State.Waits.Where(x => x.TakesBuffered && state?.Waits.Any(y => y.Id == x.Id) != true))
        {
            Offer(instance, wait);
        }
    }

    private void Perform(InstanceState instance, Effect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case StartChild child:
                Begin(child, instance.Id, now);
                break;
            case CancelChild child:
                _pending.Enqueue((child.InstanceId, new Cancel()));
                break;
            case RaiseEvent raised:
                Raise(instance.Id, raised);
                break;
            case Request request when instance.SubStatus != InstanceSubStatus.Faulted:
                _pending.Enqueue((instance.Id, new Resume(request.WaitId, WaitKind.Reply, null, world.Reply(request))));
                break;
            case Ended ended when instance is { ParentId: { } parent, ParentWaitId: { } wait }:
                _pending.Enqueue((parent, UnitBurst.EndOf(wait, ended.How, ended.Output)));
                break;
        }
    }

    private void Raise(string instance, RaiseEvent raised)
    {
        HashSet<string> taken = [];
        if (raised.Buffered)
        {
            _kept.Add((raised, taken));
        }
        foreach ((string listener, Wait wait) in Waits.Where(x => (!raised.LocalOnly || x.Instance == instance) && KeptEvents.Matches(x.Wait, raised.Name, raised.Key)).ToList())
        {
            if (!raised.Buffered || taken.Add(listener))
            {
                _pending.Enqueue((listener, new Resume(wait.Id, WaitKind.Event, null, raised.Payload?.DeepClone())));
            }
        }
    }

    private void Offer(string instance, Wait wait)
    {
        foreach ((RaiseEvent raised, HashSet<string> taken) in _kept)
        {
            if (KeptEvents.Matches(wait, raised.Name, raised.Key) && taken.Add(instance))
            {
                _pending.Enqueue((instance, new Resume(wait.Id, WaitKind.Event, null, raised.Payload?.DeepClone())));
                return;
            }
        }
    }
}

/// <summary>What stands around memory units.</summary>
/// <param name="Choose">The compiled version that an instance takes: the one asked for, or the world's own choice.</param>
/// <param name="Reply">The reply to a request.</param>
public sealed record MemoryWorld(ActivityTable Activities, Func<string, int?, MemoryVersion> Choose, Func<Request, JsonNode?> Reply);

public sealed record MemoryVersion(ExecutionGraph Graph, ImmutableSortedDictionary<string, int> Pins, StepResources Resources);
