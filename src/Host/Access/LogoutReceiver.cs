using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Host.Access;

/// <summary>Takes the identity server's logout tokens and ends the sign-in that each names (OpenID Connect Back-Channel Logout).</summary>
internal sealed class LogoutReceiver(IOptionsMonitor<OpenIdConnectOptions> options, TicketStore tickets, AccessSettings settings, TimeProvider clock)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler s_reader = new() { MapInboundClaims = false };

    public static async Task<Results<Ok, BadRequest>> HandleAsync(HttpContext context, LogoutReceiver receiver, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType || (await context.Request.ReadFormAsync(ct))["logout_token"].ToString() is not { Length: > 0 and < 8192 } token)
        {
            return TypedResults.BadRequest();
        }
        return await receiver.EndAsync(token, ct) ? TypedResults.Ok() : TypedResults.BadRequest();
    }

    // The same token twice ends nothing more: it names one session, which ended for ever.
    private async Task<bool> EndAsync(string token, CancellationToken ct)
    {
        OpenIdConnectOptions oidc = options.Get(SchemeNames.OpenIdConnect);
        OpenIdConnectConfiguration server = await oidc.ConfigurationManager!.GetConfigurationAsync(ct);
        TokenValidationResult result = await s_reader.ValidateTokenAsync(token, Rules(server));
        if (!result.IsValid)
        {
            oidc.ConfigurationManager.RequestRefresh();
            return false;
        }
        JsonWebToken read = (JsonWebToken)result.SecurityToken;
        TimeSpan age = clock.GetUtcNow().UtcDateTime - read.IssuedAt;
        if (age > s_window || age < -s_window || read.Id is not { Length: > 0 } || read.TryGetPayloadValue("nonce", out object _)
            || !read.TryGetPayloadValue("events", out System.Text.Json.JsonElement events) || events.ValueKind != System.Text.Json.JsonValueKind.Object
            || !events.TryGetProperty(Event, out _) || !read.TryGetPayloadValue("sid", out string sid))
        {
            return false;
        }
        await tickets.RemoveSessionAsync(sid, ct);
        return true;
    }

    private TokenValidationParameters Rules(OpenIdConnectConfiguration server) => new()
    {
        ValidIssuer = settings.IdentityUrl.AbsoluteUri,
        ValidAudience = HostClient.Id,
        ValidTypes = ["logout+jwt"],
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = server.SigningKeys,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime && (notBefore is null || notBefore <= clock.GetUtcNow().UtcDateTime + s_window),
    };
}
