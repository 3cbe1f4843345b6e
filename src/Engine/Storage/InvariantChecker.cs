using Assize.Engine.Instances;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Looks for what must not be; it repairs nothing and finds nothing.</summary>
public static class InvariantChecker
{
    private const int Reported = 50;

    /// <summary>Each finding is one sentence; at most fifty of each kind.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(DbContext db, CancellationToken ct)
    {
        IQueryable<InstanceRow> instances = db.Set<InstanceRow>().AsNoTracking();
        IQueryable<WaitRow> waits = db.Set<WaitRow>().AsNoTracking().Where(w => w.Open);
        IQueryable<JournalRow> journal = db.Set<JournalRow>().AsNoTracking();
        List<string> found = [];
        found.AddRange((await Ids(instances.Where(i => i.Running && i.Incidents == 0 && !waits.Any(w => w.InstanceId == i.Id)), ct))
            .Select(id => $"Expected running instance {id} to wait for something or to show an incident, but it does neither"));
        found.AddRange((await Ids(instances.Where(i => !i.Running && waits.Any(w => w.InstanceId == i.Id)), ct))
            .Select(id => $"Expected finished instance {id} to wait for nothing, but it has an open wait"));
        found.AddRange((await waits.Where(w => !instances.Any(i => i.Id == w.InstanceId && i.UnitId == w.UnitId)).Select(w => w.Id).Take(Reported).ToListAsync(ct))
            .Select(id => $"Expected wait {id} to have an owner in its unit, but it has none"));
        found.AddRange((await waits.Where(w => w.Kind == nameof(WaitKind.Timer) && w.Due == null).Select(w => w.Id).Take(Reported).ToListAsync(ct))
            .Select(id => $"Expected timer {id} to have an instant, but it has none"));
        found.AddRange((await waits.Where(w => w.Kind == nameof(WaitKind.Reply) && !instances.Any(i => i.Id == w.InstanceId && i.Incidents > 0))
            .Select(w => w.Id).Take(Reported).ToListAsync(ct))
            .Select(id => $"Expected request {id} to have been answered in its own transaction, but it waits"));
        found.AddRange((await Ids(instances.Where(i => i.Sequence != journal.Where(j => j.InstanceId == i.Id).Max(j => (long?)j.Sequence)), ct))
            .Select(id => $"Expected instance {id} to have taken what its journal holds, but the numbers differ"));
        found.AddRange((await Ids(instances.Where(i => i.Running && i.ParentId != null && !instances.Any(p => p.Id == i.ParentId && p.UnitId == i.UnitId)), ct))
            .Select(id => $"Expected the parent of instance {id} to stand in the same unit, but it does not"));
        return found;
    }

    /// <summary>The waits of one instance as its state has them against its rows; a sample for tests, since it reads the state.</summary>
    public static IReadOnlyList<string> Compare(InstanceState state, IReadOnlyCollection<WaitRow> open)
    {
        IEnumerable<string> expected = state.Waits.Select(w => $"{w.Id} {w.Kind} {w.Name} {w.Key} {w.Due:O}").Order(StringComparer.Ordinal);
        IEnumerable<string> actual = open.Select(w => $"{w.Id} {w.Kind} {w.Name} {w.Key} {w.Due:O}").Order(StringComparer.Ordinal);
        return [.. expected.Except(actual).Select(w => $"Expected a row for wait {w}, but there is none"),
            .. actual.Except(expected).Select(w => $"Expected no row for wait {w}, but there is one")];
    }

    private static Task<List<string>> Ids(IQueryable<InstanceRow> rows, CancellationToken ct) => rows.Select(i => i.Id).Take(Reported).ToListAsync(ct);
}
