using System.Net;
using Assize.Audit;
using Assize.Host.Tests.Coverage;
using Assize.Host.Tests.Pages.Administration;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

[SparesPage("/access/exclusions/several", PageCase.UnknownId, "no id in the address")]
public sealed class SeveralConflictsPageTests(HostFixture host)
{
    private const string Path = "/access/exclusions/several";
    private const string Why = "They live in the street where it happened.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage(Path, PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrByASystem_IsRefused()
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(Path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage(Path, PageCase.HappyPath)]
    public async Task SeveralPeople_OfOneCase_AreEachRecorded_AndABadLineStays()
    {
        var urn = await host.OpenCaseAsync();
        using var admin = host.Client(Cast.AgencyAdmin);
        using var officer = host.Client(Cast.Officer);

        using var shown = await admin.PostFormAsync(Path, "several", ("people", $"Oli Rowan\nNobody Such\n{Cast.PrivacyOfficer}\noli rowan"), ("cases", urn.ToLowerInvariant()), ("reason", Why));
        var page = await shown.PageAsync();
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(2, page.QuerySelectorAll("#good li").Length);
        Assert.Contains("Line 2, Nobody Such: There is nobody of that name", page.QuerySelector("#bad")!.TextContent);
        Assert.Contains("in the list twice", page.QuerySelector("#bad")!.TextContent);
        Assert.Contains("Oli Rowan", page.QuerySelector(".govuk-inset-text")!.TextContent);
        using var still = await officer.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);

        using var saved = await admin.PostNextAsync(shown, ("step", "save"));
        var left = await saved.PageAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, saved.StatusCode);
        Assert.Contains("Conflicts recorded: 2", left.QuerySelector(".govuk-notification-banner--success")!.TextContent);
        Assert.Equal("Nobody Such\noli rowan", left.QuerySelector("textarea[name=people]")!.TextContent.Trim().ReplaceLineEndings("\n"));
        using var shut = await officer.GetAsync($"/cases/{urn}", Stop);
        Assert.Equal(HttpStatusCode.NotFound, shut.StatusCode);

        // A second click repeats, and records nothing twice.
        using var again = await admin.PostNextAsync(shown, ("step", "save"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal((2, 2), await CountAsync(urn));
    }

    [Fact]
    [TestsPage(Path, PageCase.HappyPath)]
    public async Task SeveralCases_OfOnePerson_AreDeclaredByThemselves()
    {
        var (one, two) = (await host.OpenCaseAsync(), await host.OpenCaseAsync());
        using var builder = host.Client(Cast.CaseBuilder);

        using var shown = await builder.PostFormAsync(Path, "several", ("people", Cast.Officer), ("cases", $"{one}\n\n{two}"), ("reason", Why));
        using var saved = await builder.PostNextAsync(shown, ("step", "save"));

        Assert.Equal("/access/exclusions", saved.Headers.Location!.ToString());
        Assert.Equal(((1, 1), (1, 1)), (await CountAsync(one), await CountAsync(two)));
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        Assert.Equal(2, await db.Set<Exclusion>().CountAsync(row => row.Subject == Cast.CaseBuilder && row.Reason == Why && db.Cases.Any(file => file.Id == row.CaseId && (file.Urn == one || file.Urn == two)), Stop));
    }

    [Fact]
    [TestsPage(Path, PageCase.WrongState)]
    public async Task Lines_ThatCannotBe_AreEachSaid_AndWhatWasWrittenStays()
    {
        var urn = await host.OpenCaseAsync();
        using var admin = host.Client(Cast.AgencyAdmin);

        using var empty = await admin.PostFormAsync(Path, "several");
        using var both = await admin.PostFormAsync(Path, "several", ("people", "a\nb"), ("cases", "c\nd"), ("reason", Why));
        using var unknown = await admin.PostFormAsync(Path, "several", ("people", "Oli Rowan"), ("cases", "05ZD0000000\nZZ"), ("reason", Why));
        using var others = await admin.PostFormAsync(Path, "several", ("people", $"{Cast.Lawyer}\nLena Ash"), ("cases", urn), ("reason", Why));
        using var many = await admin.PostFormAsync(Path, "several", ("people", "Oli Rowan"), ("cases", string.Join('\n', Enumerable.Range(0, 51).Select(number => $"x{number}"))), ("reason", Why));

        Assert.Equal(3, (await empty.PageAsync()).QuerySelectorAll(".govuk-error-summary li").Length);
        Assert.Contains("several cases for one person", (await both.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        var page = await unknown.PageAsync();
        Assert.Equal(["05ZD0000000: There is no case of that reference that you could have a conflict with", "ZZ: There is no case of that reference that you could have a conflict with"],
            page.QuerySelectorAll(".govuk-error-summary li").Select(item => item.TextContent.Trim()));
        Assert.Equal("05ZD0000000\nZZ", page.QuerySelector("textarea[name=cases]")!.TextContent.Trim().ReplaceLineEndings("\n"));
        Assert.Equal(2, (await others.PageAsync()).QuerySelectorAll(".govuk-error-summary li").Length);
        Assert.Contains("50 lines at most", (await many.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal((0, 0), await CountAsync(urn));
    }

    private async Task<(int Conflicts, int Records)> CountAsync(string urn)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleAsync(Stop);
        return (await db.Set<Exclusion>().CountAsync(row => row.CaseId == id, Stop),
            await db.Set<AuditEntry>().CountAsync(entry => entry.CaseId == id && entry.Action == AccessActions.DeclareExclusion, Stop));
    }
}
