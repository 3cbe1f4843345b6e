using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;

namespace Assize.Host.Access;

/// <summary>An answer of the identity server: what was asked for, or why not.</summary>
/// <param name="Code">The problem's code, such as <c>not_found</c>; empty where there is none.</param>
/// <param name="Detail">The problem in words that a person can be shown.</param>
public sealed record AdministrationAnswer<T>(int Status, T? Value, string Code, string Detail)
{
    /// <summary>What is wrong, by the member of the body that it is wrong with.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    public bool IsDone => Status is >= 200 and < 300;
}

/// <summary>
/// Calls the identity server's <c>/api/admin</c> as the signed-in person: their token, which never left the server, is exchanged for one
/// of five minutes that is good there alone. The identity server decides by its own rules.
/// </summary>
public sealed class IdentityAdministration(IHttpClientFactory clients, AccessSettings settings, HostClient client, TimeProvider clock)
{
    public const string HttpName = nameof(IdentityAdministration);
    private const string NotSignedIn = "not_signed_in";
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _exchanged = new(StringComparer.Ordinal);

    public Task<AdministrationAnswer<T>> GetAsync<T>(HttpContext caller, string path, CancellationToken ct) => SendAsync<T>(caller, HttpMethod.Get, path, null, ct);

    /// <summary>What stands at a path below <c>/api/admin</c>, as it comes, to be read by whoever asked; null where nobody is signed in or the server did not answer.</summary>
    public Task<HttpResponseMessage?> OpenAsync(HttpContext caller, string path, CancellationToken ct) => OpenAsync(caller, HttpMethod.Get, path, ct);

    /// <summary>Whether they would be given it now.</summary>
    public async Task<bool> MayAsync(HttpContext caller, string path, CancellationToken ct)
    {
        using HttpResponseMessage? answer = await OpenAsync(caller, HttpMethod.Head, path, ct);
        return answer is { IsSuccessStatusCode: true };
    }

    private async Task<HttpResponseMessage?> OpenAsync(HttpContext caller, HttpMethod method, string path, CancellationToken ct)
    {
        try
        {
            if (await TokenAsync(caller, ct) is not { } token)
            {
                return null;
            }
            using HttpRequestMessage request = Request(method, path, token);
            return await Http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception unreachable) when (Unreachable(unreachable, ct))
        {
            return null;
        }
    }

    /// <summary>Sends a body as JSON, or none, to a path below <c>/api/admin</c>.</summary>
    /// <param name="key">With the same key the same write happens once, and is answered the same again.</param>
    public async Task<AdministrationAnswer<T>> SendAsync<T>(HttpContext caller, HttpMethod method, string path, object? body, CancellationToken ct, string? key = null)
    {
        try
        {
            if (await TokenAsync(caller, ct) is not { } token)
            {
                return new AdministrationAnswer<T>(StatusCodes.Status401Unauthorized, default, NotSignedIn, "Your session has ended. Nothing was changed. Sign in again.");
            }
            using HttpRequestMessage request = Request(method, path, token);
            request.Content = body is null ? null : JsonContent.Create(body);
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            }
            using HttpResponseMessage answer = await Http().SendAsync(request, ct);
            return await ReadAsync<T>(answer, ct);
        }
        catch (Exception unreachable) when (Unreachable(unreachable, ct))
        {
            return new AdministrationAnswer<T>(StatusCodes.Status503ServiceUnavailable, default, "unreachable", "The identity server did not answer. Try again in a moment: the same form does nothing twice.");
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string token) =>
        new(method, new Uri(settings.IdentityUrl, $"/api/admin/{path.TrimStart('/')}")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static bool Unreachable(Exception failure, CancellationToken ct) => failure is HttpRequestException || (failure is TaskCanceledException && !ct.IsCancellationRequested);

    private async Task<string?> TokenAsync(HttpContext caller, CancellationToken ct)
    {
        if ((await caller.AuthenticateAsync(SchemeNames.Cookie)).Properties?.GetTokenValue("access_token") is not { } own)
        {
            return null;
        }
        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(own)));
        DateTimeOffset now = clock.GetUtcNow();
        if (_exchanged.TryGetValue(key, out (string Token, DateTimeOffset Until) kept) && now < kept.Until)
        {
            return kept.Token;
        }
        foreach ((string old, (_, DateTimeOffset until)) in _exchanged)
        {
            if (until <= now)
            {
                _exchanged.TryRemove(old, out _);
            }
        }
        if (await ExchangeAsync(own, ct) is not { } token)
        {
            return null;
        }
        _exchanged[key] = (token, now + s_kept);
        return token;
    }

    private async Task<string?> ExchangeAsync(string own, CancellationToken ct)
    {
        using FormUrlEncodedContent form = client.Form(
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("audience", "assize-identity-admin"),
            new("subject_token", own), new("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        using HttpResponseMessage answer = await Http().PostAsync(new Uri(settings.IdentityUrl, "/connect/token"), form, ct);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<TokenAnswer>(ct))?.AccessToken : null;
    }

    private static async Task<AdministrationAnswer<T>> ReadAsync<T>(HttpResponseMessage answer, CancellationToken ct)
    {
        int status = (int)answer.StatusCode;
        string text = await answer.Content.ReadAsStringAsync(ct);
        if (answer.IsSuccessStatusCode)
        {
            return new AdministrationAnswer<T>(status, text.Length == 0 ? default : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web), "", "");
        }
        ProblemAnswer? problem = text.StartsWith('{') ? JsonSerializer.Deserialize<ProblemAnswer>(text, JsonSerializerOptions.Web) : null;
        return new AdministrationAnswer<T>(status, default, problem?.Code ?? "refused", problem?.Detail ?? "The identity server refused. Nothing was changed.")
        {
            Errors = problem?.Errors ?? new Dictionary<string, string>(),
        };
    }

    private HttpClient Http() => clients.CreateClient(HttpName);

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken);

    private sealed record ProblemAnswer(string? Code, string? Detail, Dictionary<string, string>? Errors);
}
