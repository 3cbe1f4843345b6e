using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Moments;

/// <summary>A unit as it stood at any moment of its journal, and as it would have gone on from there otherwise. Reads only.</summary>
public sealed class UnitMoments(DefinitionCatalog definitions, IUnitOwner owner)
{
    private readonly Rebuild _rebuild = new(definitions, owner.ResourcesAsync);

    /// <summary>How it stood right after an entry; null where the unit has none of that number.</summary>
    /// <param name="entry">Counted from 1, the oldest first.</param>
    public async Task<UnitMoment?> AfterAsync(DbContext db, string unitId, int entry, CancellationToken ct)
    {
        List<JournalRow> rows = await db.Set<JournalRow>().AsNoTracking().Where(x => x.UnitId == unitId).OrderBy(x => x.Position).Take(Math.Max(entry, 0)).ToListAsync(ct);
        if (entry < 1 || rows.Count < entry)
        {
            return null;
        }
        List<InstanceState> states = [];
        foreach (IGrouping<string, JournalRow> instance in rows.GroupBy(x => x.InstanceId))
        {
            states.Add((await _rebuild.FoldAsync(db, [.. instance], ct))!);
        }
        return new UnitMoment(rows, states);
    }

    /// <summary>What would have followed, had a task been answered otherwise. Null where the entry is none of the unit, or completes no task.</summary>
    /// <param name="entry">The completion to change, counted from 1.</param>
    /// <param name="outcome">The outcome in place of the real one; the other answers of the form stay.</param>
    /// <param name="then">What is said to the copy after that, in order.</param>
    public async Task<ForkedUnit?> ForkAsync(DbContext db, string unitId, int entry, string outcome, IReadOnlyList<ForkAnswer> then, CancellationToken ct)
    {
        if (await AfterAsync(db, unitId, entry, ct) is not { } real
            || (await Rebuild.StimuliAsync(db, [real.Last], ct))[0].Stimulus is not { Body: Resume { Kind: WaitKind.Task } done } stimulus)
        {
            return null;
        }
        List<JournalRow> before = [.. real.Journal.SkipLast(1).Where(x => x.InstanceId == real.Last.InstanceId)];
        Fork fork = new(_rebuild, db, real.Last, (await _rebuild.FoldAsync(db, before, ct))!, await Fork.RepliesAsync(db, real.Last.InstanceId, ct));
        await fork.TakeAsync(stimulus with { RequestId = "what-if", Body = done with { Outcome = outcome } }, ct);
        for (int i = 0; i < then.Count && fork.Stopped is null; i++)
        {
            await fork.SayAsync(then[i], $"what-if-{i + 1}", ct);
        }
        return new ForkedUnit(real, done.Outcome, fork.State, fork.Done, fork.Stopped);
    }
}

/// <param name="Journal">The entries up to the moment, the oldest first; at least one.</param>
/// <param name="States">Every instance that had begun, the oldest first.</param>
public sealed record UnitMoment(IReadOnlyList<JournalRow> Journal, IReadOnlyList<InstanceState> States)
{
    public JournalRow Last => Journal[^1];
}
