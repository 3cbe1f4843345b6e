using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>Another administrator gives the right that was asked for, or refuses it. The right is of nobody who decides on it.</summary>
public sealed class DecideDraftingRight(AdministeredRights administered, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, string id, bool gives, string? because, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        (RightsAdministrator? administrator, DraftRefused? denied) = await administered.AskAsync(db, caller, ct);
        DraftingRight? right = await db.DraftingRights.SingleOrDefaultAsync(x => x.Id == id, ct);
        DateTimeOffset now = DraftAudit.Now(clock);
        if ((denied ?? await UnfitAsync(db, caller, administrator!, right, gives, now, ct)) is { } refused)
        {
            return refused;
        }
        right!.State = gives ? DraftingRightState.Given : DraftingRightState.Refused;
        (right.DecidedBy, right.DecidedByName, right.DecidedAt, right.Because) = (caller.Subject, caller.DisplayName, now, because);
        DraftAudit.Record(db, caller, right, now, new { right.Subject, right.Owner, right.State }, because);
        return await RightState.KeepAsync(db, transaction, right, ct);
    }

    private static async Task<DraftRefused?> UnfitAsync(CaseDb db, Caller caller, RightsAdministrator administrator, DraftingRight? right, bool gives, DateTimeOffset now, CancellationToken ct)
    {
        if (right is null || DefinitionOwner.Parse(right.Owner) is not { } owner || !administrator.Administers(owner))
        {
            return new DraftRefused(AccessCodes.NotFound, "There is no such right for you to decide on.");
        }
        return right.State != DraftingRightState.Waiting ? new DraftRefused("already-decided", $"This right is {right.State} already. Nothing was changed.")
            : await Humans.AreOneAsync(db, caller.Subject, right.AskedBy, ct) ? new DraftRefused(AccessCodes.SamePerson, "You asked for this yourself, so another administrator decides. Nothing was changed.")
            : await Humans.AreOneAsync(db, caller.Subject, right.Subject, ct) ? new DraftRefused(AccessCodes.SamePerson, "This right would be yours, so another administrator decides. Nothing was changed.")
            : gives && !await RightsAdministrator.Eligible(db, owner, now).AnyAsync(x => x.Subject == right.Subject, ct) ? new DraftRefused("person-unknown", "They are no active process owner any more. Nothing was changed; refuse it.")
            : null;
    }
}
