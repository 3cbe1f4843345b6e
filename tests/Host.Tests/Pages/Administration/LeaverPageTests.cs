using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>What is personal of somebody who left is erased by two administrators.</summary>
[Collection(DirectoryPages.Name)]
[SparesPage("/access/leavers", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/leavers", PageCase.WrongState, "It only shows what there is.")]
public sealed class LeaverPageTests(DirectoryHost host)
{
    private const string Index = "/access/leavers";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/people/{subject}/erase", PageCase.HappyPath)]
    [TestsPage("/access/leavers", PageCase.HappyPath)]
    [TestsPage("/access/leavers/{id}", PageCase.WrongState, PageCase.HappyPath)]
    public async Task Erasure_AskedByOne_AndDecidedByAnother_TakesTheName()
    {
        var (subject, name) = await host.PersonAsync(status: AccountStatus.Left, change: account => account.Title = "Secretary");
        using var carol = await host.BrowserAsync(Carol);
        using var imran = await host.BrowserAsync(Imran);
        Assert.Contains("Erase what is personal", (await carol.MainAsync($"/access/people/{subject}")).TextContent, StringComparison.Ordinal);

        using var asked = await carol.PostFormAsync($"/access/people/{subject}/erase", "erase", ("reason", Reason));
        Assert.Contains("You asked for the erasure.", await carol.BannerAsync(asked));
        var link = (await carol.RowsAsync(Index)).Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        Assert.Null((await carol.MainAsync(link)).QuerySelector("form"));
        using var naming = await imran.PostFormAsync(link, "leavers", ("decision", "approve"), ("reason", $"{name} asked for it."));
        using var done = await imran.PostFormAsync(link, "leavers", ("decision", "approve"), ("reason", Reason));

        var (status, summary, field, kept) = await naming.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#reason"), (status, field));
        Assert.Contains("does not name the person", summary, StringComparison.Ordinal);
        Assert.Equal($"{name} asked for it.", kept.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Contains("What was personal is erased.", await imran.BannerAsync(done));
        var after = await imran.MainAsync(link);
        Assert.Null(after.QuerySelector("form"));
        Assert.Contains("Somebody whose name is erased", after.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(name, (await imran.MainAsync(Index)).TextContent, StringComparison.Ordinal);
        var left = await imran.MainAsync($"/access/people/{subject}");
        Assert.Equal("Somebody whose name is erased", left.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("Secretary", left.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Erase what is personal", left.TextContent, StringComparison.Ordinal);
        using var again = await imran.GetAsync($"/access/people/{subject}/erase", Stop);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("This was erased before.", (await again.RefusedAsync()).Summary, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/access/people/{subject}/erase", PageCase.WrongState)]
    public async Task Erasure_OfWhoeverIsHere_OrAskedTwice_OrRefused_ErasesNothing()
    {
        var (here, _) = await host.PersonAsync();
        var (left, name) = await host.PersonAsync(status: AccountStatus.Left);
        using var carol = await host.BrowserAsync(Carol);
        using var imran = await host.BrowserAsync(Imran);

        using var early = await carol.GetAsync($"/access/people/{here}/erase", Stop);
        using var asked = await carol.PostFormAsync($"/access/people/{left}/erase", "erase", ("reason", Reason));
        using var twice = await imran.PostFormAsync($"/access/people/{left}/erase", "erase", ("reason", Reason));
        var link = (await imran.RowsAsync(Index)).Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var refused = await imran.PostFormAsync(link, "leavers", ("decision", "refuse"), ("reason", Reason));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (early.StatusCode, twice.StatusCode));
        Assert.Contains("Record that they have left first", (await early.RefusedAsync()).Summary, StringComparison.Ordinal);
        Assert.Contains("waits for another administrator", (await twice.RefusedAsync()).Summary, StringComparison.Ordinal);
        Assert.Contains("Nothing was erased.", await imran.BannerAsync(refused));
        Assert.Contains(name, (await imran.MainAsync(link)).TextContent, StringComparison.Ordinal);
    }
}
