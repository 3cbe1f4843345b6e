using System.Net;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Pages.Designer.Rehearsals;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

// Of one workflow one text is rehearsed at a time.
[Collection("Rehearsals")]
public sealed class RehearsalPageTests(HostFixture host)
{
    private const string One = "/designer/rehearsals/{id}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(One, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => await ExpectAsync(expected, subject, $"/designer/rehearsals/{await RehearsedAsync()}");

    [Fact]
    [TestsPage(One, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_IsRefused() => await ExpectAsync(HttpStatusCode.Forbidden, Cast.Lawyer, $"/designer/rehearsals/{await RehearsedAsync()}");

    [Fact]
    [TestsPage(One, PageCase.UnknownId)]
    public async Task Get_OfAnUnknownRehearsal_IsNotThere() => await ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/rehearsals/none");

    [Fact]
    [TestsPage(One, PageCase.WrongState)]
    public async Task Get_OfAListThatItDoesNotHave_SaysSo()
    {
        var path = $"/designer/rehearsals/{await RehearsedAsync()}";

        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Cast.ProcessOwner, $"{path}?kind=worse");
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Cast.ProcessOwner, $"{path}?kind=same&cursor=nonsense");
    }

    [Fact]
    [TestsPage(One, PageCase.HappyPath)]
    public async Task Get_OfAFinishedOne_CountsAllCases_AndNamesThoseThatTheReaderMaySee()
    {
        var path = $"/designer/rehearsals/{await RehearsedAsync()}";
        using var owner = host.Client(Cast.ProcessOwner);

        using var shown = await owner.GetAsync($"{path}?kind=needs-mapping", Stop);
        var page = await shown.PageAsync();

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var counts = page.QuerySelector("table")!.QuerySelectorAll("tbody tr").Select(row => int.Parse(row.QuerySelector("td:last-child")!.TextContent, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(counts[2] > 0, string.Join(", ", counts));
        Assert.Contains("m4-renamed", page.Body!.TextContent, StringComparison.Ordinal);
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var theirs = await host.Host.Services.GetRequiredService<IAccessEvaluator>().VisibleCases(db, new Caller(Cast.ProcessOwner, "liverpool-magistrates", [], "Polly Gorse", false, "tests")).Select(file => file.Urn).ToListAsync(Stop);
        Assert.All(page.QuerySelectorAll("main a[href^='/cases/']"), link => Assert.Contains(link.TextContent, theirs));
    }

    [Fact]
    public async Task Rehearse_OnThePageOfAPublication_IsSeenThere()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        using var drawn = await owner.PostFormAsync("/designer", "", ("name", $"Rehearsed {Guid.NewGuid():n}"));
        var id = drawn.Headers.Location!.OriginalString.Split('/')[^1];
        await owner.AskToPublishAsync(id);
        var path = await PublicationOfAsync(id);

        using var begun = await second.PostFormAsync(path, "rehearse");
        await RunAsync(begun.Headers.Location!.OriginalString.Split('/')[^1]);
        using var shown = await second.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        Assert.Contains("Would be stranded", (await shown.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        await ExpectAsync(HttpStatusCode.OK, Cast.SecondOwner, begun.Headers.Location.OriginalString);
    }

    [Fact]
    public async Task Rehearse_OfADraftAndOfAVersion_OnThePageOfVersions_IsFoundWhereItIsVerified()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var reader = host.Client(Cast.Lawyer);
        using var drawn = await owner.PostFormAsync("/designer", "", ("name", $"Tried {Guid.NewGuid():n}"));
        var id = drawn.Headers.Location!.OriginalString.Split('/')[^1];

        using var begun = await owner.PostFormAsync($"/designer/versions/{id}", "rehearse");
        await RunAsync(begun.Headers.Location!.OriginalString.Split('/')[^1]);
        using var verified = await owner.GetAsync($"/designer/verify/{id}", Stop);
        using var found = await owner.GetAsync(begun.Headers.Location.OriginalString, Stop);
        using var published = await owner.PostFormAsync("/designer/versions/intake", "rehearse");
        await RunAsync(published.Headers.Location!.OriginalString.Split('/')[^1]);
        using var verifiedByAnother = await reader.GetAsync("/designer/verify/intake", Stop);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (begun.StatusCode, published.StatusCode));
        Assert.Contains("All of them could go on", (await verified.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Once this version is published exactly so", (await found.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("See what it found", (await verifiedByAnother.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<string> PublicationOfAsync(string definitionId)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        return $"/designer/publications/{await db.PublicationRequests.Where(x => x.DefinitionId == definitionId).Select(x => x.Id).SingleAsync(Stop)}";
    }

    // The newest version with a step called otherwise, which every case waits for or has gone past.
    private async Task<string> RehearsedAsync()
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var newest = (await PublishedVersions.LiveNumbersAsync(db, "mags-charged", Stop))[0];
        var text = (await PublishedVersions.TextAsync(db, "mags-charged", newest, Stop))!.Replace("\"m4-serve-initial-details\"", "\"m4-renamed\"", StringComparison.Ordinal);
        var caller = new Caller(Cast.ProcessOwner, "liverpool-magistrates", [], "Polly Gorse", false, "tests");
        var answer = await host.Host.Services.GetRequiredService<RehearsalRun>().BeginAsync(caller, DefinitionReader.Read(JsonNode.Parse(text)!.ToJsonString()), Stop);
        await RunAsync(answer.Id!);
        return answer.Id!;
    }

    private async Task RunAsync(string id) => await host.Host.Services.GetRequiredService<RunOperations>().RunTurnAsync(id, TimeSpan.FromMinutes(1), Stop);

    private async Task ExpectAsync(HttpStatusCode expected, string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, Stop);
        Assert.Equal(expected, answer.StatusCode);
    }
}
