using System.Net;
using System.Security.Cryptography;
using AngleSharp.Dom;
using Assize.Host.Tests.Coverage;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
[SparesPage("/access/systems", PageCase.WrongState, "It only shows what there is.")]
[SparesPage("/access/systems", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/systems/new", PageCase.UnknownId, "No id in the address.")]
public sealed class SystemPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/systems", PageCase.HappyPath)]
    [TestsPage("/access/systems/new", PageCase.HappyPath)]
    [TestsPage("/access/systems/{id}", PageCase.HappyPath)]
    [TestsPage("/access/systems/{id}/keys/{keyId}/approve", PageCase.HappyPath, PageCase.WrongState)]
    public async Task System_IsRegisteredByOneAdministrator_AndWorksOnceAnotherApprovedItsKey()
    {
        using var carol = await host.BrowserAsync(Carol);
        using var imran = await host.BrowserAsync(Imran);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var address = await RegisterAsync(carol, "custody", pair);
        var waiting = await KeyRowAsync(carol, address);
        using var own = await carol.GetAsync(Link(waiting, "approve"), Stop);
        using var approved = await imran.PostFormAsync(Link(waiting, "approve"), "approve", ("reason", Reason));
        Assert.Contains("The key works now.", await imran.BannerAsync(approved));
        using var again = await imran.GetAsync(Link(waiting, "approve"), Stop);

        Assert.Contains("To be approved", waiting.TextContent);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (own.StatusCode, again.StatusCode));
        Assert.Contains("custody.merseyside-police", (await carol.RowsAsync("/access/systems")).Single(row => row.TextContent.Contains("Custody system", StringComparison.Ordinal)).TextContent);
        var main = await carol.MainAsync(address);
        Assert.Contains("Approved by Imran Sheikh", main.TextContent);
        Assert.Contains(host.TokenAddress, main.TextContent);
        Assert.Equal("active", await host.StatusAsync("custody.merseyside-police"));
    }

    [Fact]
    [TestsPage("/access/systems/{id}/keys/new", PageCase.HappyPath, PageCase.WrongState)]
    [TestsPage("/access/systems/{id}/keys/{keyId}/remove", PageCase.HappyPath, PageCase.WrongState)]
    public async Task Key_IsAdded_AndRemoved_Once()
    {
        using var carol = await host.BrowserAsync(Carol);
        using ECDsa first = ECDsa.Create(ECCurve.NamedCurves.nistP256), second = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var address = await RegisterAsync(carol, "rotating", first);

        using var none = await carol.PostFormAsync($"{address}/keys/new", "new", ("publicKey", "our key"), ("reason", Reason));
        using var secret = await carol.PostFormAsync($"{address}/keys/new", "new", ("publicKey", second.ExportPkcs8PrivateKeyPem()), ("reason", Reason));
        using var same = await carol.PostFormAsync($"{address}/keys/new", "new", ("publicKey", first.ExportSubjectPublicKeyInfoPem()), ("reason", Reason));
        using var added = await carol.PostFormAsync($"{address}/keys/new", "new", ("publicKey", second.ExportSubjectPublicKeyInfoPem()), ("reason", Reason));
        Assert.Contains("The key is added.", await carol.BannerAsync(added));
        var link = Link(await KeyRowAsync(carol, address), "remove");
        using var unreasoned = await carol.PostFormAsync(link, "remove");
        using var removed = await carol.PostFormAsync(link, "remove", ("reason", Reason));
        Assert.Contains("The key is removed.", await carol.BannerAsync(removed));
        using var again = await carol.GetAsync(link, Stop);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#publicKey"), ((await none.RefusedAsync()).Status, (await none.RefusedAsync()).Link));
        Assert.Contains("This is a private key", (await secret.RefusedAsync()).Summary);
        Assert.Equal(HttpStatusCode.Conflict, (await same.RefusedAsync()).Status);
        Assert.Equal("#reason", (await unreasoned.RefusedAsync()).Link);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("P\u2011384", (await KeyRowAsync(carol, address)).TextContent);
    }

    [Fact]
    [TestsPage("/access/systems/{id}/terms", PageCase.HappyPath, PageCase.WrongState)]
    [TestsPage("/access/systems/{id}/status", PageCase.HappyPath, PageCase.WrongState)]
    [TestsPage("/access/systems/{id}", PageCase.WrongState)]
    public async Task System_IsRenamed_Suspended_Restored_AndRetiredForEver()
    {
        using var carol = await host.BrowserAsync(Carol);
        using var imran = await host.BrowserAsync(Imran);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var address = await RegisterAsync(carol, "passing", pair);
        using var early = await carol.GetAsync($"{address}/status?to=suspended", Stop);
        using var approved = await imran.PostFormAsync(Link(await KeyRowAsync(imran, address), "approve"), "approve", ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, approved.StatusCode);

        using var unnamed = await carol.PostFormAsync($"{address}/terms", "terms", ("name", ""), ("reason", Reason));
        using var renamed = await carol.PostFormAsync($"{address}/terms", "terms", ("name", "Passing through"), ("reason", Reason));
        Assert.Contains("Passing through is changed.", await carol.BannerAsync(renamed));
        await host.CaseAsync(Police);
        await host.FollowAsync();
        Assert.Matches(@"Cases that they would no longer see \(\d+\):", (await carol.MainAsync($"{address}/status?to=suspended")).QuerySelector(".govuk-inset-text")!.TextContent);
        Assert.Equal("active", await host.StatusAsync("passing.merseyside-police"));
        using var suspended = await carol.PostFormAsync($"{address}/status?to=suspended", "status", ("reason", Reason));
        Assert.Contains("is suspended.", await carol.BannerAsync(suspended));
        Assert.Equal("suspended", await host.StatusAsync("passing.merseyside-police"));
        using var restored = await carol.PostFormAsync($"{address}/status?to=active", "status", ("reason", Reason));
        Assert.Contains("works again.", await carol.BannerAsync(restored));
        using var retired = await carol.PostFormAsync($"{address}/status?to=left", "status", ("reason", Reason));
        Assert.Contains("is retired.", await carol.BannerAsync(retired));
        HttpStatusCode[] after = [.. await Task.WhenAll(new[] { "status?to=active", "terms", "keys/new" }.Select(page => StatusAsync(carol, $"{address}/{page}")))];

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal("#name", (await unnamed.RefusedAsync()).Link);
        Assert.All(after, status => Assert.Equal(HttpStatusCode.Conflict, status));
        Assert.Empty((await carol.MainAsync(address)).QuerySelectorAll("a.govuk-button"));
    }

    [Fact]
    [TestsPage("/access/systems/new", PageCase.WrongState)]
    public async Task System_ThatIsRefused_KeepsWhatWasTyped()
    {
        using var carol = await host.BrowserAsync(Carol);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        using var wrong = await carol.PostFormAsync("/access/systems/new", "new", ("name", "Some system"), ("code", "Not A Code"), ("publicKey", pair.ExportSubjectPublicKeyInfoPem()), ("reason", Reason));
        using var keyless = await carol.PostFormAsync("/access/systems/new", "new", ("name", "Some system"), ("code", "some"), ("reason", Reason));

        var (status, _, link, main) = await wrong.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#code"), (status, link));
        Assert.Equal("Not A Code", main.QuerySelector("#code")!.GetAttribute("value"));
        Assert.Contains("BEGIN PUBLIC KEY", main.QuerySelector("#publicKey")!.TextContent);
        Assert.Equal("#publicKey", (await keyless.RefusedAsync()).Link);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/new")]
    [InlineData("/x")]
    [InlineData("/x/terms")]
    [InlineData("/x/status?to=suspended")]
    [InlineData("/x/keys/new")]
    [InlineData("/x/keys/y/approve")]
    [InlineData("/x/keys/y/remove")]
    [TestsPage("/access/systems", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/{id}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/{id}/terms", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/{id}/status", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/{id}/keys/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/{id}/keys/{keyId}/approve", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/systems/{id}/keys/{keyId}/remove", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_ByWhoeverAdministersNoAgency_IsRefused(string path)
    {
        var (roleless, _) = await host.RolelessAsync();
        foreach (var subject in (string[])[roleless, Sam, Lena, Alex])
        {
            using var client = await host.BrowserAsync(subject);
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, "/access/systems" + path));
        }
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}/terms")]
    [InlineData("{0}/status?to=suspended")]
    [InlineData("{0}/keys/new")]
    [InlineData("{0}/keys/y/approve")]
    [InlineData("{0}/keys/y/remove")]
    [InlineData("merseyside-police-case-system/keys/y/approve")]
    [InlineData("merseyside-police-case-system/keys/y/remove")]
    [InlineData("merseyside-police-case-system/status?to=king")]
    [TestsPage("/access/systems/{id}", PageCase.UnknownId)]
    [TestsPage("/access/systems/{id}/terms", PageCase.UnknownId)]
    [TestsPage("/access/systems/{id}/status", PageCase.UnknownId)]
    [TestsPage("/access/systems/{id}/keys/new", PageCase.UnknownId)]
    [TestsPage("/access/systems/{id}/keys/{keyId}/approve", PageCase.UnknownId)]
    [TestsPage("/access/systems/{id}/keys/{keyId}/remove", PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotThere_OrIsAnothers_OrIsAPerson_IsNotFound(string path)
    {
        using var carol = await host.BrowserAsync(Carol);
        foreach (var id in (string[])["nothing.merseyside-police", "cps-mersey-cheshire-case-system", Sam])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(carol, "/access/systems/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id)));
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        return answer.StatusCode;
    }

    private static async Task<string> RegisterAsync(HttpClient client, string code, ECDsa pair)
    {
        using var registered = await client.PostFormAsync("/access/systems/new", "new",
            ("name", $"{char.ToUpperInvariant(code[0])}{code[1..]} system"), ("code", code), ("publicKey", pair.ExportSubjectPublicKeyInfoPem()), ("reason", Reason));
        Assert.Contains("Another administrator approves its key.", await client.BannerAsync(registered));
        return registered.Headers.Location!.OriginalString;
    }

    // The newest key stands first.
    private static async Task<IElement> KeyRowAsync(HttpClient client, string address) => (await client.RowsAsync(address))[0];

    private static string Link(IElement row, string what) =>
        row.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Single(href => href.EndsWith("/" + what, StringComparison.Ordinal));
}
