using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>A locked unit in the middle of a command: what was loaded, what changed, what will be written.</summary>
public sealed class UnitSession
{
    /// <summary>The context whose transaction this is; reading through it costs round trips of its own.</summary>
    public DbContext Db => throw new NotImplementedException();
    public string UnitId => throw new NotImplementedException();
    public UnitCommand Command => throw new NotImplementedException();
    public DateTimeOffset Now => throw new NotImplementedException();

    /// <summary>The real clock, for audit rows.</summary>
    public DateTimeOffset RecordedAt => throw new NotImplementedException();

    /// <summary>Instances as they stand now: those that were running at the lock, and those started since.</summary>
    public IReadOnlyDictionary<string, InstanceState> Instances => throw new NotImplementedException();

    /// <summary>Waits that this command opened (and left open) or closed.</summary>
    public IReadOnlyList<WaitChange> Opened => throw new NotImplementedException();
    public IReadOnlyList<WaitChange> Closed => throw new NotImplementedException();

    /// <summary>Every stimulus taken in this command, with its notes, in order.</summary>
    public IReadOnlyList<StepTaken> Taken => throw new NotImplementedException();

    /// <summary>The row that <see cref="UnitLoad.One"/> asked for.</summary>
    public T? One<T>() where T : class => throw new NotImplementedException();
    public IReadOnlyList<T> Many<T>() where T : class => throw new NotImplementedException();

    /// <summary>Queues a row, inserted or replaced by its key, for the one write round trip.</summary>
    public void Write<T>(T row) where T : class => throw new NotImplementedException();

    /// <summary>Queues a row that must be new.</summary>
    public void Insert<T>(T row) where T : class => throw new NotImplementedException();

    /// <summary>Takes one more step within this command, children and replies included.</summary>
    public Task<Rejection?> StepAsync(UnitStep step, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Makes a new unit in the same transaction (a case out of a submission) and gives its session.</summary>
    public Task<UnitSession> NewUnitAsync(string unitId, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Keeps a personal value apart: gives <c>{"$erasable":"sha256:…"}</c> to travel in its place.</summary>
    public JsonObject Keep(JsonNode value) => throw new NotImplementedException();

    /// <summary>Queues a message that is delivered after commit, at least once.</summary>
    public void Send(string messageId, string kind, JsonObject payload, string? instanceId = null) => throw new NotImplementedException();

    /// <summary>An id that follows from the request id and the calls made before.</summary>
    public string NewId() => throw new NotImplementedException();
}

/// <summary>A wait with the instance that holds or held it; <paramref name="By"/> is what closed it.</summary>
public sealed record WaitChange(InstanceState Instance, Wait Wait, StimulusBody? By);

/// <summary>One step of one instance.</summary>
public sealed record StepTaken(InstanceState? Before, InstanceState After, Stimulus Stimulus, IReadOnlyList<JournalNote> Notes);
