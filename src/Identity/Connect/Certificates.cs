using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>
/// A certificate binds a token to whoever holds its key; it is no proof of which client asks, so a confidential client shows its secret or assertion as well.
/// A client that is registered for bound tokens gets no other.
/// </summary>
internal sealed class Certificates(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    /// <summary>The client's property, named as in RFC 8705.</summary>
    public const string BoundOnly = "tls_client_certificate_bound_access_tokens";

    // Where certificates are taken, in place of OpenIddict's own check, which takes the certificate for the client's credential.
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessAuthenticationContext>().UseScopedHandler<Certificates>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order).Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        bool asks = context.EndpointType is OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.PushedAuthorization
            or OpenIddictServerEndpointType.Introspection or OpenIddictServerEndpointType.Revocation;
        if (!asks || string.IsNullOrEmpty(context.ClientId) || await applications.FindByClientIdAsync(context.ClientId, context.CancellationToken) is not { } client)
        {
            return;
        }
        bool certificate = context.Transaction.RemoteCertificate is not null;
        if (certificate && string.IsNullOrEmpty(context.ClientSecret) && context.ClientAssertionPrincipal is null
            && !await applications.HasClientTypeAsync(client, OpenIddictConstants.ClientTypes.Public, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "A certificate is no client authentication here: send the assertion or the secret as well.");
        }
        else if (!certificate && context.EndpointType == OpenIddictServerEndpointType.Token
            && (await applications.GetPropertiesAsync(client, context.CancellationToken)).TryGetValue(BoundOnly, out JsonElement bound) && bound.ValueKind == JsonValueKind.True)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "This client gets tokens that are bound to its certificate, and none without it.");
        }
    }
}
