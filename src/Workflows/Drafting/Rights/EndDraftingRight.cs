using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>Ends a right at once, or takes back what was asked for: one administrator alone may, of whom it is about or of the holder's agency. Drafts stay as they are.</summary>
public sealed class EndDraftingRight(AdministeredRights administered, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string id, string because, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        (RightsAdministrator? administrator, DraftRefused? denied) = await administered.AskAsync(db, caller, ct);
        if (denied is not null)
        {
            return denied;
        }
        if (await administrator!.Seen(db).SingleOrDefaultAsync(x => x.Id == id, ct) is not { } right)
        {
            return new DraftRefused(AccessCodes.NotFound, "There is no such right for you to end.");
        }
        DateTimeOffset now = DraftAudit.Now(clock);
        if (AccessCommand.ReasonMissing(because, now) is { } missing)
        {
            return new DraftRefused(missing.Code, missing.Message);
        }
        if (right.State is not (DraftingRightState.Waiting or DraftingRightState.Given))
        {
            return new DraftRefused("already-decided", $"This right is {right.State} already. Nothing was changed.");
        }
        right.State = DraftingRightState.Ended;
        (right.EndedBy, right.EndedByName, right.EndedAt, right.Because) = (caller.Subject, caller.DisplayName, now, because.Trim());
        DraftAudit.Record(db, caller, right, now, new { right.Subject, right.Owner, right.State }, right.Because);
        return await RightState.KeepAsync(db, transaction, right, ct);
    }
}
