using System.Security.Claims;
using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Sessions;

/// <summary>Whether whoever a token speaks for still may: the session lives, or the system's account is active.</summary>
internal sealed class TokenLife(IdentityDb db, SessionRegister sessions)
{
    public const string SessionClaim = "sid";

    public async Task<bool> IsLiveAsync(ClaimsPrincipal token, CancellationToken ct)
    {
        string? subject = token.GetClaim(OpenIddictConstants.Claims.Subject);
        if (subject == ClientNames.Host)
        {
            return true;
        }
        if (token.GetClaim(SessionClaim) is { } sid)
        {
            return (await sessions.LiveAsync(sid, ct))?.Subject == subject;
        }
        return await db.Accounts.AnyAsync(account => account.Subject == subject && account.IsSystem && account.Status == AccountStatus.Active
            && db.Agencies.Any(agency => agency.Id == account.AgencyId && agency.Status == AccountStatus.Active), ct);
    }
}

/// <summary>A token whose session ended, or whose account is no longer active, is inactive, whether or not it was revoked.</summary>
internal sealed class LiveTokensOnly(TokenLife life) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleIntrospectionRequestContext>().UseScopedHandler<LiveTokensOnly>().SetOrder(int.MaxValue - 100_000).Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        if (!await life.IsLiveAsync(context.GenericTokenPrincipal, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidToken, "The session has ended, or the account is not active.");
        }
    }
}
