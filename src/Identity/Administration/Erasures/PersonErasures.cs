using Assize.Identity.Administration.People;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Erasures;

internal sealed record ErasureLine(
    string Id, string Subject, string Name, string Reason, string Status, string RequestedBy, string? RequestedByName, DateTimeOffset RequestedAt, string? DecidedBy, string? DecidedByName, DateTimeOffset? DecidedAt);

/// <summary>Erasures of the agency's own people: asked for by one administrator and decided by another, while both are.</summary>
internal static class PersonErasures
{
    private const int Most = 100;

    public static void MapErasures(this RouteGroupBuilder admin)
    {
        admin.MapGet("/erasures", (HttpContext http, AdminDesk desk, IdentityDb db) => desk.ReadAsync(http, (who, _) => ListAsync(db, who, http.RequestAborted)));
        admin.MapGet("/erasures/{id}", (HttpContext http, AdminDesk desk, IdentityDb db, string id) => desk.ReadAsync(http, (who, _) => DetailAsync(db, who, id, http.RequestAborted)));
        admin.MapPost("/people/{subject}/erasure", (HttpContext http, AdminDesk desk, string subject) => desk.WriteAsync<ReasonOnly>(http, (work, body) => RequestAsync(work, subject, body)));
        admin.MapPost("/erasures/{id}/decision", (HttpContext http, AdminDesk desk, string id) => desk.WriteAsync<Decision>(http, (work, body) => DecideAsync(work, id, body)));
    }

    private static async Task<Outcome> ListAsync(IdentityDb db, Admin admin, CancellationToken ct) => Outcome.Done(new Page<ErasureLine>(
        await Lines(db, db.PersonErasures.Where(erasure => erasure.AgencyId == admin.Agency.Id).OrderByDescending(erasure => erasure.RequestedAt).Take(Most)).ToListAsync(ct), null));

    private static async Task<Outcome> DetailAsync(IdentityDb db, Admin admin, string id, CancellationToken ct) =>
        await Lines(db, db.PersonErasures.Where(erasure => erasure.Id == id && erasure.AgencyId == admin.Agency.Id)).SingleOrDefaultAsync(ct) is { } found
            ? Outcome.Done(found) : Outcome.NotFound("erasure");

    private static async Task<Outcome> RequestAsync(AdminWork work, string subject, ReasonOnly body)
    {
        (Account? person, Outcome? refusal) = await work.OtherAsync(subject);
        refusal ??= Unfit(person!, body.Reason)
            ?? (await work.Db.PersonErasures.AnyAsync(known => known.Subject == subject && known.Status == RequestStatus.Requested, work.Ct)
                ? Outcome.Conflict("asked", "This was asked for before, and waits for another administrator.") : null);
        if (refusal is not null)
        {
            return refusal;
        }
        PersonErasure asked = new()
        {
            Id = Guid.CreateVersion7(work.Now).ToString("n"),
            AgencyId = work.Admin.Agency.Id,
            Subject = subject,
            RequestedBy = work.Admin.Account.Subject,
            RequestedAt = work.Now,
            Reason = body.Reason!,
        };
        work.Db.PersonErasures.Add(asked);
        work.Audit("erasure.request", "erasure", asked.Id, body.Reason, new { person = subject });
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Waiting(await LineAsync(work, asked.Id));
    }

    private static async Task<Outcome> DecideAsync(AdminWork work, string id, Decision decision)
    {
        if (decision.Decide is not ("approve" or "refuse"))
        {
            return Outcome.Invalid("decide", "Expected “approve” or “refuse”.");
        }
        if (await work.Db.PersonErasures.SingleOrDefaultAsync(known => known.Id == id && known.AgencyId == work.Admin.Agency.Id, work.Ct) is not { } asked
            || await work.Unit.FindAsync(asked.Subject, work.Ct) is not { } person)
        {
            return Outcome.NotFound("erasure");
        }
        if (await WhyNotAsync(work, asked, person) is { } refusal)
        {
            return refusal;
        }
        bool approve = decision.Decide == "approve";
        if (approve && Unfit(person, decision.Reason) is { } unfit)
        {
            return unfit;
        }
        if (!approve && Words.ReasonProblem(decision.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        int? records = approve ? await ErasePerson.RunAsync(work, person) : null;
        (asked.Status, asked.DecidedBy, asked.DecidedAt) = (approve ? RequestStatus.Approved : RequestStatus.Refused, work.Admin.Account.Subject, work.Now);
        work.Audit("erasure." + decision.Decide, "erasure", id, decision.Reason, new { person = asked.Subject, askedBy = asked.RequestedBy, records });
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Done(await LineAsync(work, id));
    }

    private static async Task<Outcome?> WhyNotAsync(AdminWork work, PersonErasure asked, Account person)
    {
        Account? asker = await work.Db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Subject == asked.RequestedBy, work.Ct);
        return work.Admin.Is(person) ? Outcome.Forbidden("own_account", "Nobody decides about their own data, whichever account they use.")
            : asker is null || work.Admin.Is(asker) ? Outcome.Forbidden("same_person", "Whoever asked cannot approve; a second administrator must.")
            : asked.Status != RequestStatus.Requested ? Outcome.Conflict("decided", "This was decided before.")
            : await Admin.FindAsync(work.Db, asker.Subject, work.Now, work.Ct) is not { } still || still.Agency.Id != work.Admin.Agency.Id
                ? Outcome.Conflict("asker_not_entitled", "Whoever asked is no longer an administrator. Refuse it, and ask again.")
            : null;
    }

    // The reason stays in the log, so it must not say again what is erased.
    private static Outcome? Unfit(Account person, string? reason) =>
        Words.ReasonProblem(reason) is { } unreasoned ? Outcome.Invalid("reason", unreasoned)
        : new PersonWords(person).AreIn(reason) ? Outcome.NamesPerson("reason")
        : person.Status != AccountStatus.Left ? Outcome.Conflict("not_left", "Only what is personal of somebody who left is erased.")
        : person.Name == ErasePerson.Erased ? Outcome.Conflict("erased", "This was erased before.")
        : null;

    private static Task<ErasureLine> LineAsync(AdminWork work, string id) => Lines(work.Db, work.Db.PersonErasures.Where(erasure => erasure.Id == id)).SingleAsync(work.Ct);

    private static IQueryable<ErasureLine> Lines(IdentityDb db, IQueryable<PersonErasure> erasures) => erasures.AsNoTracking().Select(erasure => new ErasureLine(
        erasure.Id, erasure.Subject, db.Accounts.Where(account => account.Subject == erasure.Subject).Select(account => account.Name).First(), erasure.Reason, erasure.Status,
        erasure.RequestedBy, db.Accounts.Where(account => account.Subject == erasure.RequestedBy).Select(account => account.Name).FirstOrDefault(), erasure.RequestedAt,
        erasure.DecidedBy, db.Accounts.Where(account => account.Subject == erasure.DecidedBy).Select(account => account.Name).FirstOrDefault(), erasure.DecidedAt));
}
