using Assize.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>A client assertion signs in once, whichever process it reaches, and lives for ten minutes at the most.</summary>
internal sealed class AssertionsOnce(SpentTokens spent, TimeProvider clock) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    // After the signature, issuer and audience were found right: a stranger cannot spend another's assertion.
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>().UseScopedHandler<AssertionsOnce>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientSecret.Descriptor.Order + 500).Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.ClientAssertionPrincipal is not { } assertion)
        {
            return;
        }
        string? id = assertion.GetClaim(OpenIddictConstants.Claims.JwtId) ?? assertion.GetTokenId();
        if (string.IsNullOrEmpty(id) || assertion.GetExpirationDate() is not { } expires || expires > clock.GetUtcNow() + s_longest)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "Expected a client assertion with an id (jti) that expires within ten minutes.");
        }
        else if (!await spent.SpendAsync($"assertion:{context.ClientId}", id, expires, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "This client assertion was used before.");
        }
    }
}
