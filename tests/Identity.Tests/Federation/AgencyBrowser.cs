using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests.Federation;

/// <summary>A browser that stops at every redirect, so that a test can look at each and change the next.</summary>
public sealed class AgencyBrowser : IDisposable
{
    private readonly RunningServer _server;
    private readonly HttpClient _http;

    public AgencyBrowser(RunningServer server, TestAuthority authority)
    {
        _server = server;
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, CookieContainer = Cookies };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => authority.Trusts(certificate);
        _http = new HttpClient(handler) { BaseAddress = server.Url };
    }

    public CookieContainer Cookies { get; } = new();

    public bool IsSignedIn => Cookies.GetCookies(_server.Url)["assize-identity"] is not null;

    public Task<HttpResponseMessage> GetAsync(string url) => _http.GetAsync(url, TestContext.Current.CancellationToken);

    public async Task<(HttpStatusCode Status, string Page)> ReadAsync(string url)
    {
        using HttpResponseMessage answer = await GetAsync(url);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sends the form of a page with its hidden fields, and more.</summary>
    public async Task<HttpStatusCode> SubmitAsync(string page, string url, params (string Name, string Value)[] more) => (await SendAsync(page, url, more)).Status;

    /// <summary>The same, with what came of it.</summary>
    public async Task<(HttpStatusCode Status, string Page, string? Where)> SendAsync(string page, string url, params (string Name, string Value)[] more)
    {
        IHtmlFormElement form = new HtmlParser().ParseDocument(page).Forms.Single();
        IEnumerable<KeyValuePair<string, string>> hidden = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value));
        using FormUrlEncodedContent content = new(hidden.Concat(more.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(new Uri(url), form.GetAttribute("action")!), content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.Location?.OriginalString);
    }

    /// <summary>Signs out at an OpenID provider, as a person does on its page.</summary>
    public async Task SignOutAtProviderAsync(string address)
    {
        (_, string page) = await ReadAsync(address);
        HttpStatusCode status = await SubmitAsync(page, address, ("logout", "yes"));
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.SeeOther or HttpStatusCode.Redirect, $"Expected the provider to sign out, but it answered {status} to {page}");
    }

    /// <summary>Where one GET leads.</summary>
    public async Task<string> NextAsync(string url)
    {
        using HttpResponseMessage answer = await GetAsync(url);
        Assert.True((int)answer.StatusCode is >= 300 and < 400,
            $"Expected {url} to lead on, but it answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return new Uri(new Uri(_http.BaseAddress!, url), answer.Headers.Location!).AbsoluteUri;
    }

    /// <summary>Starts a sign-in and gives the address of the provider's authorization page.</summary>
    public Task<string> StartAsync(string upstream, string more = "") =>
        NextAsync($"/signin/start?agency={upstream}&returnUrl={Uri.EscapeDataString(Identity.Tests.Browser.AuthorizeUrl())}{more}");

    /// <summary>Goes from the provider's authorization page to the answer that it sends to this server, without delivering it.</summary>
    public async Task<string> AnswerOfAsync(string authorize, string? recipe = null)
    {
        string next = recipe is null ? authorize : QueryHelpers.AddQueryString(authorize, "recipe", WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(recipe)));
        for (int hops = 0; !next.StartsWith(_server.Url.AbsoluteUri, StringComparison.Ordinal); hops++)
        {
            Assert.True(hops < 8, "Expected the provider to come back, but it goes on and on.");
            next = await NextAsync(next);
        }
        return next;
    }

    /// <summary>From the choice of an agency to this server's last word on it.</summary>
    public async Task<(HttpStatusCode Status, string Page)> SignInAsync(string upstream, string? recipe = null, string more = "") =>
        await ReadAsync(await AnswerOfAsync(await StartAsync(upstream, more), recipe));

    public static string StartOf(string link) => link.Replace("?", "/start?", StringComparison.Ordinal);

    /// <summary>Opens the link to try an enrolment, and signs in.</summary>
    public async Task TryAsync(string link)
    {
        (HttpStatusCode status, string page) = await ReadAsync(await AnswerOfAsync(await NextAsync(StartOf(link))));
        Assert.True(status == HttpStatusCode.OK && page.Contains("The sign-in works", StringComparison.Ordinal), page);
    }

    /// <summary>Drops the session, as if the browser had never signed in.</summary>
    public void Forget()
    {
        foreach (Cookie cookie in Cookies.GetCookies(_server.Url))
        {
            cookie.Expired |= cookie.Name == "assize-identity";
        }
    }

    public void Dispose() => _http.Dispose();
}
