using System.Collections.Concurrent;
using System.Text.Json;
using Assize.Audit;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access;

/// <summary>
/// Who asked for a sealed case that they do not have, and why they were refused really. It is only noted where it happens, so that the answer
/// takes as long as of a case that is not there, and written a moment later. The record goes to Assize's own stream: a log that the asker's
/// agency reads would confirm what the answer did not. Whoever runs the platform reads that one, so the case is in it by a pseudonym only.
/// </summary>
public sealed class SealedRefusals(CasePseudonyms pseudonyms)
{
    public const string Action = "case.refused";

    /// <summary>More than these would not fit into memory in an attack; how many were dropped is recorded.</summary>
    private const int Most = 10_000;
    private const int AtOnce = 200;

    private readonly ConcurrentQueue<SealedRefusal> _noted = new();
    private int _count;
    private int _dropped;

    internal void Note(Caller caller, string action, AccessFacts facts, string code)
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Decrement(ref _count);
            Interlocked.Increment(ref _dropped);
            return;
        }
        _noted.Enqueue(new SealedRefusal(caller, action, facts.Case!.Id, code, facts.At));
    }

    /// <summary>Writes what was noted since; what cannot be written now stays noted.</summary>
    /// <returns>How many were written.</returns>
    public async Task<int> WriteAsync(CaseDatabase database, CancellationToken ct)
    {
        int written = 0;
        while (!_noted.IsEmpty)
        {
            SealedRefusal[] some = [.. _noted.Take(AtOnce)];
            // One page may ask more than once.
            SealedRefusal[] different = [.. some.DistinctBy(refusal => (refusal.Caller.Subject, refusal.Action, refusal.CaseId, refusal.Code))];
            await using CaseDb db = database.CreateDbContext();
            int dropped = Interlocked.Exchange(ref _dropped, 0);
            db.AddRange(different.Select((refusal, index) => Entry(refusal, index == 0 ? dropped : 0)));
            await db.SaveChangesAsync(ct);
            for (int taken = 0; taken < some.Length && _noted.TryDequeue(out _); taken++)
            {
                Interlocked.Decrement(ref _count);
            }
            written += different.Length;
        }
        return written;
    }

    private AuditEntry Entry(SealedRefusal refusal, int dropped) => AuditLog.Entry(
        Guid.NewGuid().ToString("n"), refusal.At, refusal.Caller with { Agency = AuditStream.Assize }, Action, ("case", pseudonyms.Of(refusal.CaseId)), file: null,
        JsonSerializer.Serialize(new RefusalDetail(refusal.Caller.Agency, refusal.Action, refusal.Code, dropped), JsonSerializerOptions.Web));

    private sealed record SealedRefusal(Caller Caller, string Action, string CaseId, string Code, DateTimeOffset At);
}

/// <summary>What a record of a refusal says beside who and when.</summary>
/// <param name="Agency">The asker's.</param>
/// <param name="Asked">The action that was refused.</param>
/// <param name="Code">Why really.</param>
/// <param name="Dropped">How many more were refused before it, and not recorded.</param>
public sealed record RefusalDetail(string Agency, string Asked, string Code, int Dropped)
{
    public static RefusalDetail? Of(string? detail) => detail is null ? null : JsonSerializer.Deserialize<RefusalDetail>(detail, JsonSerializerOptions.Web);
}
