using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>Gives a workflow, form, decision table, calendar or code list to another owner. What is published changes hands only when another person, who holds both rights as well, approves.</summary>
public sealed class AskOwnerChange(DraftingRights rights, TimeProvider clock)
{
    /// <param name="key">A workflow's id, or a <see cref="Rules.RuleName"/> as text.</param>
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string key, DefinitionOwner to, string reason, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CatalogVersion.RaiseAsync(db, ct);
        DefinitionOwner from = await DraftingRights.OwnerAsync(db, key, ct);
        DateTimeOffset now = DraftAudit.Now(clock);
        if ((await rights.RefusalAsync(db, caller, AccessActions.ApprovePublication, from, to, ct) ?? await UnfitAsync(db, key, from, to, reason, now, ct)) is { } refused)
        {
            return refused;
        }
        bool waits = await FirstOwner.IsInForceAsync(db, key, ct);
        OwnerChange change = Change(caller, key, from, to, reason, waits, now);
        db.Add(change);
        if (!waits)
        {
            await HandOver.KeepAsync(db, key, to, ct);
        }
        DraftAudit.Record(db, caller, change, now, change.Reason);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new OwnerChangeKept(change);
    }

    private static async Task<DraftRefused?> UnfitAsync(CaseDb db, string key, DefinitionOwner from, DefinitionOwner to, string reason, DateTimeOffset now, CancellationToken ct) =>
        !await db.Drafts.AnyAsync(x => x.DefinitionId == key, ct) && !await FirstOwner.IsInForceAsync(db, key, ct) ? new DraftRefused(AccessCodes.NotFound, "There is nothing of that name to give to anybody.")
        : from == to ? new DraftRefused("owner-same", $"This belongs to {to.Words} already. Nothing was changed.")
        : AccessCommand.ReasonMissing(reason, now) is { } missing ? new DraftRefused(missing.Code, missing.Message)
        : await db.OwnerChanges.FirstOrDefaultAsync(x => x.DefinitionId == key && x.State == OwnerChangeState.Waiting, ct) is { } waiting
            ? new DraftRefused("asked-already", $"{waiting.AskedByName} has asked already that it belongs to somebody else. That waits for another process owner. Nothing was changed.")
        : await HandOver.UnfitAsync(db, key, to, ct);

    private static OwnerChange Change(Caller caller, string key, DefinitionOwner from, DefinitionOwner to, string reason, bool waits, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("n"),
        DefinitionId = key,
        From = from.ToString(),
        To = to.ToString(),
        Reason = reason.Trim(),
        State = waits ? OwnerChangeState.Waiting : OwnerChangeState.Made,
        AskedBy = caller.Subject,
        AskedByName = caller.DisplayName,
        AskedAt = now,
    };
}
