using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Validation;

namespace Assize.Host.Access;

internal enum SessionState { Live, Ended, NotKnown }

/// <summary>Asks the identity server whether the session behind a page's cookie lives, and believes a yes for five seconds.</summary>
internal sealed class SessionCheck(OpenIddictValidationService tokens, BearerCache cache, TimeProvider clock, ILogger<SessionCheck> log)
{
    private static readonly object s_unknown = new();

    /// <summary>The identity server could not be asked in this request: nobody is let in, and nobody is signed out.</summary>
    public static void MarkUnknown(HttpContext context) => context.Items[s_unknown] = true;

    public static bool IsUnknown(HttpContext context) => context.Items.ContainsKey(s_unknown);

    public async Task<SessionState> AskAsync(string? token, CancellationToken ct)
    {
        if (token is null)
        {
            return SessionState.Ended;
        }
        try
        {
            string key = "cookie:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
            return await cache.GetAsync(key, clock, () => IntrospectAsync(token, ct)) is null ? SessionState.Ended : SessionState.Live;
        }
        catch (Exception failure) when (failure is OpenIddictExceptions.ProtocolException or HttpRequestException or InvalidOperationException or TimeoutException)
        {
            log.LogWarning(failure, "The identity server could not be asked about a session; the page is refused for now.");
            return SessionState.NotKnown;
        }
    }

    private async Task<AuthenticationTicket?> IntrospectAsync(string token, CancellationToken ct)
    {
        try
        {
            return new AuthenticationTicket(await tokens.ValidateAccessTokenAsync(token, ct), SchemeNames.Cookie);
        }
        catch (OpenIddictExceptions.ProtocolException inactive) when (inactive.Error == OpenIddictConstants.Errors.InvalidToken)
        {
            return null;
        }
    }
}
