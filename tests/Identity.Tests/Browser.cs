using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Assize.Identity.Tests;

/// <summary>A person's browser as far as sign-in needs one: cookies, forms, and redirects that a test can stop at.</summary>
public sealed class Browser(RunningServer server) : IDisposable
{
    public const string Client = "assize-demonstration";
    public const string Redirect = "http://127.0.0.1:9/callback";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.Url };

    public static string Verifier { get; } = new('v', 64);

    public static string Challenge { get; } = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>An authorization request as it should be, with some parameters changed or, where null, left out.</summary>
    public static string AuthorizeUrl(params (string Name, string? Value)[] changes)
    {
        Dictionary<string, string?> parameters = new()
        {
            ["client_id"] = Client,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "openid api",
            ["state"] = "a-state",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach ((string name, string? value) in changes)
        {
            parameters[name] = value;
        }
        return QueryHelpers.AddQueryString("/connect/authorize", parameters.Where(pair => pair.Value is not null));
    }

    public Task<HttpResponseMessage> GetAsync(string url) => _http.GetAsync(url, TestContext.Current.CancellationToken);

    /// <summary>Goes to the authorization endpoint, chooses the person on the page that comes, and gives the code at the end.</summary>
    public async Task<string> CodeAsync(string subject)
    {
        using HttpResponseMessage toSignIn = await GetAsync(AuthorizeUrl());
        Assert.Equal(HttpStatusCode.Redirect, toSignIn.StatusCode);
        using HttpResponseMessage back = await ChooseAsync(new Uri(server.Url, toSignIn.Headers.Location!).PathAndQuery, subject);
        Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        using HttpResponseMessage done = await GetAsync(back.Headers.Location!.OriginalString);
        return CodeIn(done);
    }

    public async Task<HttpResponseMessage> ChooseAsync(string signInPath, string subject)
    {
        using HttpResponseMessage page = await GetAsync(signInPath);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        IHtmlFormElement form = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Forms.Single();
        Dictionary<string, string> fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["subject"] = subject;
        using FormUrlEncodedContent content = new(fields);
        return await _http.PostAsync("/signin", content, TestContext.Current.CancellationToken);
    }

    public async Task<string> TokenAsync(string subject)
    {
        (HttpStatusCode status, JsonObject body) = await RedeemAsync(await CodeAsync(subject));
        Assert.Equal(HttpStatusCode.OK, status);
        return (string)body["access_token"]!;
    }

    public Task<(HttpStatusCode Status, JsonObject Body)> RedeemAsync(string code, string? verifier = null, string redirect = Redirect) =>
        server.PostAsync("/connect/token", ("grant_type", "authorization_code"), ("client_id", Client), ("code", code),
            ("redirect_uri", redirect), ("code_verifier", verifier ?? Verifier));

    public static string CodeIn(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(Redirect, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(answer.Headers.Location.Query);
        Assert.Equal("a-state", query["state"]);
        return query["code"]!;
    }

    public void Dispose() => _http.Dispose();
}
