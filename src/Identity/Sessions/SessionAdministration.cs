using System.Globalization;
using Assize.Identity.Administration;
using Assize.Identity.Administration.People;
using Assize.Identity.Connect;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Sessions;

/// <summary>A session as an administrator sees it.</summary>
/// <param name="Id">The <c>sid</c> that tokens carry.</param>
/// <param name="Acr">"1", or "2" where a second factor was proved.</param>
/// <param name="Network">The network that it began from, never a whole address.</param>
/// <param name="EndedBecause">In words, where it ended.</param>
/// <param name="Provider">Who vouched for the person: the issuer of the agency's sign-in provider, or null where the name was chosen from a demonstration's list.</param>
public sealed record SessionEntry(
    string Id, string Subject, string Name, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt,
    string? EndedBecause, string Acr, string? Network, string? Provider, IReadOnlyList<string> Clients);

internal sealed record SessionQuery(string? Subject, bool? Live, string? After);

/// <summary>Sessions of the administrator's own people, by the same desk as all administration.</summary>
internal static class SessionAdministration
{
    private const int Most = 50;
    private const string Because = "An administrator ended it.";

    public static void MapSessionAdministration(this WebApplication app)
    {
        RouteGroupBuilder admin = app.MapGroup("/api/admin/sessions").RequireAuthorization(Policies.Administration);
        admin.MapGet("", (HttpContext http, AdminDesk desk, IdentityDb db, [AsParameters] SessionQuery query) =>
            desk.ReadAsync(http, (who, now) => ListAsync(db, who, now, query, http.RequestAborted)));
        admin.MapGet("/{sid}", (HttpContext http, AdminDesk desk, IdentityDb db, string sid) =>
            desk.ReadAsync(http, (who, _) => DetailAsync(db, who, sid, http.RequestAborted)));
        admin.MapPost("/{sid}/end", (HttpContext http, AdminDesk desk, SessionRegister sessions, string sid) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => EndAsync(work, sessions, sid, body)));
        admin.MapPost("/of/{subject}/end", (HttpContext http, AdminDesk desk, SessionRegister sessions, string subject) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => EndAllAsync(work, sessions, subject, body)));
    }

    private static async Task<Outcome> ListAsync(IdentityDb db, Admin admin, DateTimeOffset now, SessionQuery query, CancellationToken ct)
    {
        if (!Cursor.TryRead(query.After, out string[] after, 2) || (after.Length > 0 && !long.TryParse(after[0], CultureInfo.InvariantCulture, out _)))
        {
            return Outcome.Invalid("query", "Expected “after” as it was given.");
        }
        if (query.Subject is { } subject && !await db.Accounts.AnyAsync(account => account.Subject == subject && account.AgencyId == admin.Agency.Id && !account.IsSystem, ct))
        {
            return Outcome.NotFound("person");
        }
        IQueryable<PersonSession> sessions = db.Sessions.AsNoTracking().Include(session => session.Clients)
            .Where(session => session.AgencyId == admin.Agency.Id && (query.Subject == null || session.Subject == query.Subject)
                && (query.Live != true || (session.EndedAt == null && session.ExpiresAt > now)));
        if (after is [string ticks, string id])
        {
            DateTimeOffset began = DateTimeOffset.UnixEpoch.AddTicks(long.Parse(ticks, CultureInfo.InvariantCulture));
            sessions = sessions.Where(session => session.StartedAt < began || (session.StartedAt == began && session.Id.CompareTo(id) < 0));
        }
        List<PersonSession> found = await sessions.OrderByDescending(session => session.StartedAt).ThenByDescending(session => session.Id).Take(Most + 1).ToListAsync(ct);
        List<PersonSession> page = [.. found.Take(Most)];
        return Outcome.Done(new Page<SessionEntry>(await EntriesAsync(db, page, ct),
            found.Count > Most ? Cursor.Of((page[^1].StartedAt - DateTimeOffset.UnixEpoch).Ticks.ToString(CultureInfo.InvariantCulture), page[^1].Id) : null));
    }

    private static async Task<Outcome> DetailAsync(IdentityDb db, Admin admin, string sid, CancellationToken ct) =>
        await db.Sessions.AsNoTracking().Include(session => session.Clients).SingleOrDefaultAsync(session => session.Id == sid && session.AgencyId == admin.Agency.Id, ct) is { } found
            ? Outcome.Done((await EntriesAsync(db, [found], ct))[0])
            : Outcome.NotFound("session");

    private static async Task<Outcome> EndAsync(AdminWork work, SessionRegister sessions, string sid, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }

        // Another agency's session is answered like one that never was.
        if (!await work.Db.Sessions.AnyAsync(session => session.Id == sid && session.AgencyId == work.Admin.Agency.Id, work.Ct))
        {
            return Outcome.NotFound("session");
        }
        return Outcome.Done(new { ended = await sessions.EndAsync(sid, Because, work.Ct, work.Admin.Actor, body.Reason) });
    }

    private static async Task<Outcome> EndAllAsync(AdminWork work, SessionRegister sessions, string subject, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        return await work.PersonAsync(subject) is null
            ? Outcome.NotFound("person")
            : Outcome.Done(new { ended = await sessions.EndOfSubjectAsync(subject, Because, work.Ct, work.Admin.Actor, body.Reason) });
    }

    private static async Task<IReadOnlyList<SessionEntry>> EntriesAsync(IdentityDb db, List<PersonSession> sessions, CancellationToken ct)
    {
        string[] subjects = [.. sessions.Select(session => session.Subject).Distinct()], upstreams = [.. sessions.Select(session => session.Upstream).OfType<string>().Distinct()];
        Dictionary<string, string> names = await db.Accounts.AsNoTracking().Where(account => subjects.Contains(account.Subject)).ToDictionaryAsync(account => account.Subject, account => account.Name, ct);
        Dictionary<string, string> issuers = await db.Upstreams.AsNoTracking().Where(upstream => upstreams.Contains(upstream.Id)).ToDictionaryAsync(upstream => upstream.Id, upstream => upstream.Issuer, ct);
        return [.. sessions.Select(session => new SessionEntry(
            session.Id, session.Subject, names.GetValueOrDefault(session.Subject, session.Subject), session.StartedAt, session.SeenAt, session.ExpiresAt, session.EndedAt,
            session.EndedBecause, session.Acr, session.AddressHint, session.Upstream is null ? null : issuers.GetValueOrDefault(session.Upstream, session.Upstream),
            [.. session.Clients.Select(client => client.ClientId).Order(StringComparer.Ordinal)]))];
    }
}
