using System.Collections.Immutable;
using Assize.Engine.Definitions;
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
        List<string> digests = [.. rows.Select(r => r.PayloadDigest).OfType<string>().Distinct()];
        Dictionary<string, PayloadRow> payloads = digests.Count == 0 ? [] :
            await db.Set<PayloadRow>().AsNoTracking().Where(p => digests.Contains(p.Digest)).ToDictionaryAsync(p => p.Digest, ct);
        InstanceState? state = null;
        foreach (JournalRow row in rows)
        {
            Stimulus stimulus = InstanceJson.ReadStimulus(row.Stimulus);
            if (row.PayloadDigest is { } digest)
            {
                stimulus = Payloads.Join(stimulus, payloads[digest]);
            }
            ExecutionGraph graph = await definitions.GetAsync(db, row.DefinitionId, row.DefinitionVersion, ct);
            IReadOnlyDictionary<string, int> pins = state?.Pins ?? PinsOf(stimulus.Body);
            StepResources pinned = await resources(db, row.DefinitionId, row.DefinitionVersion, pins, ct);
            state = Advance.Run(graph, definitions.Activities, state, row.InstanceId, stimulus, pinned) is Advanced advanced
                ? advanced.State
                : throw new InvalidOperationException($"Expected instance {row.InstanceId} to take stimulus {row.Sequence} again, but it refused it");
        }
        return state;
    }

    private static ImmutableSortedDictionary<string, int> PinsOf(StimulusBody body) => body switch
    {
        Start start => start.Pins,
        LimitExceeded limit => PinsOf(limit.Instead),
        _ => ImmutableSortedDictionary<string, int>.Empty,
    };
}
