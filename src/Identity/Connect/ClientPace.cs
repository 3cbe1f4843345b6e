using Assize.Identity.Operations;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>How often a client that proved who it is may push requests, ask about tokens and revoke them. The token endpoint counts for itself.</summary>
internal sealed class ClientPace(Pace pace) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    // After the proof: guesses spend nothing of the client that they name.
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>().UseSingletonHandler<ClientPace>()
        .SetOrder(AssertionsOnce.Descriptor.Order + 1).Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        bool proved = context.ClientAssertionPrincipal is not null || !string.IsNullOrEmpty(context.ClientSecret);
        TimeSpan? wait = !proved || context.ClientId is not { } client ? null : context.EndpointType switch
        {
            OpenIddictServerEndpointType.PushedAuthorization or OpenIddictServerEndpointType.Revocation => pace.Client(client),
            OpenIddictServerEndpointType.Introspection => pace.Introspection(client),
            _ => null,
        };
        if (wait is { } pause)
        {
            HttpResponse response = context.Transaction.GetHttpRequest()!.HttpContext.Response;
            response.OnStarting(() =>
            {
                response.StatusCode = StatusCodes.Status429TooManyRequests;
                response.Headers.RetryAfter = TooMany.RetryAfter(pause);
                return Task.CompletedTask;
            });
            context.Reject(OpenIddictConstants.Errors.TemporarilyUnavailable, "Too many requests of this client. Nothing was changed. Wait a few seconds and try again.");
        }
        return default;
    }
}
