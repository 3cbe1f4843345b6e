using System.Text.Json;
using Assize.Engine.Instances;
using Assize.Engine.Moments;
using Assize.Engine.Storage;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>A case as it stood after an entry of its history, and as it would stand had that entry been another. Reads only.</summary>
public sealed class MomentQueries(
    CaseDatabase database, UnitMoments moments, CaseQueries cases, ProcessQueries processes, HistoryQueries history)
{
    /// <summary>Null where the caller has no such case, or it has no such entry.</summary>
    public async Task<SeenMoment?> AfterAsync(Caller caller, string urn, int entry, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } caseId)
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        if (await moments.AfterAsync(db, caseId, entry, ct) is not { } moment)
        {
            return null;
        }

        return new SeenMoment(
            (await history.TellAsync(db, caseId, [moment.Last], entry, ct))[0],
            await db.Set<JournalRow>().CountAsync(row => row.UnitId == caseId, ct),
            await StandingAsync(db, urn, caseId, moment.States, ProcessQueries.DoneBy(moment.Journal), ct),
            await OthersAsync(db, moment, ct));
    }

    /// <summary>Null where the caller has no such case, or the entry completes no task of it.</summary>
    public async Task<SeenFork?> HadItBeenAsync(Caller caller, string urn, int entry, string outcome, IReadOnlyList<ForkAnswer> then, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } caseId)
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        if (await moments.ForkAsync(db, caseId, entry, outcome, then, ct) is not { } forked)
        {
            return null;
        }

        var before = ProcessQueries.DoneBy(forked.Real.Journal.SkipLast(1));
        var done = before.SelectMany(instance => instance.Select(activity => (Instance: instance.Key, activity)))
            .Concat(forked.Done.Select(activity => (Instance: forked.State.Id, activity))).Distinct().ToLookup(step => step.Instance, step => step.activity);
        var states = forked.Real.States.Select(state => state.Id == forked.State.Id ? forked.State : state).ToList();
        return new SeenFork(
            (await history.TellAsync(db, caseId, [forked.Real.Last], entry, ct))[0],
            await StandingAsync(db, urn, caseId, states, done, ct),
            forked);
    }

    // Who held a task at a moment that is over was not recorded beside the journal; who completed it is in the history.
    private Task<CaseProcess> StandingAsync(CaseDb db, string urn, string caseId, IReadOnlyList<InstanceState> states, ILookup<string, string> done, CancellationToken ct) =>
        processes.StandingAsync(db, urn, caseId, states, done, new Dictionary<string, string>(), ct);

    private static async Task<IReadOnlyList<string>> OthersAsync(CaseDb db, UnitMoment moment, CancellationToken ct)
    {
        if (InstanceJson.ReadStimulus(moment.Last.Stimulus).Body is not Resume { Kind: WaitKind.Task } done
            || await db.Tasks.AsNoTracking().Where(task => task.Id == done.WaitId).Select(task => task.Outcomes).SingleOrDefaultAsync(ct) is not { } outcomes)
        {
            return [];
        }

        return [.. JsonSerializer.Deserialize<string[]>(outcomes)!.Where(outcome => outcome != done.Outcome)];
    }
}

/// <param name="Entry">The entry after which this is.</param>
/// <param name="Entries">How many there are by now.</param>
/// <param name="Others">The outcomes that the task completed by the entry could have had instead; empty where it completed none.</param>
public sealed record SeenMoment(HistoryItem Entry, int Entries, CaseProcess Process, IReadOnlyList<string> Others);

public sealed record SeenFork(HistoryItem Entry, CaseProcess Process, ForkedUnit Fork);
