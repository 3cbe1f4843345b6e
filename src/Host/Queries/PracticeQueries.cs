using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Practice cases of the caller's agency, for its process owners alone.</summary>
public sealed class PracticeQueries(CaseDatabase database, IAccessEvaluator access)
{
    public async Task<bool> MayAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return (await access.CheckAsync(db, caller, AccessActions.RunPractice, AccessTarget.None, ct)).Allowed;
    }

    public async Task<PracticeSeen?> FindAsync(Caller caller, string caseId, CancellationToken ct)
    {
        if (!await MayAsync(caller, ct))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        if (await db.Set<PracticeCase>().AsNoTracking().SingleOrDefaultAsync(practice => practice.CaseId == caseId && practice.Agency == caller.Agency, ct) is not { } practice)
        {
            return null;
        }

        var states = (await db.Set<InstanceRow>().AsNoTracking().Where(row => row.UnitId == caseId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => row.State).ToListAsync(ct)).Select(InstanceJson.ReadState).ToList();
        var tasks = await db.Tasks.AsNoTracking().Where(task => task.UnitId == caseId && task.State == TaskState.Open).ToDictionaryAsync(task => task.Id, ct);
        return new PracticeSeen(practice, states, tasks);
    }

    /// <summary>Of the instances, those that belong to a practice case; their cases, each once.</summary>
    public async Task<IReadOnlyList<string>> CasesAsync(Caller caller, IReadOnlyCollection<string> instances, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<PracticeCase>().Where(practice => practice.Agency == caller.Agency
            && db.Set<InstanceRow>().Any(row => row.UnitId == practice.CaseId && instances.Contains(row.Id))).Select(practice => practice.CaseId).ToListAsync(ct);
    }

    /// <summary>The caller's own practice cases that still run on a version.</summary>
    public async Task<IReadOnlyList<string>> OnVersionAsync(Caller caller, string definitionId, int version, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<PracticeCase>().Where(practice => practice.Agency == caller.Agency && practice.StartedBy == caller.Subject
            && practice.DefinitionId == definitionId && practice.Version == version
            && db.Set<InstanceRow>().Any(row => row.UnitId == practice.CaseId && row.Running)).Select(practice => practice.CaseId).ToListAsync(ct);
    }

    /// <summary>The ids and numbers under which practice cases of the caller's agency run; none for whoever may not see them.</summary>
    public async Task<IReadOnlyList<(string Id, int Version)>> RunAsAsync(Caller caller, CancellationToken ct)
    {
        if (!await MayAsync(caller, ct))
        {
            return [];
        }

        await using var db = database.CreateDbContext();
        var kept = await db.Set<PracticeCase>().Where(practice => practice.Agency == caller.Agency)
            .Select(practice => new { practice.DefinitionId, practice.CaseId, practice.Version }).ToListAsync(ct);
        return [.. kept.Select(practice => (PracticeCase.RunsAs(practice.DefinitionId, practice.CaseId), practice.Version))];
    }

    /// <summary>The drawing that a practice case runs on.</summary>
    /// <param name="agency">Whose it must be; null where that was asked before.</param>
    public async Task<DrawnDefinition?> DrawnAsync(string definitionId, int version, string? agency, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (PracticeCase.Behind(definitionId) is not var (_, caseId)
            || await db.Set<PracticeCase>().AsNoTracking().SingleOrDefaultAsync(practice => practice.CaseId == caseId && practice.Version == version && (agency == null || practice.Agency == agency), ct) is not { } practice)
        {
            return null;
        }

        return new DrawnDefinition(DefinitionReader.Read(practice.Text), practice.StartedAt);
    }
}

/// <summary>A practice case with its instances, the first one being its own, and its open tasks by the ids of their waits.</summary>
public sealed record PracticeSeen(PracticeCase Case, IReadOnlyList<InstanceState> States, IReadOnlyDictionary<string, WorkTask> Tasks)
{
    /// <summary>The drawing that it runs on.</summary>
    public DrawnDefinition Drawn { get; } = new(DefinitionReader.Read(Case.Text), Case.StartedAt);

    /// <summary>What it waits for and somebody could bring about, with the instance that waits.</summary>
    public IEnumerable<(InstanceState State, Wait Wait)> Waits =>
        States.SelectMany(state => state.Waits.Where(wait => wait.Kind is WaitKind.Task or WaitKind.Timer or WaitKind.Event).Select(wait => (state, wait)));
}
