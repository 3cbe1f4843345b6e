using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Pages.Access;

/// <summary>The page from which one goes to everything about access: each sees what is theirs.</summary>
[SparesPage("/access", PageCase.UnknownId, "no id in the address")]
[SparesPage("/access", PageCase.WrongState, "it only shows where to go")]
public sealed class StartOfAccessPageTests(HostFixture host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/access", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrByASystem_IsRefused()
    {
        foreach (var subject in (string?[])[null, Cast.Roleless, Cast.PoliceSystem])
        {
            using var client = host.Client(subject);
            using var answer = await client.GetAsync("/access", Stop);
            Assert.Equal(subject is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(Cast.Lawyer, "/access/why", "/access/people")]
    [InlineData(Cast.AgencyAdmin, "/access/people", "/access/enrolments")]
    [InlineData(Cast.PrivacyOfficer, "/access/proposals", "/access/people")]
    [InlineData(Cast.Approver, "/access/proposals", "/access/enrolments")]
    [InlineData(Cast.PlatformAdmin, "/access/enrolments", "/access/why")]
    [TestsPage("/access", PageCase.HappyPath)]
    public async Task Get_LeadsEachToWhatIsTheirs(string subject, string leads, string doesNot)
    {
        using var client = host.Client(subject);

        using var answer = await client.GetAsync("/access", Stop);

        var links = (await answer.PageAsync()).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Contains(leads, links);
        Assert.DoesNotContain(doesNot, links);
    }

    [Fact]
    public async Task RoleOnOneCase_OpensThatCase_AndNoPageThatIsAboutNone()
    {
        var urn = await host.OpenCaseAsync();
        await NameAsync(urn, Roles.ProcessOwner);
        using var client = host.Client(Cast.OnOneCase);

        using var named = await client.GetAsync($"/cases/{urn}", Stop);
        using var other = await client.GetAsync($"/cases/{host.Urn}", Stop);
        using var list = await client.GetAsync("/cases", Stop);
        using var access = await client.GetAsync("/access", Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (named.StatusCode, other.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (list.StatusCode, access.StatusCode));
        foreach (var path in (string[])["/designer", "/designer/publications", "/operations", "/access/requests", "/access/emergency", "/access/audit", "/elsa/api/workflow-definitions"])
        {
            using var answer = await client.GetAsync(path, Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"Expected {path} to be shut, but it answered {(int)answer.StatusCode}.");
        }
    }

    private async Task NameAsync(string urn, string role)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var file = await db.Cases.SingleAsync(x => x.Urn == urn, Stop);
        db.Add(new AccessGrant
        {
            Id = $"role-{urn}",
            UnitId = file.Id,
            Kind = GrantKind.Case,
            State = GrantState.Live,
            Subject = Cast.OnOneCase,
            PersonId = Cast.OnOneCase,
            Agency = "cps-mersey-cheshire",
            Role = role,
            CaseId = file.Id,
            MaxClassification = "private",
            LiveAt = DateTimeOffset.UtcNow.AddMinutes(-1),
            Reason = "Helps with this case",
            RequestedBy = Cast.OtherAdmin,
            RequestedPerson = Cast.OtherAdmin,
            RequestedAgency = "cps-mersey-cheshire",
            RequestedAt = DateTimeOffset.UtcNow,
        });
        await db.SaveChangesAsync(Stop);
    }
}
