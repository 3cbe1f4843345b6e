using System.Security.Claims;
using Assize.Identity.Audit;
using Assize.Identity.Connect;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Assize.Identity.Sessions;

/// <summary>A session as an administrator sees it.</summary>
/// <param name="Id">The <c>sid</c> that tokens carry.</param>
/// <param name="Acr">"1", or "2" where a second factor was proved.</param>
/// <param name="Network">The network that it began from, never a whole address.</param>
/// <param name="EndedBecause">In words, where it ended.</param>
public sealed record SessionEntry(
    string Id, string Subject, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt,
    string? EndedBecause, string Acr, string? Network, IReadOnlyList<string> Clients);

/// <summary>Newest first; at most a hundred.</summary>
public sealed record SessionList(IReadOnlyList<SessionEntry> Items);

internal static class SessionAdministration
{
    private const string AgencyAdmin = "agency-admin";
    private const int Most = 100;

    public static void MapSessionAdministration(this WebApplication app)
    {
        RouteGroupBuilder admin = app.MapGroup("/api/admin/sessions").RequireAuthorization(Policies.Administration);
        admin.MapGet("", ListAsync);
        admin.MapDelete("/{sid}", EndAsync);
    }

    private static async Task<Results<Ok<SessionList>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken ct, string? subject = null)
    {
        if (await AgencyAsync(user, db, clock, ct) is not { } agency)
        {
            return NoAdmin();
        }
        List<PersonSession> found = await db.Sessions.AsNoTracking().Include(session => session.Clients)
            .Where(session => session.AgencyId == agency && (subject == null || session.Subject == subject))
            .OrderByDescending(session => session.StartedAt).Take(Most).ToListAsync(ct);
        return subject is not null && found.Count == 0 && !await db.Accounts.AnyAsync(account => account.Subject == subject && account.AgencyId == agency && !account.IsSystem, ct)
            ? NotFound("person")
            : TypedResults.Ok(new SessionList([.. found.Select(Entry)]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        ClaimsPrincipal user, string sid, IdentityDb db, SessionRegister sessions, TimeProvider clock, CancellationToken ct)
    {
        if (await AgencyAsync(user, db, clock, ct) is not { } agency)
        {
            return NoAdmin();
        }

        // Another agency's session is answered like one that never was.
        if (!await db.Sessions.AnyAsync(session => session.Id == sid && session.AgencyId == agency, ct))
        {
            return NotFound("session");
        }
        await sessions.EndAsync(sid, "An administrator ended it.", ct, new AuditActor(user.GetClaim(OpenIddictConstants.Claims.Subject)!, agency));
        return TypedResults.NoContent();
    }

    // The role as it is now, not as it was when the token was made.
    private static async Task<string?> AgencyAsync(ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        string? subject = user.GetClaim(OpenIddictConstants.Claims.Subject);
        DateTimeOffset now = clock.GetUtcNow();
        return await db.HomeRoles.AnyAsync(role => role.Subject == subject && role.Role == AgencyAdmin && role.From <= now && (role.To == null || role.To > now)
                && (role.RecertifyBy == null || role.RecertifyBy > now), ct)
            ? user.GetClaim("agency")
            : null;
    }

    private static ProblemHttpResult NoAdmin() => Problem(StatusCodes.Status403Forbidden, "not_admin", "Only an administrator of the agency may see or end its people's sessions. Nothing was changed.");

    private static ProblemHttpResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, "not_found", $"There is no such {what} in your agency. Nothing was changed.");

    private static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    private static SessionEntry Entry(PersonSession session) => new(
        session.Id, session.Subject, session.StartedAt, session.SeenAt, session.ExpiresAt, session.EndedAt, session.EndedBecause, session.Acr, session.AddressHint,
        [.. session.Clients.Select(client => client.ClientId).Order(StringComparer.Ordinal)]);
}
