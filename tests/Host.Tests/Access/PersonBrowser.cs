using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>One person's browser beside an <see cref="AccessHost"/>: it follows redirects, keeps cookies and chooses a name when asked.</summary>
public sealed class PersonBrowser : IDisposable
{
    private readonly AccessHost _host;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _following, _stopping;

    public PersonBrowser(AccessHost host)
    {
        _host = host;
        _following = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies });
        _stopping = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false });
    }

    public string Cookie(string name) => _cookies.GetCookies(_host.Url)[name]?.Value ?? "";

    public void Plant(string name, string value) => _cookies.Add(_host.Url, new Cookie(name, value));

    /// <summary>Opens a page of the host, signs in on the way, and reads what it says.</summary>
    public async Task<JsonNode> SignInAsync(string page, string subject)
    {
        string signIn = await _following.GetStringAsync(new Uri(_host.Url, page), TestContext.Current.CancellationToken);
        IHtmlFormElement form = new HtmlParser().ParseDocument(signIn).Forms.Single();
        Dictionary<string, string> fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["subject"] = subject;
        using FormUrlEncodedContent content = new(fields);
        using HttpResponseMessage answer = await _following.PostAsync(new Uri(_host.IdentityUrl, "/signin"), content, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<HttpStatusCode> StatusAsync(Uri page)
    {
        using HttpResponseMessage answer = await _stopping.GetAsync(page, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public async Task<JsonNode> ReadAsync(Uri page) => JsonNode.Parse(await _stopping.GetStringAsync(page, TestContext.Current.CancellationToken))!;

    public void Dispose()
    {
        _following.Dispose();
        _stopping.Dispose();
    }
}
