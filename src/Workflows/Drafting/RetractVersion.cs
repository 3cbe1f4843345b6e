using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Retracts the newest published version: no new case takes it. Cases that run on it go on.</summary>
public sealed class RetractVersion(IAccessEvaluator access, RuleCatalog rules, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string definitionId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await access.CheckAsync(db, caller, AccessActions.ApprovePublication, AccessTarget.None, ct) is { Allowed: false } denied)
        {
            return new DraftRefused(denied.Code, denied.Reason);
        }
        List<DefinitionRow> live = await db.Set<DefinitionRow>().Where(x => x.Id == definitionId && x.RetractedAt == null)
            .OrderByDescending(x => x.Version).Take(2).ToListAsync(ct);
        if (live.Count < 2)
        {
            return new DraftRefused("nothing-to-fall-back-to",
                live.Count == 0 ? "No version of this workflow is published." : "This is the only published version: new cases would have none. Publish another first.");
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        live[0].RetractedAt = now;
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, definitionId, now, new { retracted = live[0].Version, now = live[1].Version });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return new VersionRetracted(definitionId, live[0].Version, live[1].Version);
    }
}
