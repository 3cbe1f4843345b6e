using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Overlays;

/// <summary>Retires an overlay in all its versions, by one person: new cases of the force or area take the baseline. Cases that began with it go on.</summary>
public sealed class RetireOverlay(DraftingRights rights, RuleCatalog rules, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string overlayId, string reason, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        string key = new RuleName(RuleName.Overlay, overlayId).ToString();
        if (await rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, key, ct) is { } denied)
        {
            return denied;
        }
        await CatalogVersion.RaiseAsync(db, ct);
        List<PublishedOverlay> live = await db.PublishedOverlays.Where(x => x.Id == overlayId && x.RetiredAt == null).ToListAsync(ct);
        if (live.Count == 0)
        {
            return new DraftRefused("overlay-not-found", "There is no such overlay, or it is retired already. Nothing was changed.");
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        foreach (PublishedOverlay version in live)
        {
            (version.RetiredAt, version.RetiredByName, version.RetiredReason) = (now, caller.DisplayName, reason);
        }
        DraftAudit.Record(db, caller, AccessActions.ApprovePublication, key, now, new { retired = live.Select(x => x.Version), reason });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return new OverlayRetired(overlayId);
    }
}

public sealed record OverlayRetired(string OverlayId) : DraftAnswer;
