using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Federation;
using Assize.Identity.Storage;
using Assize.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Assize.Identity.Tests.Federation.EnrolmentApi;

namespace Assize.Identity.Tests.Federation;

/// <summary>An enrolment is tried by a real sign-in and a real logout token, before anybody can use it.</summary>
[Collection(FederationCollection.Name)]
public sealed class TrialTests(FederationWorld world) : IDisposable
{
    private readonly EnrolmentApi _api = new(world.Server);

    [Fact]
    public async Task Trial_AtAProviderThatOthersWrote_ShowsClaimsAndLogout_AndMakesNobody()
    {
        const string Gwent = "gwent-police";
        await using NodeProcess provider = await NodeProcess.StartAsync("agency-provider.mjs", $$"""
            {"clients":[{"client_id":"assize-{{Gwent}}","client_secret":"{{FederationWorld.Secret}}","token_endpoint_auth_method":"client_secret_post",
              "redirect_uris":["{{world.Server.Url}}signin/agency/{{Gwent}}"],"backchannel_logout_uri":"{{world.Server.Url}}signin/agency/{{Gwent}}/logout"}]}
            """);
        (string path, JsonNode draft) = await _api.CheckedAsync(Gwent, provider.Ready, new { twoFactors = new[] { "acr urn:kent:two-factors" }, contact = "Gwen Gwent, 01633 000000" });
        using AgencyBrowser browser = world.Browser();
        await browser.TryAsync(await _api.LinkAsync(path));

        JsonNode tried = await _api.ReadAsync(path);
        Assert.Equal("Olive Officer", (string)tried["test"]!["person"]!);
        Assert.All(tried["test"]!["findings"]!.AsArray(), finding => Assert.True("passed" == (string)finding!["outcome"]!, finding.ToJsonString()));
        Assert.Contains(tried["test"]!["claims"]!.AsArray(), claim => (string)claim!["name"]! == "acr" && (string)claim["value"]! == "urn:kent:two-factors");
        Assert.Contains(tried["test"]!["claims"]!.AsArray(), claim => (string)claim!["name"]! == "iss" && claim["value"] is null);
        Assert.False(browser.IsSignedIn);
        Assert.Null(await world.AccountAsync(provider.Ready, "officer"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReadAsync("/signin/start?agency=" + Gwent)).Status);
        await _api.DoAsync(Alex, path + "/proof", new { proof = _api.Sign((string)draft["challenge"]!) });
        await _api.RefusesAsync(Alex, path + "/propose", HttpStatusCode.Conflict, "not_tested");

        await browser.SignOutAtProviderAsync($"{provider.Ready}/session/end?client_id=assize-{Gwent}");
        for (DateTimeOffset latest = DateTimeOffset.UtcNow.AddSeconds(20); (await _api.ReadAsync(path))["logoutSeenAt"] is null; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            Assert.True(DateTimeOffset.UtcNow < latest, "Expected the provider's logout token to be seen, but it was not.");
        }

        await _api.PutToUseAsync(path, draft);
        (_, string page) = await browser.SignInAsync(Gwent);
        Assert.Contains("waiting for a role", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_OfATenant_ShowsItsClaims_AndAdmitsNobody()
    {
        const string Tenant = "44444444-4444-4444-4444-444444444444";
        (string path, _) = await _api.CheckedAsync("dorset-police", Tenant, new { kind = UpstreamKind.Entra, clientId = (string?)null, authentication = (string?)null });
        using AgencyBrowser browser = world.Browser();

        await browser.TryAsync(await _api.LinkAsync(path));

        JsonNode tried = await _api.ReadAsync(path);
        Assert.Equal(("Enid Entra", true), ((string)tried["test"]!["person"]!, tried["logoutUri"] is null));
        Assert.False(browser.IsSignedIn);
        Assert.Null(await world.AccountAsync(Tenant, "aaaaaaaa-0000-0000-0000-000000000001"));
    }

    [Theory]
    [InlineData("tried-badly", """{"kid":"stranger"}""", "could not be used")]
    [InlineData("tried-late", """{"claims":{"aud":"somebody-else"}}""", "could not be used")]
    [InlineData("tried-short", """{"claims":{"employee_number":null}}""", "employee_number")]
    public async Task Trial_ThatFails_SaysWhy(string upstream, string recipe, string why)
    {
        (string path, _) = await _api.CheckedAsync(upstream, $"{world.Fake}/{upstream}", new { externalIdClaim = "employee_number" });
        using AgencyBrowser browser = world.Browser();
        string link = await _api.LinkAsync(path);

        await browser.ReadAsync(await browser.AnswerOfAsync(await browser.NextAsync(AgencyBrowser.StartOf(link)), recipe));

        JsonNode findings = (await _api.ReadAsync(path))["test"]!["findings"]!;
        Assert.Contains(findings.AsArray(), finding => (string)finding!["outcome"]! == "failed" && ((string)finding["detail"]!).Contains(why, StringComparison.Ordinal));
        Assert.False(browser.IsSignedIn);
    }

    [Fact]
    public async Task Link_ThatIsOldOrNobodys_OpensNothing()
    {
        (string path, _) = await _api.CheckedAsync("linked-police", $"{world.Fake}/linked");
        string first = await _api.LinkAsync(path), second = await _api.LinkAsync(path);
        using AgencyBrowser browser = world.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync(first)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync(AgencyBrowser.StartOf(first))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync(second[..^2])).Status);
        (HttpStatusCode status, string page) = await browser.ReadAsync(second);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("No account is made", page, StringComparison.Ordinal);
        await world.InScopeAsync(async services => await services.GetRequiredService<IdentityDb>().UpstreamEnrolments.Where(row => row.UpstreamId == "linked-police")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TestTicketUntil, DateTimeOffset.UtcNow.AddMinutes(-1))));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ReadAsync(second)).Status);
    }

    [Fact]
    public async Task Trial_OfAnEnrolmentThatWasAbandonedMeanwhile_WritesNothing()
    {
        (string path, _) = await _api.CheckedAsync("gone-police", $"{world.Fake}/gone");
        using AgencyBrowser browser = world.Browser();
        string answer = await browser.AnswerOfAsync(await browser.NextAsync(AgencyBrowser.StartOf(await _api.LinkAsync(path))));
        await _api.DoAsync(Alex, path + "/abandon");

        (HttpStatusCode status, _) = await browser.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Null((await _api.ReadAsync(path))["test"]);
    }

    public void Dispose() => _api.Dispose();
}
