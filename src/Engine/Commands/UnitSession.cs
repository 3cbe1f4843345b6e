using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>A locked unit in the middle of a command: what was loaded, what changed, what will be written.</summary>
public sealed class UnitSession
{
    private readonly CommandWork _work;
    private readonly UnitLoad? _load;
    private readonly UnitInstances _instances = new();
    private readonly List<WaitChange> _opened = [];
    private readonly List<WaitChange> _closed = [];
    private readonly Dictionary<string, WaitChange> _changed = [];
    private readonly List<StepTaken> _taken = [];
    private readonly Dictionary<string, int> _releases = [];

    internal UnitSession(CommandWork work, string unitId, UnitLoad? load)
    {
        (_work, UnitId, _load) = (work, unitId, load);
        foreach (InstanceRow row in load?.Instances.Values ?? Enumerable.Empty<InstanceRow>())
        {
            Adopt(row);
        }
        Burst = new UnitBurst(this, work);
        work.Sessions.Add(this);
    }

    /// <summary>The context whose transaction this is; reading through it costs round trips of its own.</summary>
    public DbContext Db => _work.Db;
    public string UnitId { get; }
    public UnitCommand Command => _work.Command;
    public DateTimeOffset Now => _work.Command.Now;

    /// <summary>The real clock, for audit rows.</summary>
    public DateTimeOffset RecordedAt => _work.RecordedAt;

    /// <summary>Instances as they stand now: those that were running at the lock, and those started since.</summary>
    public IReadOnlyDictionary<string, InstanceState> Instances => _instances;

    /// <summary>Waits that this command opened and left open.</summary>
    public IReadOnlyList<WaitChange> Opened => _opened;

    /// <summary>Waits that were open at the lock and are not now.</summary>
    public IReadOnlyList<WaitChange> Closed => _closed;

    /// <summary>Waits that stay and read otherwise since this command: a migration's.</summary>
    public IReadOnlyCollection<WaitChange> Changed => _changed.Values;

    /// <summary>Every stimulus taken in this command, with its notes, in order.</summary>
    public IReadOnlyList<StepTaken> Taken => _taken;

    internal UnitBurst Burst { get; }

    internal bool IsIsolated => _work.Owner.IsIsolated(this);

    /// <summary>How many steps the owner's rows already follow.</summary>
    internal int Followed { get; set; }

    /// <summary>The row that <see cref="UnitLoad.One"/> asked for.</summary>
    public T? One<T>() where T : class => (T?)_load?.Ones.GetValueOrDefault(typeof(T));

    /// <summary>What <see cref="UnitLoad.Text"/> asked for.</summary>
    public string? Text(string name) => _load?.Texts.GetValueOrDefault(name);

    public IReadOnlyList<T> Many<T>() where T : class => [.. (_load?.Manys.GetValueOrDefault(typeof(T)) ?? []).Cast<T>()];

    /// <summary>Queues a row, inserted or replaced by its key, for the one write round trip.</summary>
    public void Write<T>(T row) where T : class => _work.Writes.Upsert(row);

    /// <summary>Queues a row that must be new.</summary>
    public void Insert<T>(T row) where T : class => _work.Writes.Insert(row);

    /// <summary>Queues a statement that writes what is not known before it runs; it comes after the rows, in their round trip.</summary>
    public void Also(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => _work.Writes.Also(sql, parameters);

    /// <summary>Takes one more step within this command, children and replies included.</summary>
    /// <remarks>Asked from within a step (by an effect), it is taken after that one and cannot be refused.</remarks>
    public Task<Rejection?> StepAsync(UnitStep step, CancellationToken ct) => Burst.TakeAsync(step, ct);

    /// <summary>Makes a new unit in the same transaction (a case out of a submission) and gives its session.</summary>
    public Task<UnitSession> NewUnitAsync(string unitId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _work.Writes.Insert(new UnitRow { Id = unitId, CreatedAt = RecordedAt });
        // Taking the request back must know of it, and finds it by the request alone.
        _work.Writes.Insert(new RequestRow
        {
            Id = MadeBy(Command.Key),
            BodyDigest = "",
            UnitId = unitId,
            Answer = "{}",
            RecordedAt = RecordedAt,
        });
        return Task.FromResult(new UnitSession(_work, unitId, load: null));
    }

    /// <summary>Keeps a personal value apart: gives <c>{"$erasable":"sha256:…"}</c> to travel in its place.</summary>
    public JsonObject Keep(JsonNode value)
    {
        (JsonObject reference, PayloadRow row) = Payloads.Keep(value, NewId(), RecordedAt);
        Write(row);
        return reference;
    }

    /// <summary>Queues a message that is delivered after commit, at least once.</summary>
    public void Send(string messageId, string kind, JsonObject payload, string? instanceId = null)
    {
        if (IsIsolated)
        {
            return;
        }
        Insert(new OutboxRow
        {
            Id = messageId,
            UnitId = UnitId,
            InstanceId = instanceId,
            RequestId = Command.Key,
            Kind = kind,
            Payload = payload.ToJsonString(),
            State = OutboxState.Waiting,
            Attempts = 0,
            NextAt = RecordedAt,
            CreatedAt = RecordedAt,
        });
    }

    /// <summary>An id that follows from the request id and the calls made before.</summary>
    public string NewId() => _work.NewId();

    /// <summary>The id of the row that says that a request made a unit.</summary>
    internal static string MadeBy(string requestKey) => $"made-unit/{requestKey}";

    /// <summary>Remembers, for the journal, by which release an instance came to its version.</summary>
    internal void Began(string instanceId, int? release)
    {
        if (release is { } number)
        {
            _releases[instanceId] = number;
        }
    }

    internal int? ReleaseOf(string instanceId) => _releases.TryGetValue(instanceId, out int number) ? number : null;

    /// <summary>Brings in an instance that was not running at the lock.</summary>
    internal void Adopt(InstanceRow row) => _instances.Add(row);

    /// <summary>The instance that waits for this, or null.</summary>
    internal InstanceState? HolderOf(string waitId) => _instances.HolderOf(waitId);

    internal void Put(StepTaken step)
    {
        _taken.Add(step);
        _instances.Put(step.After);
        HashSet<string> before = [.. (step.Before?.Waits ?? []).Select(w => w.Id)];
        HashSet<string> after = [.. step.After.Waits.Select(w => w.Id)];
        foreach (Wait wait in (step.Before?.Waits ?? []).Where(w => !after.Contains(w.Id)))
        {
            _changed.Remove(wait.Id);
            if (_opened.RemoveAll(o => o.Wait.Id == wait.Id) == 0)
            {
                _closed.Add(new WaitChange(step.After, wait, step.Stimulus.Body));
            }
        }
        foreach (Wait wait in step.After.Waits.Where(w => !before.Contains(w.Id)))
        {
            _closed.RemoveAll(c => c.Wait.Id == wait.Id);
            _opened.Add(new WaitChange(step.After, wait, By: null));
        }
        if (step.Stimulus.Body is Migrate)
        {
            foreach (Wait wait in step.After.Waits.Where(w => before.Contains(w.Id)))
            {
                _changed[wait.Id] = new WaitChange(step.After, wait, step.Stimulus.Body);
            }
        }
    }
}

/// <summary>A wait with the instance that holds or held it; <paramref name="By"/> is what closed it.</summary>
public sealed record WaitChange(InstanceState Instance, Wait Wait, StimulusBody? By);

/// <summary>One step of one instance.</summary>
public sealed record StepTaken(InstanceState? Before, InstanceState After, Stimulus Stimulus, IReadOnlyList<JournalNote> Notes);
