using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
[SparesPage("/access/audit/accounts", PageCase.UnknownId, "No id in the address.")]
public sealed class AccountRecordsPageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/audit/accounts", PageCase.HappyPath)]
    public async Task Records_OfAnAccount_AreFoundByItsName()
    {
        var (subject, name) = await host.PersonAsync();
        using var carol = await host.BrowserAsync(Carol);
        using var suspended = await carol.PostFormAsync($"/access/people/{subject}/status?to=suspended", "status", ("reason", Reason));
        Assert.Equal(HttpStatusCode.Found, suspended.StatusCode);
        using var lena = await host.BrowserAsync(Lena);

        // The sealer gives a record its number within a second.
        var address = $"/access/audit/accounts?person={Uri.EscapeDataString(name)}&what=person.status";
        var begun = DateTimeOffset.UtcNow;
        var rows = await lena.RowsAsync(address);
        while (rows.Count == 0 && DateTimeOffset.UtcNow - begun < TimeSpan.FromSeconds(30))
        {
            rows = await lena.RowsAsync(address);
        }

        var row = Assert.Single(rows).TextContent;
        Assert.Contains("Carol Whitfield", row);
        Assert.Contains("Changed an account’s state", row);
        Assert.Contains(Reason, row);
        Assert.Contains(name, row);
        Assert.Empty(await lena.RowsAsync("/access/audit/accounts?person=Helen+Marsh"));
        Assert.NotNull((await lena.MainAsync("/access/audit")).QuerySelector("a[href='/access/audit/accounts']"));
    }

    [Fact]
    [TestsPage("/access/audit/accounts", PageCase.WrongState)]
    public async Task Day_ThatIsNone_KeepsWhatWasTyped()
    {
        using var lena = await host.BrowserAsync(Lena);

        using var wrong = await lena.GetAsync("/access/audit/accounts?person=Sam&from-day=40&from-month=1&from-year=2026", Stop);

        var (status, _, link, main) = await wrong.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#from-day"), (status, link));
        Assert.Equal(("40", "Sam"), (main.QuerySelector("#from-day")!.GetAttribute("value"), main.QuerySelector("#person")!.GetAttribute("value")));
    }

    [Fact]
    [TestsPage("/access/audit/accounts", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_ByWhoeverReadsNoLog_IsRefused()
    {
        var (roleless, _) = await host.RolelessAsync();
        foreach (var subject in (string[])[roleless, Sam])
        {
            using var client = await host.BrowserAsync(subject);
            using var answer = await client.GetAsync("/access/audit/accounts", Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }
}
