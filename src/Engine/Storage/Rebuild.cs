using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Makes an instance again out of its journal: the same bytes as the stored state.</summary>
/// <param name="resources">Resolves the pinned resources of a definition's instance.</param>
public sealed class Rebuild(
    DefinitionCatalog definitions,
    Func<DbContext, string, int, IReadOnlyDictionary<string, int>, CancellationToken, Task<StepResources>> resources)
{
    /// <summary>The state after the given number of stimuli, or after all; null where the journal knows nothing of the instance.</summary>
    public async Task<InstanceState?> FromJournalAsync(DbContext db, string instanceId, long? upTo, CancellationToken ct)
    {
        List<JournalRow> rows = await db.Set<JournalRow>().AsNoTracking()
            .Where(j => j.InstanceId == instanceId && (upTo == null || j.Sequence <= upTo)).OrderBy(j => j.Sequence).ToListAsync(ct);
        return await FoldAsync(db, rows, ct);
    }

    /// <summary>Folds the journal rows of one instance, in order.</summary>
    public async Task<InstanceState?> FoldAsync(DbContext db, IReadOnlyList<JournalRow> rows, CancellationToken ct)
    {
        InstanceState? state = null;
        foreach ((JournalRow row, Stimulus stimulus) in await StimuliAsync(db, rows, ct))
        {
            state = await AdvanceAsync(db, state, row, stimulus, ct, ScriptTime.OfReplay()) is Advanced advanced
                ? advanced.State
                : throw new InvalidOperationException($"Expected instance {row.InstanceId} to take stimulus {row.Sequence} again, but it refused it");
        }
        return state;
    }

    /// <summary>Takes one stimulus in memory, as the instance of that row took its own.</summary>
    /// <param name="time">What its scripts may take; as in a command if absent.</param>
    public async Task<AdvanceResult> AdvanceAsync(DbContext db, InstanceState? state, JournalRow row, Stimulus stimulus, CancellationToken ct, ScriptTime? time = null)
    {
        ExecutionGraph graph = await definitions.GetAsync(db, row.DefinitionId, row.DefinitionVersion, ct);
        StepResources pinned = await resources(db, row.DefinitionId, row.DefinitionVersion, state?.Pins ?? PinsOf(stimulus.Body), ct);
        return Advance.Run(graph, definitions.Activities, state, row.InstanceId, stimulus, pinned, time);
    }

    /// <summary>What each row of a journal says happened, with its payload; what was erased reads as such.</summary>
    public static async Task<IReadOnlyList<(JournalRow Row, Stimulus Stimulus)>> StimuliAsync(DbContext db, IReadOnlyList<JournalRow> rows, CancellationToken ct)
    {
        List<string> digests = [.. rows.Select(r => r.PayloadDigest).OfType<string>().Distinct()];
        Dictionary<string, PayloadRow> payloads = digests.Count == 0 ? [] :
            await db.Set<PayloadRow>().AsNoTracking().Where(p => digests.Contains(p.Digest)).ToDictionaryAsync(p => p.Digest, ct);
        return [.. rows.Select(row => (row, row.PayloadDigest is { } digest
            ? Payloads.Join(InstanceJson.ReadStimulus(row.Stimulus), payloads[digest]) : InstanceJson.ReadStimulus(row.Stimulus)))];
    }

    private static ImmutableSortedDictionary<string, int> PinsOf(StimulusBody body) => body switch
    {
        Start start => start.Pins,
        LimitExceeded limit => PinsOf(limit.Instead),
        _ => ImmutableSortedDictionary<string, int>.Empty,
    };
}
