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
    private static readonly object s_unknown = new(), s_token = new();

    /// <summary>The identity server could not be asked in this request: nobody is let in, and nobody is signed out.</summary>
    public static void MarkUnknown(HttpContext context) => context.Items[s_unknown] = true;

    public static bool IsUnknown(HttpContext context) => context.Items.ContainsKey(s_unknown);

    public Task<SessionState> AskAsync(string? token, CancellationToken ct) => AskAsync(
        token, known => cache.GetAsync("cookie:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(known))), clock, () => IntrospectAsync(known, ct)));

    /// <summary>Keeps with a request the token by which the session behind its cookie was asked about: what authorization leaves there has the person and no tokens.</summary>
    public static void Keep(HttpContext http, string? token) => http.Items[s_token] = token;

    /// <summary>That token; null where the request came without a cookie.</summary>
    public static string? Token(HttpContext http) => http.Items[s_token] as string;

    /// <summary>Whether the session lives now, whatever was believed a moment ago.</summary>
    public async Task<bool> LivesOnAsync(string token, CancellationToken ct) => await AskAsync(token, known => IntrospectAsync(known, ct)) == SessionState.Live;

    private async Task<SessionState> AskAsync(string? token, Func<string, Task<AuthenticationTicket?>> ask)
    {
        if (token is null)
        {
            return SessionState.Ended;
        }
        try
        {
            return await ask(token) is null ? SessionState.Ended : SessionState.Live;
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
