using System.Security.Claims;
using Assize.Workflows.Access;

namespace Assize.Host.Access;

/// <summary>The caller that a principal stands for, whether it came by cookie or by token.</summary>
public static class Callers
{
    /// <exception cref="InvalidOperationException">Nobody is signed in: the route lacks its policy.</exception>
    public static Caller Caller(this HttpContext context) => From(context.User)
        ?? throw new InvalidOperationException("Expected a signed-in caller, but the route let somebody in without one.");

    public static Caller? From(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || user.FindFirst("sub")?.Value is not { Length: > 0 } subject)
        {
            return null;
        }
        string client = user.FindFirst("client_id")?.Value ?? HostClient.Id;
        return new Caller(
            subject,
            user.FindFirst("agency")?.Value ?? "",
            [.. user.FindAll("roles").Select(claim => claim.Value)],
            user.FindFirst("name")?.Value ?? subject,
            subject == client,
            client)
        {
            SessionId = user.FindFirst("sid")?.Value,
            Acr = user.FindFirst("acr")?.Value,
            AuthenticatedAt = long.TryParse(user.FindFirst("auth_time")?.Value, out long seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        };
    }
}
