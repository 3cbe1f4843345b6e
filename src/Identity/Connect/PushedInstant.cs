using System.Globalization;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>
/// Notes the instant at which a request was pushed: its token knows the second and no more, and a sign-in earlier in that second
/// would pass for the new one that the request asks for.
/// </summary>
internal sealed class PushedInstant(TimeProvider clock) : IOpenIddictServerHandler<ProcessSignInContext>
{
    private const string Claim = "pushed_at";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessSignInContext>().UseSingletonHandler<PushedInstant>()
        .SetOrder(OpenIddictServerHandlers.PrepareRequestTokenPrincipal.Descriptor.Order + 1).Build();

    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        context.RequestTokenPrincipal?.SetClaim(Claim, clock.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture));
        return default;
    }

    /// <summary>Null of a request that was not pushed.</summary>
    public static DateTimeOffset? Of(OpenIddictServerTransaction? transaction) =>
        transaction?.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.RequestTokenPrincipal is not { } pushed ? null
        : long.TryParse(pushed.GetClaim(Claim), CultureInfo.InvariantCulture, out long ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : pushed.GetCreationDate();
}
