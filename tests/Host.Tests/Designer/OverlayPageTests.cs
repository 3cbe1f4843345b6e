using System.Net;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Designer.Outline;
using Assize.Host.Tests.Designer.Rules;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

[SparesPage("/designer/overlays", PageCase.UnknownId, "no id in the address")]
[SparesPage("/designer/overlays/differences", PageCase.UnknownId, "no id in the address")]
public sealed class OverlayPageTests(HostFixture host)
{
    private const string Index = "/designer/overlays";
    private const string One = "/designer/overlays/{id}";
    private const string Differences = "/designer/overlays/differences";

    // Of an area without courts of the tests' cases, and of the past: no other test's case takes it.
    private const string Area = "Northumbria";
    private const string Shown = "/designer/overlays/area-northumbria.mags-charged";

    [Fact]
    [TestsPage(Index, PageCase.NoRole)]
    [TestsPage(One, PageCase.NoRole)]
    [TestsPage(Differences, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused()
    {
        foreach (var page in (string[])[Index, Shown, Differences])
        {
            await host.ExpectAsync(HttpStatusCode.Unauthorized, null, page);
            await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.Roleless, page);
        }
    }

    [Fact]
    [TestsPage(Index, PageCase.WrongRole)]
    [TestsPage(One, PageCase.WrongRole)]
    [TestsPage(Differences, PageCase.WrongRole)]
    public async Task Get_ByASystem_IsRefused()
    {
        foreach (var page in (string[])[Index, Shown, Differences])
        {
            await host.ExpectAsync(HttpStatusCode.Forbidden, Cast.PoliceSystem, page);
        }
    }

    [Fact]
    [TestsPage(One, PageCase.UnknownId)]
    public async Task Get_OfAnUnknownOverlay_IsNotThere()
    {
        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/overlays/nobody.mags-charged");
        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.ProcessOwner, "/designer/rules/overlay/nobody.mags-charged");
    }

    [Fact]
    [TestsPage(Index, PageCase.WrongState)]
    [TestsPage(Differences, PageCase.WrongState)]
    public async Task Post_WithoutOwner_AndADayThatIsNone_SayWhatToDo()
    {
        using var owner = host.Client(Cast.ForceOwner);

        using var begun = await owner.PostFormAsync(Index, "", ("owner", ""), ("workflow", "none"));
        using var day = await owner.GetAsync($"{Differences}?on-day=31&on-month=2&on-year=2026", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (begun.StatusCode, day.StatusCode));
        Assert.Contains("Choose whose it is", (await begun.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Enter a day that exists", (await day.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_IsOfferedForWhatOnesRightsReach_AndRefusedForAnythingElse()
    {
        using var owner = host.Client(Cast.ForceOwner);
        using var rightless = host.Client(Cast.RightlessOwner);

        var offered = (await owner.OpenAsync(Index)).QuerySelectorAll("#owner option").OfType<IHtmlOptionElement>().Select(option => option.Value);
        var none = (await rightless.OpenAsync(Index)).QuerySelector("main")!;
        Assert.Equal(["", "force:merseyside-police"], offered);
        Assert.Null(none.QuerySelector("form"));
        Assert.Contains("You hold no drafting right", none.TextContent, StringComparison.Ordinal);

        using var begun = await owner.PostFormAsync(Index, "", ("owner", "area:London"), ("workflow", "mags-charged"));

        Assert.Equal(HttpStatusCode.Conflict, begun.StatusCode);
        Assert.Contains("you hold no drafting right", (await begun.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Index, PageCase.HappyPath)]
    [TestsPage(One, PageCase.HappyPath)]
    [TestsPage(One, PageCase.WrongState)]
    [TestsPage(Differences, PageCase.HappyPath)]
    public async Task An_overlay_is_begun_filled_in_published_looked_at_and_retired()
    {
        await GiveRightsAsync();
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);

        using var begun = await owner.PostFormAsync(Index, "", ("owner", $"area:{Area}"), ("workflow", "mags-charged"));
        Assert.Equal("/designer/rules/overlay/area-northumbria.mags-charged/draft", begun.Headers.Location?.OriginalString);
        var draft = begun.Headers.Location!.OriginalString;
        using var law = await owner.PostFormAsync($"{draft}/operations/new", "operations/new", ("id", "later"), ("does", "due"), ("activity", "m4-serve-initial-details"), ("value", "on hearing"));
        using var refused = await owner.PostFormAsync(draft, "ask");
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Conflict), (law.StatusCode, refused.StatusCode));
        var summary = (await refused.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent;
        Assert.True(summary.Contains("the law requires “Serve the initial details”", StringComparison.Ordinal), summary);

        using var mended = await owner.PostFormAsync($"{draft}/operations/0", "operations/0", ("id", "later"), ("does", "due"), ("activity", "m7-court-preparation"), ("value", "5 working days before hearing"));
        using var about = await owner.PostFormAsync(draft, "about", ("legalReference", "An invented agreement of the area"));
        using var force = host.Client(Cast.ForceOwner);
        Assert.DoesNotContain("Northumbria", (await force.OpenAsync(Index)).QuerySelector("table")?.TextContent ?? "", StringComparison.Ordinal);
        var asked = await PatientlyAsync(() => owner.PostFormAsync(draft, "ask"));
        var waiting = asked.Headers.Location!.OriginalString;
        var page = await second.OpenAsync(waiting);
        Assert.NotNull(page.QuerySelector(".assize-process svg"));
        Assert.Contains("Steps that the law requires", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await PatientlyAsync(() => second.PostFormAsync(waiting, "approve"));

        var list = await owner.OpenAsync(Index);
        var shown = await owner.OpenAsync(Shown);
        var table = await owner.OpenAsync(Differences);
        Assert.Contains("Area: Northumbria", list.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Lets “M7 Prepare the court” be due 5 working days before hearing", shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(shown.QuerySelector(".assize-process svg"));
        Assert.Contains("Is due 5 working days before hearing", table.QuerySelector("table")!.TextContent, StringComparison.Ordinal);

        Assert.Empty((await force.OpenAsync(Shown)).QuerySelectorAll("main form"));

        using var unsaid = await owner.PostFormAsync(Shown, "retire", ("reason", " "));
        using var retired = await owner.PostFormAsync(Shown, "retire", ("reason", "Agreed nationally"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect), (unsaid.StatusCode, retired.StatusCode));
        Assert.Contains("Retired", (await owner.OpenAsync(Index)).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Area: Northumbria", (await owner.OpenAsync(Differences)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    // What the law's steps come to is worked out beside the request: whoever asks again a little later is told.
    private static async Task<HttpResponseMessage> PatientlyAsync(Func<Task<HttpResponseMessage>> post)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await post();
            if (answer.StatusCode == HttpStatusCode.Redirect)
            {
                return answer;
            }

            var said = (await answer.PageAsync()).QuerySelector(".govuk-error-summary")?.TextContent ?? "";
            Assert.True(tries < 20 && said.Contains("still being worked out", StringComparison.Ordinal), said);
        }
    }

    private async Task GiveRightsAsync()
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        await using var db = scope.ServiceProvider.GetRequiredService<CaseDatabase>().CreateDbContext();
        foreach (var subject in (string[])[Cast.ProcessOwner, Cast.SecondOwner])
        {
            if (!await db.DraftingRights.AnyAsync(x => x.Subject == subject && x.Owner == $"area:{Area}", TestContext.Current.CancellationToken))
            {
                db.Add(DraftingRight.First(subject, DefinitionOwner.OfArea(Area), DateTimeOffset.UnixEpoch, "The tests", "Tests"));
            }
        }

        // Somebody has to hold every lane of the workflow.
        if (!await db.Set<HomeRole>().AnyAsync(x => x.Role == Roles.ListingOfficer, TestContext.Current.CancellationToken))
        {
            db.Add(new Person { Subject = "lister@court", Name = "Lil Lister", Agency = "liverpool-magistrates", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = "lister@court", Role = Roles.ListingOfficer, Agency = "liverpool-magistrates", From = DateTimeOffset.UnixEpoch });
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
