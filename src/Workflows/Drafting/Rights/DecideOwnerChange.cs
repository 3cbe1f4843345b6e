using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>Another person who holds the drafting rights of both owners approves a change of owner, or refuses it. Whoever asked may only take it back.</summary>
public sealed class DecideOwnerChange(DraftingRights rights, RuleCatalog rules, TimeProvider clock)
{
    /// <param name="business">Business now; the real time if absent.</param>
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string id, bool approves, CancellationToken ct, DateTimeOffset? business = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        OwnerChange? change = await db.OwnerChanges.SingleOrDefaultAsync(x => x.Id == id, ct);
        if (await DeniedAsync(db, caller, change, ct) is { } denied)
        {
            return denied;
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        if ((approves ? await UnmadeAsync(db, caller, change!, now, business ?? now, ct) : null) is { } unmade)
        {
            return unmade;
        }
        change!.State = approves ? OwnerChangeState.Made : OwnerChangeState.Refused;
        (change.DecidedByName, change.DecidedAt) = (caller.DisplayName, now);
        DraftAudit.Record(db, caller, change, now, said: null);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await rules.ReloadAsync(db, ct);
        return new OwnerChangeKept(change);
    }

    private async Task<DraftRefused?> DeniedAsync(CaseDb db, Caller caller, OwnerChange? change, CancellationToken ct) =>
        change is null || DefinitionOwner.Parse(change.From) is not { } from || DefinitionOwner.Parse(change.To) is not { } to
            ? await rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, ct) ?? new DraftRefused(AccessCodes.NotFound, "There is no such change of owner.")
            : await rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, from, to, ct)
                ?? (change.State == OwnerChangeState.Waiting ? null : new DraftRefused("already-decided", "This was decided already. Nothing was changed."));

    private static async Task<DraftRefused?> UnmadeAsync(CaseDb db, Caller caller, OwnerChange change, DateTimeOffset now, DateTimeOffset business, CancellationToken ct) =>
        await Humans.AreOneAsync(db, caller.Subject, change.AskedBy, ct)
            ? new DraftRefused(AccessCodes.SamePerson, "You asked for this yourself, so another process owner decides. It waits for them.")
            : await HandOver.UnfitAsync(db, change.DefinitionId, DefinitionOwner.Parse(change.To)!, ct) ?? await HandOver.RunAsync(db, change, caller.DisplayName, now, business, ct);
}
