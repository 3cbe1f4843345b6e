using OpenIddict.Abstractions;
using OpenIddict.Client;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Assize.Identity.Federation;

/// <summary>The client checks no expiry of an identity token that comes straight from the provider; this does.</summary>
internal sealed class UnexpiredOnly(TimeProvider clock) : IOpenIddictClientHandler<ProcessAuthenticationContext>
{
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    public static OpenIddictClientHandlerDescriptor Descriptor { get; } = OpenIddictClientHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>().AddFilter<OpenIddictClientHandlerFilters.RequireBackchannelIdentityTokenPrincipal>()
        .UseSingletonHandler<UnexpiredOnly>().SetOrder(OpenIddictClientHandlers.ValidateBackchannelIdentityToken.Descriptor.Order + 1).Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (AgencyCallback.Instant(context.BackchannelIdentityTokenPrincipal?.GetClaim(OpenIddictConstants.Claims.ExpiresAt)) is not { } until || until < clock.GetUtcNow() - s_clockSkew)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidToken, "The identity token has expired, or does not say when it does.");
        }
        return default;
    }
}
