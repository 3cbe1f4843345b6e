using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using OpenIddict.Validation.AspNetCore;

namespace Assize.Host.Access;

/// <summary>Asks the identity server about a bearer token and believes a yes for five seconds; a no is never kept.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, BearerCache cache)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }
        // The library holds a bound token against the certificate (RFC 8705); its yes is none to somebody without it, or with another.
        string? certificate = await CertificateAsync();
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{certificate}\n{header}")));
        AuthenticationTicket? ticket = await cache.GetAsync(key, TimeProvider, AskAsync);
        return ticket is null ? AuthenticateResult.Fail("The access token is unknown, expired or revoked.") : AuthenticateResult.Success(ticket);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private async Task<AuthenticationTicket?> AskAsync()
    {
        AuthenticateResult result = await Context.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        return result.Succeeded ? new AuthenticationTicket(result.Principal, Scheme.Name) : null;
    }

    /// <summary>The digest of the certificate that whoever asks has shown; null where they have shown none.</summary>
    private async Task<string?> CertificateAsync() =>
        await Context.Connection.GetClientCertificateAsync(Context.RequestAborted) is { } shown ? WebEncoders.Base64UrlEncode(SHA256.HashData(shown.RawData)) : null;
}

/// <summary>Answers of the identity server, by digest of the token.</summary>
internal sealed class BearerCache
{
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    public async Task<AuthenticationTicket?> GetAsync(string key, TimeProvider clock, Func<Task<AuthenticationTicket?>> ask)
    {
        // The five seconds run from the question, not from the answer, and are five however the clock is put meanwhile.
        long asked = clock.GetTimestamp();
        if (_answers.TryGetValue(key, out Answer? known) && clock.GetElapsedTime(known.AskedAt) < s_life)
        {
            return known.Ticket;
        }
        if (await ask() is not { } ticket)
        {
            _answers.TryRemove(key, out _);
            return null;
        }
        _answers[key] = new Answer(ticket, asked);
        DropOld(clock);
        return ticket;
    }

    private void DropOld(TimeProvider clock)
    {
        if (_answers.Count <= 1000)
        {
            return;
        }
        foreach ((string key, Answer answer) in _answers)
        {
            if (clock.GetElapsedTime(answer.AskedAt) >= s_life)
            {
                _answers.TryRemove(key, out _);
            }
        }
    }

    private sealed record Answer(AuthenticationTicket Ticket, long AskedAt);
}
