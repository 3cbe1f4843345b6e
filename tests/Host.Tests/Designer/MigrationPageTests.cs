using System.Net;
using Assize.Engine.Definitions;
using Assize.Host.Pages.Designer.Rehearsals;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Rules;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

// Of one workflow one text is rehearsed at a time.
[Collection("Rehearsals")]
public sealed class MigrationPageTests(HostFixture host)
{
    private const string Plan = "/designer/migrations/new";
    private const string One = "/designer/migrations/{id}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(Plan, PageCase.NoRole)]
    [TestsPage(One, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => await BothAsync(expected, subject);

    [Fact]
    [TestsPage(Plan, PageCase.WrongRole)]
    [TestsPage(One, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_IsRefused() => await BothAsync(HttpStatusCode.Forbidden, Cast.Lawyer);

    [Fact]
    [TestsPage(Plan, PageCase.UnknownId)]
    [TestsPage(One, PageCase.UnknownId)]
    public async Task Get_OfWhatIsUnknown_IsNotThere()
    {
        await ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/migrations/new?rehearsal=none");
        await ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/migrations/none");
    }

    [Fact]
    [TestsPage(Plan, PageCase.WrongState)]
    [TestsPage(One, PageCase.WrongState)]
    public async Task Begin_WithAMappingThatPointsNowhere_SaysWhere_AndAPageThatIsNotThereIsToldSo()
    {
        var path = $"/designer/migrations/new?rehearsal={await RehearsedAsync()}";
        using var owner = host.Client(Cast.ProcessOwner);

        using var unread = await owner.PostFormAsync(path, "migrations", ("does-1", "renamed"), ("step-1", "m6-defence"));
        using var nowhere = await owner.PostFormAsync(path, "migrations", ("does-1", "withdrawn"), ("step-1", "nowhere"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (unread.StatusCode, nowhere.StatusCode));
        Assert.Contains("takes the place of “m6-defence”", (await unread.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nowhere", (await nowhere.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Cast.ProcessOwner, $"{await BegunAsync()}?cursor=nonsense");
    }

    [Fact]
    [TestsPage(Plan, PageCase.HappyPath)]
    [TestsPage(One, PageCase.HappyPath)]
    public async Task Begin_ThenLook_SaysWhichCasesWereLeft_AndWhy()
    {
        var path = await BegunAsync();
        using var owner = host.Client(Cast.ProcessOwner);

        using var shown = await owner.GetAsync(path, Stop);
        var page = await shown.PageAsync();

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("Completed", page.QuerySelector(".govuk-tag")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("already", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Plan_IsOfferedToWhoeverHoldsTheRight_AndToNobodyElse()
    {
        var rehearsal = await RehearsedAsync();
        using var owner = host.Client(Cast.ProcessOwner);
        using var rightless = host.Client(Cast.RightlessOwner);

        var offered = await owner.OpenAsync($"/designer/rehearsals/{rehearsal}");
        var told = await rightless.OpenAsync($"/designer/rehearsals/{rehearsal}");

        Assert.NotNull(offered.QuerySelector("main a[href^='/designer/migrations/new']"));
        Assert.Null(told.QuerySelector("main a[href^='/designer/migrations/new']"));
        Assert.Contains("You do not hold it.", told.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await ExpectAsync(HttpStatusCode.Forbidden, Cast.RightlessOwner, $"/designer/migrations/new?rehearsal={rehearsal}");
    }

    [Fact]
    public async Task Plan_OfCasesThatNeedAMapping_DrawsWhereTheyPart_AndKeepsWhatWasDecided()
    {
        var rehearsal = await RehearsedAsync(text => text.Replace("m6-defence", "m6-represented", StringComparison.Ordinal));
        var path = $"/designer/migrations/new?rehearsal={rehearsal}";
        using var owner = host.Client(Cast.ProcessOwner);
        using var rightless = host.Client(Cast.RightlessOwner);

        var list = await owner.OpenAsync($"/designer/rehearsals/{rehearsal}?kind=needs-mapping");
        var unseen = await rightless.OpenAsync($"/designer/rehearsals/{rehearsal}?kind=needs-mapping");
        var plan = await owner.OpenAsync(path);
        using var more = await owner.PostFormAsync(path, "migrations", ("does-1", "renamed"), ("step-1", "m6-defence"), ("new-1", "m6-represented"), ("outcome-1", ""), ("step", "more"));
        using var early = await owner.PostFormAsync(path, "migrations", ("does-1", "renamed"), ("step-1", "m6-defence"), ("new-1", "m6-represented"), ("outcome-1", ""));
        using var lawless = await owner.PostFormAsync(path, "migrations", ("does-1", "sold"), ("step-1", "m6-defence"), ("does-2", "begun"), ("step-2", ""));

        Assert.All((AngleSharp.Dom.IParentNode[])[list, plan], page => Assert.Contains("M6", page.QuerySelector("svg .trouble")!.TextContent, StringComparison.Ordinal));
        Assert.Contains("M6", list.QuerySelector("main table:nth-of-type(1) td code")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Null(unseen.QuerySelector("svg .trouble"));
        Assert.Equal("m6-represented", plan.QuerySelector("#step-1 option[selected]")!.GetAttribute("value"));
        var kept = await more.PageAsync();
        Assert.Equal(("m6-defence", "m6-represented"), (kept.QuerySelector("#step-1 option[selected]")!.GetAttribute("value"), kept.QuerySelector("#new-1 option[selected]")!.GetAttribute("value")));
        Assert.NotNull(kept.QuerySelector("#step-2"));
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal("m6-defence", (await early.PageAsync()).QuerySelector("#step-1 option[selected]")!.GetAttribute("value"));
        Assert.Equal(["#does-1", "#step-2"], (await lawless.PageAsync()).QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")!));
    }

    // The cases of this host run on the newest version, so that none of them can move.
    private async Task<string> BegunAsync()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync($"/designer/migrations/new?rehearsal={await RehearsedAsync()}", "migrations");
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var path = begun.Headers.Location!.OriginalString;
        await RunAsync(path.Split('/')[^1]);
        return path;
    }

    private async Task<string> RehearsedAsync(Func<string, string>? change = null)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var newest = (await PublishedVersions.LiveNumbersAsync(db, "mags-charged", Stop))[0];
        var text = (await PublishedVersions.TextAsync(db, "mags-charged", newest, Stop))!;
        var caller = new Caller(Cast.ProcessOwner, "liverpool-magistrates", [], "Polly Gorse", false, "tests");
        var answer = await host.Host.Services.GetRequiredService<RehearsalRun>().BeginAsync(caller, DefinitionReader.Read(change?.Invoke(text) ?? text), Stop);
        Assert.True(answer.Id is not null, $"{answer.Code}: {answer.Message}");
        await RunAsync(answer.Id);
        return answer.Id;
    }

    private async Task RunAsync(string id) => await host.Host.Services.GetRequiredService<RunOperations>().RunTurnAsync(id, TimeSpan.FromMinutes(1), Stop);

    private async Task BothAsync(HttpStatusCode expected, string? subject)
    {
        await ExpectAsync(expected, subject, $"/designer/migrations/new?rehearsal={await RehearsedAsync()}");
        await ExpectAsync(expected, subject, await BegunAsync());
    }

    private async Task ExpectAsync(HttpStatusCode expected, string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, Stop);
        Assert.Equal(expected, answer.StatusCode);
    }
}
