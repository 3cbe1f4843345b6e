using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>Why an instance stands still, and what will wake it. One wait, one owner.</summary>
public sealed record Wait
{
    public required string Id { get; init; }
    public required WaitKind Kind { get; init; }
    public required string ExecutionId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }

    /// <summary>Task: its title. Event: the event's name. Child: the definition id. Reply: the effect's kind.</summary>
    public required string Name { get; init; }

    /// <summary>Event only: the correlation key; null takes any.</summary>
    public string? Key { get; init; }

    /// <summary>Timer: when it fires. Task: when it is due (which fires nothing). UTC.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Child only: the child's instance id.</summary>
    public string? ChildId { get; init; }

    /// <summary>Event only: messages that came before the wait count (Assize.AwaitEvent), or not (Elsa.Event).</summary>
    public bool TakesBuffered { get; init; }

    /// <summary>What the owner of the wait needs: lane, form and outcomes of a task; payload of a request.</summary>
    public JsonObject? Spec { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum WaitKind { Task, Timer, Event, Child, Reply }
