using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Assize.Bench.SigningIn;

/// <summary>A browser and an application in one, as far as a sign-in needs them.</summary>
internal sealed partial class SignInDriver(Uri server, string client) : IDisposable
{
    public const string Redirect = "http://127.0.0.1/callback";

    /// <summary>Who signs in, wherever somebody can be chosen.</summary>
    public const string Subject = "sam.carter@merseyside-police";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 }) { BaseAddress = server };

    /// <summary>Five requests, a fresh browser each time.</summary>
    public async Task SignInAsync()
    {
        Dictionary<string, string> jar = [];
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var authorize = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = client,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "openid api",
            ["state"] = "bench",
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        });
        using var toPage = await SendAsync(HttpMethod.Get, authorize, jar);
        using var page = await SendAsync(HttpMethod.Get, toPage.Headers.Location!.OriginalString, jar);
        var text = await page.Content.ReadAsStringAsync();
        var fields = Hidden().Matches(text).ToDictionary(match => WebUtility.HtmlDecode(match.Groups[1].Value), match => WebUtility.HtmlDecode(match.Groups[2].Value));
        fields["subject"] = Subject;
        using var back = await SendAsync(HttpMethod.Post, "/signin", jar, fields);
        using var done = await SendAsync(HttpMethod.Get, back.Headers.Location!.OriginalString, jar);
        using var token = await SendAsync(HttpMethod.Post, "/connect/token", jar, new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = client,
            ["code"] = QueryHelpers.ParseQuery(done.Headers.Location!.Query)["code"].ToString(),
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = verifier,
        });
        var answer = await token.Content.ReadAsStringAsync();
        if (JsonNode.Parse(answer)!["access_token"] is null)
        {
            throw new InvalidOperationException($"Expected an access token, but the answer was {answer}.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Dictionary<string, string> jar, Dictionary<string, string>? form = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        if (jar.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", jar.Select(pair => $"{pair.Key}={pair.Value}")));
        }

        var answer = await _http.SendAsync(request);
        foreach (var line in answer.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
        {
            var pair = line.Split(';')[0].Split('=', 2);
            jar[pair[0]] = pair[1];
        }

        return (int)answer.StatusCode < 400 ? answer : throw new InvalidOperationException($"Expected {path} to go on, but it answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
