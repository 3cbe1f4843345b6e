using Assize.Engine.Expressions;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>One attempt at a command: what all its sessions share, from the lock to the flush.</summary>
internal sealed class CommandWork(DbContext db, UnitCommand command, UnitRunner runner, KnownLimits limits)
{
    private int _ids;

    public DbContext Db => db;
    public UnitCommand Command => command;
    public DefinitionCatalog Definitions => runner.Definitions;
    public IUnitOwner Owner => runner.Owner;
    public DateTimeOffset RecordedAt { get; } = Microseconds.Of(runner.Clock.GetUtcNow());
    public KnownLimits Limits => limits;
    public ScriptTime ScriptTime { get; } = new(runner.ScriptTime);
    public WriteSet Writes { get; } = new(db);
    public List<UnitSession> Sessions { get; } = [];

    public string NewId() => Instances.IdSource.Derive(command.Key, "", _ids++);
}

/// <summary>Script limits that earlier attempts at the same command ran into: those steps are journaled as such and their scripts not run.</summary>
internal sealed class KnownLimits
{
    private readonly Dictionary<(string InstanceId, long Sequence), List<ScriptLimitExceeded>> _known = [];
    private (string InstanceId, long Sequence) _step;

    public int Count => _known.Values.Sum(l => l.Count);

    /// <summary>Remembers which step is being taken, so that a limit can be put down to it.</summary>
    public IReadOnlyList<ScriptLimitExceeded> Of(string instanceId, long sequence)
    {
        _step = (instanceId, sequence);
        return _known.GetValueOrDefault(_step) ?? [];
    }

    public void Add(ScriptLimitExceeded limit)
    {
        if (!_known.TryGetValue(_step, out List<ScriptLimitExceeded>? limits))
        {
            _known[_step] = limits = [];
        }
        limits.Add(limit);
    }
}
