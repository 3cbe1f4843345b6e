using System.Text.Json;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Assize.Identity.Sessions;

/// <summary>Takes logout tokens from agencies' providers, and ends the sessions that they vouched for.</summary>
internal sealed class UpstreamLogout(SessionRegister sessions, SpentTokens spent, IdentityDb db, TimeProvider clock)
{
    /// <summary>The address that enrolment tells the agency to register.</summary>
    public const string Route = "/signin/agency/{id}/logout";

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    // Providers that predate the type say JWT; what it is, the events say.
    private static readonly string[] s_types = [LogoutTokens.Type, "JWT"];

    public static async Task<Results<Ok, NotFound, BadRequest>> HandleAsync(HttpContext context, string id, UpstreamLogout receiver)
    {
        CancellationToken ct = context.RequestAborted;
        FindUpstreamTrusts find = context.RequestServices.GetRequiredService<FindUpstreamTrusts>();
        IReadOnlyList<UpstreamTrust> trusts = await find(id, false, ct);
        if (trusts.Count == 0)
        {
            return TypedResults.NotFound();
        }
        if (!context.Request.HasFormContentType || (await context.Request.ReadFormAsync(ct))["logout_token"].ToString() is not { Length: > 0 and < 8192 } token)
        {
            return TypedResults.BadRequest();
        }
        return await receiver.EndAsync(id, trusts, token, ct) || await receiver.EndAsync(id, await find(id, true, ct), token, ct) ? TypedResults.Ok() : TypedResults.BadRequest();
    }

    private async Task<bool> EndAsync(string upstream, IReadOnlyList<UpstreamTrust> trusts, string token, CancellationToken ct)
    {
        List<(UpstreamTrust Trust, JsonWebToken Token, string? Session, string? Subject)> believed = [];
        foreach (UpstreamTrust trust in trusts)
        {
            if (await trust.ReadAsync(token, s_types, s_window, clock.GetUtcNow()) is { } valid && Named(valid) is { } named)
            {
                believed.Add((trust, valid, named.Session, named.Subject));
            }
        }
        if (believed is not [var (first, read, session, subject), ..])
        {
            return false;
        }

        // Each token ends something once: a copy kept for later would sign the person out again and again. One whose end failed is not spent, and may be sent again.
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await spent.SpendAsync($"logout:{first.Issuer}", read.Id, read.IssuedAt + (2 * s_window), ct))
        {
            return false;
        }
        foreach (UpstreamTrust trust in believed.Select(one => one.Trust))
        {
            await (trust.Ends is { } other ? other(session, subject, ct) : sessions.EndOfUpstreamAsync(upstream, session, subject, ct));
        }
        await transaction.CommitAsync(ct);
        return true;
    }

    private static (string? Session, string? Subject)? Named(JsonWebToken token)
    {
        string? session = token.TryGetPayloadValue("sid", out string sid) && sid.Length > 0 ? sid : null;
        string? subject = token.Subject is { Length: > 0 } sub ? sub : null;
        bool fits = !token.TryGetPayloadValue("nonce", out object _)
            && token.TryGetPayloadValue("events", out JsonElement events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty(LogoutTokens.Event, out JsonElement what) && what.ValueKind == JsonValueKind.Object
            && (session ?? subject) is not null;
        return fits ? (session, subject) : null;
    }
}
