using System.Security.Claims;
using Assize.Audit;
using Assize.Identity.Administration.People;
using Assize.Identity.Connect;
using Assize.Identity.Directory;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Assize.Pacing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Assize.Identity.Audit;

/// <summary>An agency takes the log of its own accounts away, and the roots that it witnesses; whoever runs the platform takes the server's own.</summary>
internal static class AuditRoutes
{
    private static readonly string[] s_readers = [RoleCatalogue.AgencyAdmin, RoleCatalogue.PlatformAdmin, RoleCatalogue.PrivacyOfficer];

    public static void MapAudit(this WebApplication app)
    {
        RouteGroupBuilder audit = app.MapGroup("/api/admin/audit").RequireAuthorization(Policies.Administration);
        audit.MapGet("/entries", FindAsync);
        audit.MapGet("/export", ExportAsync);
        audit.MapMethods("/export", [HttpMethods.Head], async (HttpContext http, string? stream, CancellationToken ct) =>
            await MayAsync(http, stream, ct) ? Results.Ok() : Results.NotFound());
        audit.MapGet("/roots/{stream}", RootsAsync);
    }

    private static async Task<Results<Ok<Page<AuditLine>>, ProblemHttpResult>> FindAsync(
        ClaimsPrincipal user, IdentityDb db, AuditSearch search, TimeProvider clock, [AsParameters] AuditQuery query, CancellationToken ct) =>
        await AgencyAsync(user, db, clock, ct) is not { } agency ? NoReader()
        : await search.FindAsync(agency, query, ct) is { } page ? TypedResults.Ok(page)
        : Problem(StatusCodes.Status400BadRequest, "invalid", "Expected a person and an action of at most 100 characters, and “after” as it was given.");

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpContext http, ClaimsPrincipal user, string? stream, IdentityDb db, AuditExport export, TimeProvider clock, CancellationToken ct)
    {
        if (await AgencyAsync(user, db, clock, ct) is not { } agency)
        {
            return NoReader();
        }
        string log = stream ?? agency;
        if (!await OwnsAsync(user, agency, log, db, clock, ct))
        {
            return NoLog();
        }
        AuditLog.Record(db, clock.GetUtcNow(), new AuditActor(user.GetClaim(OpenIddictConstants.Claims.Subject)!, agency), "audit.export", "audit", log);
        await db.SaveChangesAsync(ct);
        // As the verifier reads it, written as it is read: a log grows for years.
        return TypedResults.Stream(
            body => LongAnswer.WriteAsync(http, clock, again => MayAsync(http, log, again), async reading =>
            {
                await using StreamWriter written = new(body, leaveOpen: true);
                await export.WriteAsync(log, written, reading);
            }),
            "application/jsonl");
    }

    // In a scope of its own: an export that is being written reads with the request's.
    private static async Task<bool> MayAsync(HttpContext http, string? log, CancellationToken ct)
    {
        await using AsyncServiceScope scope = http.RequestServices.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        TimeProvider clock = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        return await scope.ServiceProvider.GetRequiredService<TokenLife>().IsLiveAsync(http.User, ct)
            && await AgencyAsync(http.User, db, clock, ct) is { } agency && await OwnsAsync(http.User, agency, log ?? agency, db, clock, ct);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> RootsAsync(
        ClaimsPrincipal user, string stream, IdentityDb db, AuditExport export, TimeProvider clock, CancellationToken ct)
    {
        if (await AgencyAsync(user, db, clock, ct) is not { } agency)
        {
            return NoReader();
        }
        bool owns = await OwnsAsync(user, agency, stream, db, clock, ct);
        bool mayKeep = owns || await db.Set<AuditRoot>().AnyAsync(root => root.Stream == stream && root.Witness == agency, ct);
        return mayKeep
            ? TypedResults.Text(await export.RootsAsync(stream, owns ? null : agency, ct), "application/json")
            : NoLog();
    }

    private static async Task<string?> AgencyAsync(ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken ct) =>
        await HoldsAsync(user, s_readers, db, clock, ct) ? user.GetClaim("agency") : null;

    // No agency's people are in the server's own log: who runs the platform answers for it.
    private static async Task<bool> OwnsAsync(ClaimsPrincipal user, string agency, string stream, IdentityDb db, TimeProvider clock, CancellationToken ct) =>
        stream == AuditStream.Assize ? await HoldsAsync(user, [RoleCatalogue.PlatformAdmin], db, clock, ct) : stream == agency;

    // The role as it is now, not as it was when the token was made; one that nobody certified in time is asleep.
    private static async Task<bool> HoldsAsync(ClaimsPrincipal user, string[] roles, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        string? subject = user.GetClaim(OpenIddictConstants.Claims.Subject);
        DateTimeOffset now = clock.GetUtcNow();
        return await db.HomeRoles.AnyAsync(role => role.Subject == subject && roles.Contains(role.Role) && role.From <= now && (role.To == null || (role.To > now && !(role.To <= role.RecordedFrom)))
                && (role.RecertifyBy == null || role.RecertifyBy > now), ct);
    }

    private static ProblemHttpResult NoReader() =>
        Problem(StatusCodes.Status403Forbidden, "role_missing", "Only an administrator or a privacy officer of the agency may read its audit log.");

    private static ProblemHttpResult NoLog() => Problem(StatusCodes.Status404NotFound, "not_found", "There is no such log, or none that is yours to take or whose roots are yours to keep.");

    private static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
