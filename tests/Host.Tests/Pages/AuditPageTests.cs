using System.Net;
using Assize.Audit;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages;

[SparesPage("/access/audit", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/audit/export", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access/audit/roots/{stream}", PageCase.WrongState, "it only gives what there is")]
public sealed class AuditPageTests(HostFixture host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/access/audit")]
    [InlineData("/access/audit/export")]
    [InlineData("/access/audit/accounts/log")]
    [InlineData("/access/audit/roots/merseyside-police")]
    [TestsPage("/access/audit", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/audit/export", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/audit/accounts/{what}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/audit/roots/{stream}", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutTheRole_IsRefused(string path)
    {
        foreach (var subject in (string[])[Cast.Roleless, Cast.CaseBuilder, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    [TestsPage("/access/audit", PageCase.HappyPath)]
    public async Task Get_ByAPrivacyOfficer_ShowsTheirOwnPeopleByName()
    {
        using var client = host.Client(Cast.PrivacyOfficer);

        using var answer = await client.GetAsync($"/access/audit?case={host.Urn}", Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Audit log", (await answer.PageAsync()).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Get_OfACaseOthersWorkedOn_NamesNobodyOfThem()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, "reviewing-lawyer");
        using var lawyer = host.Client(Cast.Lawyer);
        using var claimed = await lawyer.PostFormAsync($"/task/{task.Id}", "claim");
        using var owner = host.Client(Cast.PrivacyOfficer);
        using var home = host.Client(Cast.OtherPrivacyOfficer);

        using var seenByOwner = await owner.GetAsync($"/access/audit?case={urn}", Stop);
        using var seenAtHome = await home.GetAsync($"/access/audit?case={urn}&what=task.claim", Stop);

        var cells = (await seenByOwner.PageAsync()).QuerySelector("main table")!.TextContent;
        Assert.Contains("Somebody at cps-mersey-cheshire", cells);
        Assert.DoesNotContain("Lena", cells);
        Assert.Contains("Lena Ash", (await seenAtHome.PageAsync()).QuerySelector("main table")!.TextContent);
    }

    [Theory]
    [InlineData("cursor=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("from-day=31&from-month=2&from-year=2026", HttpStatusCode.UnprocessableEntity)]
    [InlineData("person=nobody-at-all", HttpStatusCode.OK)]
    [TestsPage("/access/audit", PageCase.WrongState)]
    public async Task Get_OfASearch_SaysWhatIsWrong(string query, HttpStatusCode expected)
    {
        using var client = host.Client(Cast.PrivacyOfficer);

        using var answer = await client.GetAsync($"/access/audit?{query}", Stop);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("elsewhere-defence")]
    [InlineData("no-such-agency")]
    [TestsPage("/access/audit/roots/{stream}", PageCase.UnknownId)]
    public async Task Get_RootsOfAnotherAgency_LookAbsent(string stream)
    {
        using var client = host.Client(Cast.PrivacyOfficer);

        using var answer = await client.GetAsync($"/access/audit/roots/{stream}", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/access/audit/export", PageCase.WrongState)]
    public async Task Export_FromBeforeTheFirstRecord_IsRefused_AndNotRecorded()
    {
        using var client = host.Client(Cast.OtherPrivacyOfficer);

        using var answer = await client.GetAsync("/access/audit/export?from=0", Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        Assert.False(await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "audit.export" && entry.Actor == Cast.OtherPrivacyOfficer, Stop));
    }

    [Fact]
    [TestsPage("/access/audit/export", PageCase.HappyPath)]
    [TestsPage("/access/audit/roots/{stream}", PageCase.HappyPath)]
    public async Task Downloads_OfAnAgency_VerifyWithoutTheDatabase_AndTheWitnessHasTheRoots()
    {
        await host.OpenCaseAsync();
        await host.Host.Services.GetRequiredService<AuditSealer>().RunAsync(Stop);
        await host.Host.Services.GetRequiredService<AuditRoots>().RunAsync(Stop);
        using var client = host.Client(Cast.PrivacyOfficer);

        var export = await client.GetStringAsync("/access/audit/export", Stop);
        var roots = await client.GetStringAsync("/access/audit/roots/merseyside-police", Stop);

        using var reader = new StringReader(export);
        var verification = await Verifier.RunAsync(reader, new RootBook([roots], []), Stop);
        Assert.Empty(verification.Findings);
        Assert.True(verification is { Records: > 0, Roots: > 0 });
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        Assert.Equal("cps-mersey-cheshire", await db.Set<AuditRoot>().Where(root => root.Stream == "merseyside-police")
            .Select(root => root.Witness).FirstAsync(Stop));
        using var witness = host.Client(Cast.OtherPrivacyOfficer);
        Assert.Equal(roots, await witness.GetStringAsync("/access/audit/roots/merseyside-police", Stop));
        Assert.Equal(roots, await (host.Client(Cast.PoliceSystem)).GetStringAsync("/api/v1/audit/roots/merseyside-police", Stop));
    }
    [Fact]
    public async Task AssizesOwnLog_VerifiesForWhoeverRunsThePlatform_AndTheDownloadIsRecorded()
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        db.Add(AuditLog.Entry(Guid.NewGuid().ToString("n"), DateTimeOffset.UtcNow, Caller.Assize, "timer.fire", ("timer", "t-1")));
        await db.SaveChangesAsync(Stop);
        await host.Host.Services.GetRequiredService<AuditSealer>().RunAsync(Stop);
        await host.Host.Services.GetRequiredService<AuditRoots>().RunAsync(Stop);
        using var client = host.Client(Cast.PlatformAdmin);

        var export = await client.GetStringAsync("/access/audit/export?stream=assize", Stop);
        var roots = await client.GetStringAsync("/access/audit/roots/assize", Stop);

        using var reader = new StringReader(export);
        var verification = await Verifier.RunAsync(reader, new RootBook([roots], []), Stop);
        Assert.Empty(verification.Findings);
        Assert.True(verification is { Stream: AuditStream.Assize, Records: > 0, Roots: > 0, Holds: true });
        Assert.Equal(roots, await client.GetStringAsync("/api/v1/audit/roots/assize", Stop));
        Assert.True(await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "audit.export" && entry.Actor == Cast.PlatformAdmin && entry.SubjectId == AuditStream.Assize, Stop));
        using var page = await client.GetAsync("/access/audit", Stop);
        Assert.NotNull((await page.PageAsync()).QuerySelector("a[href='/access/audit/export?stream=assize']"));
    }

    [Fact]
    public async Task AssizesOwnLog_ForEverybodyElse_LooksAbsent_AndNothingIsRecorded()
    {
        foreach (var subject in (string[])[Cast.PrivacyOfficer, Cast.AgencyAdmin])
        {
            using var client = host.Client(subject);
            foreach (var path in (string[])["/access/audit/export?stream=assize", "/access/audit/export?stream=cps-mersey-cheshire", "/access/audit/roots/assize", "/api/v1/audit/roots/assize"])
            {
                using var answer = await client.GetAsync(path, Stop);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{subject} {path}: {answer.StatusCode}");
            }

            using var page = await client.GetAsync("/access/audit", Stop);
            Assert.DoesNotContain("stream=assize", await page.Content.ReadAsStringAsync(Stop));
        }

        foreach (var subject in (string[])[Cast.Roleless, Cast.CaseBuilder, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync("/access/audit/export?stream=assize", Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        Assert.False(await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "audit.export" && entry.SubjectId == AuditStream.Assize && entry.Actor != Cast.PlatformAdmin, Stop));
    }
}
