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

    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    private HttpClient Http => _client ??= new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = server.Address };

    /// <summary>The value of a cookie that the server set.</summary>
    public string Cookie(string name) => _cookies.GetCookies(server.Address)[name]?.Value ?? "";

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

    public Task<HttpResponseMessage> GetAsync(string url) => Http.GetAsync(url, TestContext.Current.CancellationToken);

    /// <summary>Goes to the authorization endpoint, chooses the person on the page that comes, and gives the code at the end.</summary>
    public async Task<string> CodeAsync(string subject, string scope = "openid api")
    {
        using HttpResponseMessage toSignIn = await GetAsync(AuthorizeUrl(("scope", scope)));
        Assert.Equal(HttpStatusCode.Redirect, toSignIn.StatusCode);
        if (toSignIn.Headers.Location!.OriginalString.StartsWith(Redirect, StringComparison.Ordinal))
        {
            return CodeIn(toSignIn);
        }
        using HttpResponseMessage back = await ChooseAsync(new Uri(server.Address, toSignIn.Headers.Location!).PathAndQuery, subject);
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
        return await Http.PostAsync("/signin", content, TestContext.Current.CancellationToken);
    }

    public async Task<string> TokenAsync(string subject) => (string)(await TokensAsync(subject))["access_token"]!;

    public async Task<JsonObject> TokensAsync(string subject, string scope = "openid api")
    {
        (HttpStatusCode status, JsonObject body) = await RedeemAsync(await CodeAsync(subject, scope));
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    public Task<(HttpStatusCode Status, JsonObject Body)> RefreshAsync(string token) =>
        server.PostAsync("/connect/token", ("grant_type", "refresh_token"), ("client_id", Client), ("refresh_token", token));

    public async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Posts with the form's token of a page, as its buttons do.</summary>
    public async Task<HttpStatusCode> SubmitAsync(string page, string action)
    {
        IHtmlInputElement token = new HtmlParser().ParseDocument(await TextAsync(page)).QuerySelectorAll("input[name=form_token]").OfType<IHtmlInputElement>().First();
        using FormUrlEncodedContent content = new([KeyValuePair.Create("form_token", token.Value)]);
        using HttpResponseMessage answer = await Http.PostAsync(action, content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> PostEmptyAsync(string action)
    {
        using FormUrlEncodedContent content = new([]);
        using HttpResponseMessage answer = await Http.PostAsync(action, content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
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

    public void Dispose() => _client?.Dispose();
}
