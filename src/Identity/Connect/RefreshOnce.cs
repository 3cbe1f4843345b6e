using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>
/// A refresh token is spent exactly once, however many ask at the same moment: OpenIddict lets parallel requests through,
/// so the row is claimed first. Whoever comes second ends the whole family, since one of the two stole it.
/// </summary>
internal sealed class RefreshOnce(IdentityDb db, TokenFamily family, TimeProvider clock) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>().UseScopedHandler<RefreshOnce>()
        .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order - 1).Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token || context.Request?.IsRefreshTokenGrantType() != true)
        {
            return;
        }
        ProcessAuthenticationContext? asked = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        string? id = asked?.RefreshTokenPrincipal?.GetTokenId();
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (await db.Set<OpenIddictEntityFrameworkCoreToken>().Where(token => token.Id == id && token.RedemptionDate == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RedemptionDate, now), context.CancellationToken) == 1)
        {
            return;
        }
        if (asked?.RefreshTokenPrincipal?.GetAuthorizationId() is { } authorization)
        {
            await family.EndAsync(authorization, context.CancellationToken);
        }
        context.Reject(OpenIddictConstants.Errors.InvalidGrant, "The refresh token was used before. Sign in again.");
    }
}
