using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting.Rights;

/// <param name="LastDay">The last day on which it counts; null: until somebody ends it.</param>
public sealed record DraftingRightAsked(string Subject, DefinitionOwner Owner, DateOnly FirstDay, DateOnly? LastDay, string Reason);

/// <summary>An administrator asks that a process owner may draft what is an owner's. It gives nothing until another administrator approves.</summary>
public sealed class AskDraftingRight(AdministeredRights administered, TermsCheck terms, TimeProvider clock)
{
    public async Task<DraftAnswer> RunAsync(CaseDb db, Caller caller, DraftingRightAsked asked, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        (RightsAdministrator? administrator, DraftRefused? denied) = await administered.AskAsync(db, caller, ct);
        DateTimeOffset now = DraftAudit.Now(clock);
        if ((denied ?? await UnfitAsync(db, caller, administrator!, asked, now, ct)) is { } refused)
        {
            return refused;
        }
        string owner = asked.Owner.ToString();
        if (await db.DraftingRights.FirstOrDefaultAsync(x => x.Subject == asked.Subject && x.Owner == owner && x.State == DraftingRightState.Waiting, ct) is { } waiting)
        {
            return new DraftRefused("asked-already", $"{waiting.AskedByName} has asked for this right already. It waits for another administrator. Nothing was changed.");
        }
        DraftingRight right = Right(caller, asked, now);
        db.Add(right);
        DraftAudit.Record(db, caller, right, now, new { right.Subject, right.Owner, right.From, right.To, right.State }, right.Reason);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new DraftingRightKept(right);
    }

    private async Task<DraftRefused?> UnfitAsync(CaseDb db, Caller caller, RightsAdministrator administrator, DraftingRightAsked asked, DateTimeOffset now, CancellationToken ct) =>
        !administrator.Administers(asked.Owner) ? new DraftRefused("owner-unknown", "Choose one of those whose definitions you administer. Nothing was changed.")
        : asked.Owner.Area is { } area && !(await terms.ChoicesAsync(db, ct)).Areas.Contains(area) ? new DraftRefused("owner-unknown", $"There is no area “{area}” in the list of courts. Nothing was changed.")
        : !await RightsAdministrator.Eligible(db, asked.Owner, now).AnyAsync(x => x.Subject == asked.Subject, ct) ? new DraftRefused("person-unknown", "Choose a process owner whose account is active. Nothing was changed.")
        : await Humans.AreOneAsync(db, caller.Subject, asked.Subject, ct) ? new DraftRefused(AccessCodes.SamePerson, "Nobody asks for a right of their own. Nothing was changed; let another administrator ask.")
        : asked.LastDay < asked.FirstDay || asked.LastDay < London.Day(now) ? new DraftRefused("period-over", "The last day must not be before the first, nor be past. Nothing was changed.")
        : AccessCommand.ReasonMissing(asked.Reason, now) is { } missing ? new DraftRefused(missing.Code, missing.Message)
        : null;

    private static DraftingRight Right(Caller caller, DraftingRightAsked asked, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("n"),
        Subject = asked.Subject,
        Owner = asked.Owner.ToString(),
        From = London.StartOf(asked.FirstDay),
        To = asked.LastDay is { } last ? London.StartOf(last.AddDays(1)) : null,
        Reason = asked.Reason.Trim(),
        State = DraftingRightState.Waiting,
        AskedBy = caller.Subject,
        AskedByName = caller.DisplayName,
        AskedAt = now,
    };
}
