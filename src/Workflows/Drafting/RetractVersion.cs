using Assize.Workflows.Access;
using Assize.Workflows.Storage;

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
        DateTimeOffset now = DraftAudit.Now(clock);
        if (await PublishedVersions.RetractAsync(db, definitionId, now, ct) is not var (retracted, left))
        {
            return new DraftRefused("nothing-to-fall-back-to", "No other version is published: new cases would have none. Publish another first.");
        }
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, definitionId, now, new { retracted, left });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return new VersionRetracted(definitionId, retracted, left);
    }
}
