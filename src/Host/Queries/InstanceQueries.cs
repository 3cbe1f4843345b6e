using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Overlays;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Instances of workflows. An instance is seen by whoever may see the case or the submission that it belongs to, one of a practice case by process owners of its agency, and by nobody else.</summary>
public sealed class InstanceQueries(CaseDatabase database, IAccessEvaluator access, NewestCases newest)
{
    /// <summary>A list is of the instances of so many of the newest cases; a search by reference or id finds any.</summary>
    public const int NewestUnits = 200;

    private const int NewestSubmissions = 50;
    private const string Practice = "Practice";

    /// <summary>Instances by the newest cases that the caller may see, or by what the term names: of any case by its reference or id, of the newest by the workflow as well.</summary>
    public async Task<IReadOnlyList<InstanceLine>> ListAsync(Caller caller, string term, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var named = await NewestAsync(db, caller, ct);
        var meant = term.Length == 0 ? named : await NamedAsync(db, caller, term, ct);
        foreach (var (id, unit) in meant)
        {
            named.TryAdd(id, unit);
        }

        var ids = named.Keys.ToList();
        var rows = await db.Set<InstanceRow>().AsNoTracking().Where(row => ids.Contains(row.UnitId))
            .Select(row => new InstanceLine(
                row.Id, row.UnitId, row.DefinitionId, row.DefinitionVersion, row.Running, row.SubStatus, row.Incidents, row.CorrelationId, row.Name,
                row.CreatedAt, row.UpdatedAt, row.FinishedAt)
            {
                Baseline = db.Set<EffectiveVersion>().Where(made => made.Workflow == row.DefinitionId && made.Version == row.DefinitionVersion).Select(made => (int?)made.Baseline).FirstOrDefault(),
            }).ToListAsync(ct);
        return [.. rows.Where(row => meant.ContainsKey(row.UnitId) || Says(row, term)).Select(row => row with { Reference = named[row.UnitId].Name, Unit = named[row.UnitId].Kind })];
    }

    /// <summary>Null where there is none that the caller may see.</summary>
    public async Task<InstanceSeen?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var row = await (await VisibleAsync(db, caller, ct)).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (row is null)
        {
            return null;
        }

        var file = await db.Cases.Where(file => file.Id == row.UnitId).Select(file => new { file.Urn, file.Practice }).SingleOrDefaultAsync(ct);
        return new InstanceSeen(row, InstanceJson.ReadState(row.State), file?.Urn) { IsPractice = file?.Practice == true };
    }

    public async Task<bool> MaySeeAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await (await VisibleAsync(db, caller, ct)).AnyAsync(row => row.Id == id, ct);
    }

    /// <summary>Everything that the instance took, in order. Who asked for the instance was checked before.</summary>
    public async Task<IReadOnlyList<JournalRow>> JournalAsync(string instanceId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<JournalRow>().AsNoTracking().Where(row => row.InstanceId == instanceId).OrderBy(row => row.Sequence).ToListAsync(ct);
    }

    /// <summary>The execution that a wait of an instance was of, once it ended; null while it lasts, and where it was cancelled. Who asked for the instance was checked before.</summary>
    public async Task<string?> WokenAsync(string instanceId, string waitId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var notes = await db.Set<JournalRow>().Where(row => row.InstanceId == instanceId && row.Kind == "resume" && row.Stimulus.Contains(waitId))
            .Select(row => row.Notes).FirstOrDefaultAsync(ct);
        return notes is null ? null : NotesJson.Read(notes).FirstOrDefault(note => note.Event == "Resumed")?.ExecutionId;
    }

    /// <summary>How many stimuli each instance has taken: it rises with every step, whichever host made it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SequencesAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<InstanceRow>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Sequence }).ToDictionaryAsync(row => row.Id, row => row.Sequence, ct);
    }

    private static bool Says(InstanceLine row, string term)
    {
        var drawing = PracticeCase.Behind(row.DefinitionId)?.DefinitionId ?? row.DefinitionId;
        return row.Id == term || drawing.Contains(term, StringComparison.OrdinalIgnoreCase) || $"{row.DefinitionId}@{row.Version}" == term;
    }

    private async Task<IQueryable<InstanceRow>> VisibleAsync(CaseDb db, Caller caller, CancellationToken ct)
    {
        var mayPractise = await MayPractiseAsync(db, caller, ct);
        var practices = db.Set<PracticeCase>().Where(practice => mayPractise && practice.Agency == caller.Agency);
        var cases = access.VisibleCases(db, caller);
        var submissions = access.VisibleSubmissions(db, caller);
        return db.Set<InstanceRow>().Where(row => cases.Any(file => file.Id == row.UnitId) || submissions.Any(sent => sent.Id == row.UnitId)
            || practices.Any(practice => practice.CaseId == row.UnitId));
    }

    private async Task<bool> MayPractiseAsync(CaseDb db, Caller caller, CancellationToken ct) =>
        ActionTable.RolesFor(AccessActions.RunPractice).Any(caller.HasRole)
        && (await access.CheckAsync(db, caller, AccessActions.RunPractice, AccessTarget.None, ct)).Allowed;

    private async Task<Dictionary<string, NamedUnit>> NewestAsync(CaseDb db, Caller caller, CancellationToken ct)
    {
        var units = (await newest.PageAsync(db, caller, after: null, NewestUnits, ct)).ToDictionary(file => file.Id, file => new NamedUnit(file.Urn, UnitKind.Case));
        foreach (var sent in await access.VisibleSubmissions(db, caller).OrderByDescending(sent => sent.ReceivedAt).Take(NewestSubmissions)
            .Select(sent => new { sent.Id, sent.Urn }).ToListAsync(ct))
        {
            units.TryAdd(sent.Id, new NamedUnit(sent.Urn, UnitKind.Submission));
        }

        // One's own practice, and nobody else's: it is in nobody's way.
        if (await MayPractiseAsync(db, caller, ct))
        {
            foreach (var practice in await db.Set<PracticeCase>().Where(practice => practice.StartedBy == caller.Subject && practice.Agency == caller.Agency)
                .OrderByDescending(practice => practice.StartedAt).Take(NewestSubmissions).Select(practice => practice.CaseId).ToListAsync(ct))
            {
                units.TryAdd(practice, new NamedUnit(Practice, UnitKind.Practice));
            }
        }

        return units;
    }

    private async Task<Dictionary<string, NamedUnit>> NamedAsync(CaseDb db, Caller caller, string term, CancellationToken ct)
    {
        var byInstance = db.Set<InstanceRow>().Where(row => row.Id == term).Select(row => row.UnitId);
        var units = await access.VisibleCases(db, caller).Where(file => file.Urn == term || file.Id == term || byInstance.Contains(file.Id))
            .Select(file => new { file.Id, file.Urn }).Take(NewestUnits).ToDictionaryAsync(file => file.Id, file => new NamedUnit(file.Urn, UnitKind.Case), ct);
        foreach (var sent in await access.VisibleSubmissions(db, caller).Where(sent => sent.Urn == term || sent.Id == term || byInstance.Contains(sent.Id))
            .Select(sent => new { sent.Id, sent.Urn }).Take(NewestUnits).ToListAsync(ct))
        {
            units.TryAdd(sent.Id, new NamedUnit(sent.Urn, UnitKind.Submission));
        }

        return units;
    }

    private sealed record NamedUnit(string Name, UnitKind Kind);
}

/// <summary>An instance as a line of a list, without its state.</summary>
public sealed record InstanceLine(
    string Id, string UnitId, string DefinitionId, int Version, bool Running, string SubStatus, int Incidents, string? CorrelationId, string? Name,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    /// <summary>The reference of the case or submission that it belongs to.</summary>
    public string Reference { get; init; } = "";

    public UnitKind Unit { get; init; }

    /// <summary>The version that people know, where it runs on one made of overlays.</summary>
    public int? Baseline { get; init; }
}

/// <summary>What an instance belongs to.</summary>
public enum UnitKind
{
    Case,
    Submission,
    Practice,
}

/// <summary>An instance that the caller may see.</summary>
/// <param name="Urn">Null where it belongs to no case.</param>
public sealed record InstanceSeen(InstanceRow Row, InstanceState State, string? Urn)
{
    public bool IsPractice { get; init; }
}
