using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>Who is let into the administration pages at all, and that another agency's things are answered like none.</summary>
[Collection(DirectoryPages.Name)]
[SparesPage("/access/audit/accounts/{what}", PageCase.WrongState, "It only gives what there is.")]
[SparesPage("/access/others", PageCase.WrongState, "It only shows what there is.")]
[SparesPage("/access/agencies", PageCase.WrongState, "It only shows what there is.")]
[SparesPage("/access/provisioning", PageCase.WrongState, "It only shows what there is.")]
[SparesPage("/access/teams", PageCase.WrongState, "It only shows what there is.")]
[SparesPage("/access/others", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/agencies/new", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/agencies/link", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/agencies", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/provisioning/groups/new", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/provisioning/tokens/new", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/provisioning", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/teams/new", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/teams", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/due", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/people/invite", PageCase.UnknownId, "No id in the address.")]
[SparesPage("/access/people", PageCase.UnknownId, "No id in the address.")]
public sealed class AdministrationGateTests(DirectoryHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/access/people")]
    [InlineData("/access/people/invite")]
    [InlineData("/access/people/x")]
    [InlineData("/access/people/x/status?to=suspended")]
    [InlineData("/access/people/x/roles/give")]
    [InlineData("/access/people/x/roles/y/change")]
    [InlineData("/access/people/x/roles/y/end")]
    [InlineData("/access/people/x/sessions/end")]
    [InlineData("/access/people/x/erase")]
    [InlineData("/access/leavers")]
    [InlineData("/access/leavers/x")]
    [InlineData("/access/people/several/suspend")]
    [InlineData("/access/people/several/give")]
    [InlineData("/access/people/several/end")]
    [InlineData("/access/role-requests")]
    [InlineData("/access/role-requests/x")]
    [InlineData("/access/due")]
    [InlineData("/access/sessions")]
    [InlineData("/access/sessions/x/end")]
    [InlineData("/access/teams")]
    [InlineData("/access/teams/new")]
    [InlineData("/access/teams/x")]
    [InlineData("/access/teams/x/add")]
    [InlineData("/access/teams/x/name")]
    [InlineData("/access/teams/x/remove")]
    [InlineData("/access/provisioning")]
    [InlineData("/access/provisioning/tokens/new")]
    [InlineData("/access/provisioning/tokens/x/revoke")]
    [InlineData("/access/provisioning/groups/new")]
    [InlineData("/access/provisioning/groups/x/remove")]
    [InlineData("/access/agencies")]
    [InlineData("/access/agencies/new")]
    [InlineData("/access/agencies/link")]
    [InlineData("/access/agencies/merseyside-police")]
    [InlineData("/access/agencies/merseyside-police/name")]
    [InlineData("/access/agencies/merseyside-police/status?to=suspended")]
    [InlineData("/access/agencies/merseyside-police/administrator")]
    [InlineData("/access/others")]
    [TestsPage("/access/people", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/invite", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}/status", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}/roles/give", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}/roles/{role}/change", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}/roles/{role}/end", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}/sessions/end", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/{subject}/erase", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/leavers", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/leavers/{id}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/several/suspend", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/several/give", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/people/several/end", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/role-requests", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/role-requests/{id}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/due", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/sessions", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/sessions/{id}/end", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/teams", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/teams/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/teams/{id}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/teams/{id}/add", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/teams/{id}/name", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/teams/{id}/remove", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/provisioning", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/provisioning/tokens/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/provisioning/tokens/{id}/revoke", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/provisioning/groups/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/provisioning/groups/{id}/remove", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies/link", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies/new", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies/{id}", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies/{id}/name", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies/{id}/status", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/agencies/{id}/administrator", PageCase.NoRole, PageCase.WrongRole)]
    [TestsPage("/access/others", PageCase.NoRole, PageCase.WrongRole)]
    public async Task Get_WithoutARole_OrWithAnother_IsRefused(string path)
    {
        var (roleless, _) = await host.RolelessAsync();
        foreach (var subject in (string[])[roleless, Sam, .. path.StartsWith("/access/agencies", StringComparison.Ordinal) ? (string[])[Carol] : []])
        {
            using var client = await host.BrowserAsync(subject);
            using var answer = await client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/access/people/{0}")]
    [InlineData("/access/people/{0}/status?to=suspended")]
    [InlineData("/access/people/{0}/roles/give")]
    [InlineData("/access/people/{0}/roles/y/change")]
    [InlineData("/access/people/{0}/roles/y/end")]
    [InlineData("/access/people/{0}/sessions/end")]
    [InlineData("/access/people/{0}/erase")]
    [InlineData("/access/people/several/suspend?subject={0}")]
    [InlineData("/access/people/several/give?subject={0}")]
    [InlineData("/access/people/several/end?subject={0}")]
    [InlineData("/access/sessions?subject={0}")]
    [TestsPage("/access/people/{subject}", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/status", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/roles/give", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/roles/{role}/change", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/roles/{role}/end", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/sessions/end", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/erase", PageCase.UnknownId)]
    [TestsPage("/access/people/several/suspend", PageCase.UnknownId)]
    [TestsPage("/access/people/several/give", PageCase.UnknownId)]
    [TestsPage("/access/people/several/end", PageCase.UnknownId)]
    [TestsPage("/access/sessions", PageCase.UnknownId)]
    public async Task Get_OfNobody_OrOfAnothersPerson_IsNotFound(string path)
    {
        foreach (var (subject, person) in ((string, string)[])[(Carol, "nobody@merseyside-police"), (Carol, Bridget), (Alex, Carol)])
        {
            using var client = await host.BrowserAsync(subject);
            using var answer = await client.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Uri.EscapeDataString(person)), Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(Carol, "/access/people/sam.carter@merseyside-police/roles/no-such-role/change")]
    [InlineData(Carol, "/access/people/sam.carter@merseyside-police/roles/no-such-role/end")]
    [InlineData(Carol, "/access/people/sam.carter@merseyside-police/status?to=king")]
    [InlineData(Carol, "/access/role-requests/x")]
    [InlineData(Carol, "/access/leavers/x")]
    [InlineData(Carol, "/access/role-requests?status=x")]
    [InlineData(Carol, "/access/sessions/x/end")]
    [InlineData(Carol, "/access/teams/x")]
    [InlineData(Carol, "/access/teams/x/add")]
    [InlineData(Carol, "/access/teams/x/name")]
    [InlineData(Carol, "/access/teams/x/remove")]
    [InlineData(Carol, "/access/provisioning/tokens/x/revoke")]
    [InlineData(Carol, "/access/provisioning/groups/x/remove")]
    [InlineData(Alex, "/access/agencies/x")]
    [InlineData(Alex, "/access/agencies/x/name")]
    [InlineData(Alex, "/access/agencies/x/status?to=suspended")]
    [InlineData(Alex, "/access/agencies/merseyside-police/status?to=king")]
    [InlineData(Alex, "/access/agencies/x/administrator")]
    [InlineData(Alex, "/access/agencies/assize-platform/administrator")]
    [TestsPage("/access/people/{subject}/status", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/roles/{role}/change", PageCase.UnknownId)]
    [TestsPage("/access/people/{subject}/roles/{role}/end", PageCase.UnknownId)]
    [TestsPage("/access/role-requests", PageCase.UnknownId)]
    [TestsPage("/access/role-requests/{id}", PageCase.UnknownId)]
    [TestsPage("/access/leavers/{id}", PageCase.UnknownId)]
    [TestsPage("/access/sessions/{id}/end", PageCase.UnknownId)]
    [TestsPage("/access/teams/{id}", PageCase.UnknownId)]
    [TestsPage("/access/teams/{id}/add", PageCase.UnknownId)]
    [TestsPage("/access/teams/{id}/name", PageCase.UnknownId)]
    [TestsPage("/access/teams/{id}/remove", PageCase.UnknownId)]
    [TestsPage("/access/provisioning/tokens/{id}/revoke", PageCase.UnknownId)]
    [TestsPage("/access/provisioning/groups/{id}/remove", PageCase.UnknownId)]
    [TestsPage("/access/agencies/{id}", PageCase.UnknownId)]
    [TestsPage("/access/agencies/{id}/name", PageCase.UnknownId)]
    [TestsPage("/access/agencies/{id}/status", PageCase.UnknownId)]
    [TestsPage("/access/agencies/{id}/administrator", PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotThere_IsNotFound(string subject, string path)
    {
        using var client = await host.BrowserAsync(subject);

        using var answer = await client.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/access/audit/accounts/{what}", PageCase.UnknownId, PageCase.HappyPath)]
    public async Task LogOfAccounts_IsGivenToAPrivacyOfficer_AndNothingElseByThatAddress()
    {
        using var client = await host.BrowserAsync(Lena);

        using var log = await client.GetAsync("/access/audit/accounts/log", Stop);
        using var other = await client.GetAsync("/access/audit/accounts/everything", Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (log.StatusCode, other.StatusCode));
        Assert.Contains($"accounts-{Police}.jsonl", log.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdentityServersOwnLog_IsGivenToAPlatformAdministratorOnly()
    {
        foreach (var (subject, expected) in new[] { (Alex, HttpStatusCode.OK), (Lena, HttpStatusCode.NotFound), (Sam, HttpStatusCode.Forbidden) })
        {
            using var client = await host.BrowserAsync(subject);
            foreach (var what in (string[])["server-log", "server-roots"])
            {
                using var answer = await client.GetAsync("/access/audit/accounts/" + what, Stop);
                Assert.True(answer.StatusCode == expected, $"{subject} {what}: {answer.StatusCode}");
            }
        }
    }
}
