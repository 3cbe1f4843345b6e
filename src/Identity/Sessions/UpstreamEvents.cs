using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Assize.Identity.Sessions;

/// <summary>
/// Takes security events that agencies' providers push (RFC 8935): CAEP's of sessions and credentials, and RISC's of accounts. They take access away and
/// never give any back; an account that its provider enables again is for the agency's administrator to reactivate.
/// </summary>
internal sealed class UpstreamEvents(SessionRegister sessions, DirectoryWriter directory, SpentTokens spent, IdentityDb db, TimeProvider clock)
{
    /// <summary>The address that enrolment tells the agency to register.</summary>
    public const string Route = "/signin/agency/{id}/events";
    private const string ContentType = "application/secevent+jwt";
    private const int Largest = 8192;

    // A provider that could not reach us tries again.
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);
    private static readonly string[] s_types = ["secevent+jwt"];

    public static async Task<Results<Accepted, NotFound, JsonHttpResult<EventRefusal>>> HandleAsync(HttpContext context, string id, UpstreamEvents receiver)
    {
        CancellationToken ct = context.RequestAborted;
        FindUpstreamTrusts find = context.RequestServices.GetRequiredService<FindUpstreamTrusts>();
        if (await InUseAsync(find, id, afresh: false, ct) is not { Count: > 0 } trusts)
        {
            return TypedResults.NotFound();
        }
        if (context.Request.ContentType?.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return Refused("invalid_request", $"Expected one token of type {ContentType}. Nothing was changed.");
        }
        using StreamReader body = new(context.Request.Body);
        string token = (await body.ReadToEndAsync(ct)).Trim();
        if (token.Length is 0 or > Largest)
        {
            return Refused("invalid_request", $"Expected a token of at most {Largest} characters. Nothing was changed.");
        }
        JsonWebToken? read = await receiver.ReadAsync(trusts, token) ?? await receiver.ReadAsync(await InUseAsync(find, id, afresh: true, ct), token);
        if (read is null)
        {
            return Refused("authentication_failed", "Expected an event that this provider signed for us, with an id, within the last hour. Nothing was changed.");
        }
        if (SecurityEvent.Of(read) is not { } told)
        {
            return Refused("invalid_request", "Expected one event, about somebody named by the provider's issuer and subject. Nothing was changed.");
        }
        await receiver.TakeAsync(id, read, told, ct);
        return TypedResults.Accepted((string?)null);
    }

    // What is only tried yet speaks for nobody's account.
    private static async Task<IReadOnlyList<UpstreamTrust>> InUseAsync(FindUpstreamTrusts find, string id, bool afresh, CancellationToken ct) =>
        [.. (await find(id, afresh, ct)).Where(trust => trust.Ends is null)];

    private async Task<JsonWebToken?> ReadAsync(IReadOnlyList<UpstreamTrust> trusts, string token)
    {
        foreach (UpstreamTrust trust in trusts)
        {
            if (await trust.ReadAsync(token, s_types, s_window, clock.GetUtcNow()) is { } read)
            {
                return read;
            }
        }
        return null;
    }

    // One that is sent again is answered like the first and does nothing more; one whose work failed is not spent.
    private async Task TakeAsync(string upstream, JsonWebToken token, SecurityEvent told, CancellationToken ct)
    {
        Task<bool> IsFirstAsync() => spent.SpendAsync($"event:{token.Issuer}", token.Id, token.IssuedAt + (2 * s_window), ct);
        if (told.Effect is EventEffect.Suspend or EventEffect.Leave)
        {
            await directory.ChangeAsync(async unit => await IsFirstAsync() && await SetStatusAsync(unit, token.Issuer, told, ct), ct);
        }
        else if (told.Effect == EventEffect.EndSessions)
        {
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
            if (await IsFirstAsync())
            {
                await sessions.EndOfUpstreamAsync(upstream, told.Session, told.Subject, ct);
                await transaction.CommitAsync(ct);
            }
        }
    }

    private static async Task<bool> SetStatusAsync(DirectoryUnit unit, string issuer, SecurityEvent told, CancellationToken ct)
    {
        string? subject = await unit.Db.Accounts.Where(known => known.Provider == UpstreamKind.OpenId && known.ProviderIssuer == issuer && known.ProviderSubject == told.Subject)
            .Select(known => known.Subject).SingleOrDefaultAsync(ct);
        string status = told.Effect == EventEffect.Leave ? AccountStatus.Left : AccountStatus.Suspended;
        if (subject is null || await unit.FindAsync(subject, ct) is not { } account || account.Status == AccountStatus.Left || account.Status == status)
        {
            return false;
        }
        AuditLog.Record(unit.Db, unit.Now, AuditActor.Server, "person.status", "person", subject, JsonSerializer.Serialize(new { from = account.Status, to = status, because = told.Name }));
        await unit.SetStatusAsync(account, status, ct);
        return true;
    }

    private static JsonHttpResult<EventRefusal> Refused(string code, string description) => TypedResults.Json(new EventRefusal(code, description), statusCode: StatusCodes.Status400BadRequest);
}

/// <param name="Err">"invalid_request" or "authentication_failed", as RFC 8935 has them.</param>
internal sealed record EventRefusal(string Err, string Description);
