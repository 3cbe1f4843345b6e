using System.Collections.Concurrent;
using System.Text.Json;
using Assize.Engine.Rehearsing;
using Assize.Engine.Storage;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>Rehearses a text on the journals of all open cases, batch by batch. It writes nothing but its own rows.</summary>
public sealed class RehearseCases(CaseDatabase database, DefinitionCatalog catalog, RuleCatalog rules)
{
    /// <summary>Cases of one batch.</summary>
    private const int BatchSize = 1000;

    private const int AtOnce = 2;

    // What a group came to; a runner that takes over makes it again.
    private readonly ConcurrentDictionary<string, (RehearsalStage Stage, JournalsAhead Journals)> _stages = new();

    public OperationKind Kind => new(BeginRehearsal.Name, TryAsync, CancelAsync);

    // Whatever made a batch fail must not be what the next try finds.
    private async Task<OperationProgress> TryAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        try
        {
            return await AdvanceAsync(db, operation, ct);
        }
        catch
        {
            _stages.TryRemove(operation.Id, out _);
            throw;
        }
    }

    private async Task<OperationProgress> AdvanceAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        WorkflowRehearsal rehearsal = await db.Rehearsals.SingleAsync(x => x.Id == operation.Id, ct);
        if (!_stages.TryGetValue(operation.Id, out (RehearsalStage Stage, JournalsAhead Journals) kept))
        {
            kept = _stages[operation.Id] = (await RehearsalStage.OpenAsync(db, rehearsal, catalog, rules, ct), new(database, rehearsal.DefinitionId, BatchSize));
        }
        (RehearsalStage stage, JournalsAhead journals) = kept;
        long total = operation.Total ?? await OpenJournals.CountAsync(db, rehearsal.DefinitionId, ct);
        IReadOnlyList<OpenInstance> instances = await journals.TakeAsync(db, operation.Cursor ?? "", operation.Turn, ct);
        if (instances.Count == 0)
        {
            _stages.TryRemove(operation.Id, out _);
            return new OperationProgress(operation.Cursor, operation.Done, operation.Done, Outcome(rehearsal));
        }
        string last = instances[^1].UnitId;
        int units = instances.Select(x => x.UnitId).Distinct().Count();
        if (units == BatchSize)
        {
            journals.Begin(last, operation.Turn, ct);
        }
        await stage.PrepareAsync(db, instances, ct);
        ConcurrentBag<(OpenInstance Instance, RehearsalVerdict? Verdict)> verdicts = [];
        await Parallel.ForEachAsync(instances, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, (instance, _) =>
        {
            verdicts.Add((instance, stage.VerdictOf(instance)));
            return ValueTask.CompletedTask;
        });
        List<RehearsedCase> rows = [.. verdicts.Where(x => x.Verdict is not null).GroupBy(x => x.Instance.UnitId)
            .Select(unit => Row(rehearsal.Id, unit.OrderByDescending(x => x.Verdict!.Class).ThenBy(x => x.Instance.InstanceId, StringComparer.Ordinal).First()))];
        // Committed with the operation's progress.
        await db.Database.BeginTransactionAsync(ct);
        WriteSet found = new(db);
        rows.ForEach(found.Insert);
        await found.FlushAsync(ct);
        Count(rehearsal, rows);
        return new OperationProgress(last, operation.Done + units, Math.Max(total, operation.Done + units));
    }

    private async Task CancelAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        // What it found so far would be taken for all there is.
        await db.Database.BeginTransactionAsync(ct);
        await db.Set<RehearsedCase>().Where(x => x.RehearsalId == operation.Id).ExecuteDeleteAsync(ct);
        await db.Rehearsals.Where(x => x.Id == operation.Id).ExecuteDeleteAsync(ct);
        _stages.TryRemove(operation.Id, out _);
    }

    private static RehearsedCase Row(string id, (OpenInstance Instance, RehearsalVerdict? Verdict) found) => new()
    {
        RehearsalId = id,
        UnitId = found.Instance.UnitId,
        Class = (int)found.Verdict!.Class,
        InstanceId = found.Instance.InstanceId,
        Version = found.Instance.Version,
        Code = found.Verdict.Code,
        ActivityId = found.Verdict.ActivityId,
        Words = found.Verdict.Words,
        Sequence = found.Verdict.Sequence,
    };

    private static void Count(WorkflowRehearsal rehearsal, List<RehearsedCase> rows)
    {
        rehearsal.Same += rows.Count(x => x.Class == (int)RehearsalClass.Same);
        rehearsal.Moves += rows.Count(x => x.Class == (int)RehearsalClass.Moves);
        rehearsal.NeedsMapping += rows.Count(x => x.Class == (int)RehearsalClass.NeedsMapping);
        rehearsal.Stranded += rows.Count(x => x.Class == (int)RehearsalClass.Stranded);
    }

    private static string Outcome(WorkflowRehearsal rehearsal) => JsonSerializer.Serialize(new Dictionary<string, int>
    {
        ["Same"] = rehearsal.Same,
        ["Moves by itself"] = rehearsal.Moves,
        ["Needs a mapping"] = rehearsal.NeedsMapping,
        ["Would be stranded"] = rehearsal.Stranded,
    });
}
