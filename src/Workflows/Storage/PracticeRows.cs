using System.Text.RegularExpressions;
using Assize.Engine.Storage;
using Assize.Workflows.Practice;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>The rows of practice cases, the engine's included. The journal of a real case is never touched: only units that are practice are.</summary>
internal static partial class PracticeRows
{
    public static async Task DeleteAsync(CaseDb db, List<string> cases, CancellationToken ct)
    {
        List<string> ids = await db.Cases.Where(x => cases.Contains(x.Id) && x.Practice).Select(x => x.Id).ToListAsync(ct);
        await db.Set<OutboxRow>().Where(x => ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await db.Set<EventRow>().Where(x => ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await db.Set<RequestRow>().Where(x => x.UnitId != null && ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await ForgetPayloadsAsync(db, ids, ct);
        await db.Set<JournalRow>().Where(x => ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await db.Set<WaitRow>().Where(x => ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await db.Set<InstanceRow>().Where(x => ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await db.Set<UnitRow>().Where(x => ids.Contains(x.Id)).ExecuteDeleteAsync(ct);
        await db.Tasks.Where(x => ids.Contains(x.UnitId)).ExecuteDeleteAsync(ct);
        await db.Offences.Where(x => db.Defendants.Any(d => d.Id == x.DefendantId && ids.Contains(d.CaseId))).ExecuteDeleteAsync(ct);
        await db.Defendants.Where(x => ids.Contains(x.CaseId)).ExecuteDeleteAsync(ct);
        await db.Participants.Where(x => ids.Contains(x.CaseId)).ExecuteDeleteAsync(ct);
        await db.Cases.Where(x => ids.Contains(x.Id)).ExecuteDeleteAsync(ct);
        await db.Set<PracticeCase>().Where(x => cases.Contains(x.CaseId)).ExecuteDeleteAsync(ct);
    }

    // Of the payloads those go that are this case's alone: a personal value is kept under a digest of its own.
    private static async Task ForgetPayloadsAsync(CaseDb db, List<string> ids, CancellationToken ct)
    {
        List<string> stimuli = await db.Set<JournalRow>().Where(x => ids.Contains(x.UnitId)).Select(x => x.Stimulus).ToListAsync(ct);
        List<string> digests = [.. stimuli.SelectMany(x => Erasable().Matches(x)).Select(x => x.Groups[1].Value).Distinct()];
        await db.Set<PayloadRow>().Where(x => digests.Contains(x.Digest)).ExecuteDeleteAsync(ct);
    }

    [GeneratedRegex("\"\\$erasable\":\\s*\"(sha256:[0-9a-f]{64})\"")]
    private static partial Regex Erasable();
}
