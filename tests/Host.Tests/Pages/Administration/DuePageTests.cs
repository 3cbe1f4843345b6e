using System.Net;
using Assize.Host.Tests.Coverage;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

[Collection(DirectoryPages.Name)]
public sealed class DuePageTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access/due", PageCase.HappyPath)]
    public async Task Certify_SeveralOfTheList_WakesThem()
    {
        var (one, oneName) = await DueAsync(-1);
        var (two, twoName) = await DueAsync(-1);
        using var client = await host.BrowserAsync(Carol);
        var chosen = await BoxesAsync(client, oneName, twoName);

        await host.CaseAsync(Police);
        await host.FollowAsync();
        using var shown = await client.PostFormAsync("/access/due?within=14", "due?within", [.. chosen, ("reason", Reason), ("do", "certify")]);
        var told = (await shown.PageAsync()).QuerySelector("main form[action]:not([method=get])")!.TextContent;
        Assert.Matches(@"Would wake: 2[\s\S]+Would gain access \(\d+\):", told);
        Assert.All((string[])[oneName, twoName], name => Assert.Contains(name, told, StringComparison.Ordinal));
        Assert.All(await DatesAsync(one, two), due => Assert.True(due < DateTimeOffset.UtcNow));
        using var done = await client.PostNextAsync(shown, ("step", "save"));

        Assert.Contains("Roles confirmed: 2.", await client.BannerAsync(done));
        Assert.All(await DatesAsync(one, two), due => Assert.True(due > DateTimeOffset.UtcNow.AddDays(100)));
    }

    [Fact]
    public async Task End_SeveralOfTheList_EndsThem()
    {
        var (one, name) = await DueAsync(2);
        using var client = await host.BrowserAsync(Carol);

        await host.CaseAsync(Police);
        await host.FollowAsync();

        using var shown = await client.PostFormAsync("/access/due?within=14", "due?within", [.. await BoxesAsync(client, name), ("reason", Reason), ("do", "end")]);
        Assert.Null(await host.ReadAsync(db => db.HomeRoles.Where(role => role.Subject == one).Select(role => role.To).SingleAsync(Stop)));
        Assert.Matches(@"Would lose the role: 1\s+" + name + @"[\s\S]+Would lose access \(\d+\):\s+" + name, (await shown.PageAsync()).QuerySelector("main form[action]:not([method=get])")!.TextContent);
        using var done = await client.PostNextAsync(shown, ("step", "save"));

        Assert.Contains("Roles ended: 1.", await client.BannerAsync(done));
        Assert.NotNull(await host.ReadAsync(db => db.HomeRoles.Where(role => role.Subject == one).Select(role => role.To).SingleAsync(Stop)));
    }

    [Fact]
    [TestsPage("/access/due", PageCase.WrongState)]
    public async Task Post_WithNothingChosen_OrNoReason_KeepsWhatWasChosen()
    {
        var (subject, name) = await DueAsync(3);
        using var client = await host.BrowserAsync(Carol);

        using var nothing = await client.PostFormAsync("/access/due?within=14", "due?within", ("reason", Reason), ("do", "certify"));
        using var unreasoned = await client.PostFormAsync("/access/due?within=14", "due?within", [.. await BoxesAsync(client, name), ("do", "certify")]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#chosen"), ((await nothing.RefusedAsync()).Status, (await nothing.RefusedAsync()).Link));
        var (status, _, link, main) = await unreasoned.RefusedAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#reason"), (status, link));
        Assert.True(main.QuerySelector($"input[value^='{subject} ']")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task Get_ShowsOnesOwn_WithoutABox()
    {
        using var client = await host.BrowserAsync(Carol);

        var rows = await client.RowsAsync("/access/due?within=180");

        var own = rows.FirstOrDefault(row => row.TextContent.Contains("Carol Whitfield", StringComparison.Ordinal));
        Assert.NotNull(own);
        Assert.Null(own.QuerySelector("input"));
    }

    private Task<(string Subject, string Name)> DueAsync(int days) =>
        host.PersonAsync(["case-builder"], change: account => account.Roles[0].RecertifyBy = DateTimeOffset.UtcNow.AddDays(days));

    private static async Task<IReadOnlyList<(string, string)>> BoxesAsync(HttpClient client, params string[] names) =>
        [.. (await client.RowsAsync("/access/due?within=14")).Where(row => names.Any(name => row.QuerySelector("th")!.TextContent.Trim() == name))
            .Select(row => ("chosen", row.QuerySelector("input")!.GetAttribute("value")!))];

    private Task<List<DateTimeOffset?>> DatesAsync(params string[] subjects) =>
        host.ReadAsync(db => db.HomeRoles.Where(role => subjects.Contains(role.Subject)).Select(role => role.RecertifyBy).ToListAsync(Stop));
}
