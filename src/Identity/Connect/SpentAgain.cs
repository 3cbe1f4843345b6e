using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>
/// A code or refresh token that is shown again after it was spent ends its family. OpenIddict refuses it and ends the tokens that are stored by then;
/// whoever spent it may be about to store more, and those die with the authorization.
/// </summary>
internal sealed class SpentAgain(TokenFamily family, IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>().UseScopedHandler<SpentAgain>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 1).Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType == OpenIddictServerEndpointType.Token && context.Principal is { } shown && shown.GetTokenId() is { } id && shown.GetAuthorizationId() is { } authorization
            && await tokens.FindByIdAsync(id, context.CancellationToken) is { } token && await tokens.HasStatusAsync(token, OpenIddictConstants.Statuses.Redeemed, context.CancellationToken))
        {
            await family.EndAsync(authorization, context.CancellationToken);
        }
    }
}
