using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Assize.Host.Access;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Person = Assize.Workflows.Access.Person;

namespace Assize.Host.Tests.Access;

public sealed class SignInTests(AccessHost host) : IClassFixture<AccessHost>, IDisposable
{
    private const string Ruth = "ruth.bellamy@liverpool-magistrates";

    private readonly CookieContainer _cookies = new();
    private readonly List<IDisposable> _open = [];

    [Fact]
    public async Task Page_WithoutSignIn_LeadsThroughTheIdentityServer_AndBack()
    {
        using HttpClient browser = Browser();

        JsonNode who = await SignInAsync(browser, "/who");

        Assert.Equal(Ruth, (string)who["subject"]!);
        Assert.Equal("liverpool-magistrates", (string)who["agency"]!);
        Assert.Equal("Ruth Bellamy", (string)who["displayName"]!);
        Assert.False((bool)who["isSystem"]!);
        string[] names = [.. _cookies.GetCookies(host.Url).Select(cookie => cookie.Name)];
        Assert.Contains("assize-host", names);
        Assert.Contains("assize-identity", names);
    }

    [Fact]
    public async Task SignOut_OfAPerson_EndsBothSessions()
    {
        using HttpClient browser = Browser();
        await SignInAsync(browser, "/who");
        string token = await browser.GetStringAsync(new Uri(host.Url, "/form"), TestContext.Current.CancellationToken);
        using FormUrlEncodedContent form = new([KeyValuePair.Create("__RequestVerificationToken", token.Trim('"'))]);

        using HttpResponseMessage answer = await browser.PostAsync(new Uri(host.Url, "/signout"), form, TestContext.Current.CancellationToken);

        string[] names = [.. _cookies.GetCookies(host.Url).Select(cookie => cookie.Name)];
        Assert.DoesNotContain("assize-host", names);
        Assert.DoesNotContain("assize-identity", names);
        using HttpResponseMessage again = await browser.GetAsync(new Uri(host.Url, "/who"), TestContext.Current.CancellationToken);
        Assert.Equal("/signin", again.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task SignOut_WithoutTheFormsToken_IsRefused()
    {
        using HttpClient browser = Browser();
        await SignInAsync(browser, "/who");
        using FormUrlEncodedContent form = new([]);

        using HttpResponseMessage answer = await browser.PostAsync(new Uri(host.Url, "/signout"), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull(_cookies.GetCookies(host.Url)["assize-host"]);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task SignIn_WithAForeignReturnUrl_EndsAtHome(string returnUrl)
    {
        using HttpClient browser = Browser();

        using HttpResponseMessage end = await ChooseAsync(browser, $"/signin?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(new Uri(host.Url, "/"), end.RequestMessage!.RequestUri);
    }

    [Fact]
    public async Task Callback_WithAForgedState_SignsNobodyIn()
    {
        using HttpClient browser = Browser();

        using HttpResponseMessage answer = await browser.GetAsync(new Uri(host.Url, "/signin/callback?code=stolen&state=forged"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(_cookies.GetCookies(host.Url)["assize-host"]);
    }

    [Fact]
    public async Task Api_WithACookieOnly_Is401()
    {
        using HttpClient browser = Browser();
        await SignInAsync(browser, "/who");

        using HttpResponseMessage answer = await browser.GetAsync(new Uri(host.Url, "/api/who"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Api_WithASystemsToken_KnowsTheSystem_UntilItsTokenIsRevoked()
    {
        (string token, string id, string secret) = await SystemTokenAsync();
        using HttpClient api = Browser();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        JsonNode who = (await api.GetFromJsonAsync<JsonNode>(new Uri(host.Url, "/api/who"), TestContext.Current.CancellationToken))!;
        await PostAsync("/connect/revoke", ("token", token), ("client_id", id), ("client_secret", secret));

        Assert.Equal(id, (string)who["subject"]!);
        Assert.True((bool)who["isSystem"]!);
        Assert.Equal("merseyside-police", (string)who["agency"]!);
        DateTimeOffset start = DateTimeOffset.UtcNow;
        HttpStatusCode status = HttpStatusCode.OK;
        while (status == HttpStatusCode.OK && DateTimeOffset.UtcNow - start < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            using HttpResponseMessage answer = await api.GetAsync(new Uri(host.Url, "/api/who"), TestContext.Current.CancellationToken);
            status = answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.True(DateTimeOffset.UtcNow - start < TimeSpan.FromSeconds(20), "Expected a revoked token to die within five seconds and the slack of a slow machine.");
    }

    [Fact]
    public async Task Directory_WhenPulled_IsTheReadCopy_AndFollowsChanges()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        DirectoryReader reader = host.Services.GetRequiredService<DirectoryReader>();
        await reader.PullAsync(ct);
        await using (AsyncServiceScope scope = host.Identity.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().SetStatusAsync("tom.rimmer@merseyside-police", AccountStatus.Left, ct);
        }
        await reader.PullAsync(ct);

        await using Workflows.Storage.CaseDb db = host.Cases.Context();
        Assert.Equal(5, await db.Set<Workflows.Access.Agency>().CountAsync(ct));
        Assert.Equal("left", (await db.Set<Person>().SingleAsync(person => person.Subject == "tom.rimmer@merseyside-police", ct)).Status);
        Assert.True((await db.Set<Person>().SingleAsync(person => person.Subject == "merseyside-police-case-system", ct)).IsSystem);
    }

    public void Dispose() => _open.ForEach(open => open.Dispose());

    private async Task<JsonNode> SignInAsync(HttpClient browser, string page)
    {
        using HttpResponseMessage end = await ChooseAsync(browser, page);
        Assert.Equal(HttpStatusCode.OK, end.StatusCode);
        return JsonNode.Parse(await end.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Follows redirects to the list of people, chooses one, and follows redirects to the end.</summary>
    private async Task<HttpResponseMessage> ChooseAsync(HttpClient browser, string page)
    {
        using HttpResponseMessage list = await browser.GetAsync(new Uri(host.Url, page), TestContext.Current.CancellationToken);
        Assert.Equal("/signin", list.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(host.IdentityUrl.Port, list.RequestMessage.RequestUri.Port);
        IHtmlFormElement form = new HtmlParser().ParseDocument(await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Forms.Single();
        Dictionary<string, string> fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["subject"] = Ruth;
        using FormUrlEncodedContent content = new(fields);
        return await browser.PostAsync(new Uri(host.IdentityUrl, "/signin"), content, TestContext.Current.CancellationToken);
    }

    private async Task<(string Token, string Id, string Secret)> SystemTokenAsync()
    {
        JsonNode file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(host.DataFolder, "demo-client.json"), TestContext.Current.CancellationToken))!;
        (string id, string secret) = ((string)file["client_id"]!, (string)file["client_secret"]!);
        JsonNode answer = await PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", id), ("client_secret", secret));
        return ((string)answer["access_token"]!, id, secret);
    }

    private async Task<JsonNode> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using HttpClient http = new();
        using FormUrlEncodedContent form = new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using HttpResponseMessage answer = await http.PostAsync(new Uri(host.IdentityUrl, path), form, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(text.Length == 0 ? "{}" : text)!;
    }

    private HttpClient Browser()
    {
        SocketsHttpHandler handler = new() { CookieContainer = _cookies };
        _open.Add(handler);
        return new HttpClient(handler, disposeHandler: false);
    }
}
