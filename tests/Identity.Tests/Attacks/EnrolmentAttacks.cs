using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Assize.Identity.Tests.Federation;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Assize.Identity.Tests.Federation.EnrolmentApi;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Whoever can add an upstream can become anybody of its agency: reaching for that alone, or with more than one's own.</summary>
[Collection(FederationCollection.Name)]
public sealed class EnrolmentAttacks(FederationWorld world) : IDisposable
{
    private const string Root = "/api/admin/upstreams";
    private readonly EnrolmentApi _api = new(world.Server);

    [Fact]
    public async Task Routes_ByWhoeverDoesNotRunThePlatform_AreAllClosed_AndOpenToWhoeverDoes()
    {
        (string path, _) = await _api.CheckedAsync("closed-police", $"{world.Fake}/closed");
        string id = path.Split('/')[^1];
        (string Method, string Route)[] routes = [.. world.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(Root, StringComparison.Ordinal))
            .Select(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], endpoint.RoutePattern.RawText!.Replace("{id}", id, StringComparison.Ordinal)))];
        Assert.Equal(12, routes.Length);
        string[] people = ["carol.whitfield@merseyside-police", "sam.carter@merseyside-police", "lena.fox@merseyside-police", "ruth.bellamy@liverpool-magistrates", "nadia.rahman@harbour-defence"];
        using Browser browser = new(world.Server);
        string?[] bearers = [null, await world.Server.HostTokenAsync(), await browser.TokenAsync(Alex), await world.Server.ClientTokenAsync("demo-client.json", "api")];
        foreach ((string method, string route) in routes)
        {
            foreach (string person in people)
            {
                (HttpStatusCode status, JsonNode answer) = await SendAsync(await _api.TokenAsync(person), method, route);
                Assert.True((status, (string?)answer["code"]) == (HttpStatusCode.Forbidden, "not_platform_admin"), $"{person} {method} {route}: {status} {answer.ToJsonString()}");
            }
            foreach (string? bearer in bearers)
            {
                (HttpStatusCode status, _) = await SendAsync(bearer, method, route);
                Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{method} {route}: {status}");
            }

            // The same request by somebody who may: what refused the others was who they are.
            (HttpStatusCode own, JsonNode said) = await SendAsync(await _api.TokenAsync(Alex), method, route);
            Assert.True(own is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{method} {route}: {own} {said.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("stage", "active")]
    [InlineData("provedAt", "2026-01-01T00:00:00Z")]
    [InlineData("testPassed", "true")]
    [InlineData("approvedBy", Robin)]
    [InlineData("draftedBy", Robin)]
    [InlineData("challenge", "mine")]
    [InlineData("redirectUri", "https://elsewhere.example/")]
    public async Task Draft_WithAMemberTooMany_IsRefusedByName(string member, string value)
    {
        JsonObject more = new() { [member] = value };

        (HttpStatusCode status, JsonNode answer) = await _api.PostAsync(Alex, "/enrolments", _api.Body("greedy-police", $"{world.Fake}/greedy", more));

        Assert.Equal((HttpStatusCode.BadRequest, "unknown_member"), (status, (string?)answer["code"]));
        Assert.Contains(member, (string)answer["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_ByASecondAccountOfTheProposer_OrByTheDrafter_IsRefused()
    {
        (string path, string second) = await ProposedByTwoAccountsAsync("doubled-police");

        await _api.RefusesAsync(second, path + "/approve", HttpStatusCode.Conflict, "second_admin_needed");
        await _api.RefusesAsync(Alex, path + "/approve", HttpStatusCode.Conflict, "second_admin_needed");
        Assert.Equal("approved", (string)(await _api.DoAsync(Robin, path + "/approve"))["stage"]!);
    }

    [Fact]
    public async Task Approval_ByASecondAccountOfTheDrafter_IsRefused()
    {
        (string path, string second) = await ProposedByTwoAccountsAsync("drafted-police", drafts: true);

        await _api.RefusesAsync(second, path + "/approve", HttpStatusCode.Conflict, "second_admin_needed");
        Assert.Equal("approved", (string)(await _api.DoAsync(Robin, path + "/approve"))["stage"]!);
    }

    [Fact]
    public async Task Activation_AfterTheProposerLostTheRole_HasToBeProposedAgain()
    {
        (string path, string second) = await ProposedByTwoAccountsAsync("lapsed-police", proposer: 1);
        await _api.DoAsync(Robin, path + "/approve");
        await world.InScopeAsync(services => services.GetRequiredService<DirectoryWriter>().SetStatusAsync(second, AccountStatus.Suspended, CancellationToken.None));

        await _api.RefusesAsync(Robin, path + "/activate", HttpStatusCode.Conflict, "approval_lapsed");

        Assert.Equal("checked", (string)(await _api.ReadAsync(path))["stage"]!);
    }

    [Theory]
    [InlineData("newcomers", false)]
    [InlineData("newcomers", true)]
    [InlineData("authentication", false)]
    [InlineData("authentication", true)]
    public async Task Setting_ChangedBetweenTheTwoApprovals_VoidsTheFirst_AndTheAgencysSignature(string setting, bool isApproved)
    {
        (string path, _) = await ProposedByTwoAccountsAsync($"{setting}-{isApproved}-police".ToLowerInvariant());
        string id = path.Split('/')[^1];
        if (isApproved)
        {
            await _api.DoAsync(Robin, path + "/approve");
        }
        await world.InScopeAsync(services => services.GetRequiredService<IdentityDb>().UpstreamEnrolments.Where(row => row.Id == id).ExecuteUpdateAsync(set =>
        {
            _ = setting == "newcomers" ? set.SetProperty(row => row.AdmitsNewcomers, row => !row.AdmitsNewcomers) : set.SetProperty(row => row.Authentication, "client_secret_basic");
        }));

        await _api.RefusesAsync(Robin, path + (isApproved ? "/activate" : "/approve"), HttpStatusCode.Conflict, "settings_changed");

        JsonNode voided = await _api.ReadAsync(path);
        Assert.Equal(("draft", false), ((string)voided["stage"]!, (bool)voided["proved"]!));
        await _api.RefusesAsync(Robin, path + "/approve", HttpStatusCode.Conflict, "wrong_stage");
        (HttpStatusCode signed, JsonNode answer) = await _api.PostAsync(Alex, $"/enrolments/{id}/proof", new { proof = _api.Sign((string)voided["challenge"]!) });
        Assert.Equal((HttpStatusCode.Conflict, "settings_changed"), (signed, (string?)answer["code"]));
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://192.168.0.1:8443/realms/x")]
    public async Task Checks_OfAnAddressThatOnlyThisServerReaches_FetchNothing(string issuer)
    {
        (_, JsonNode draft) = await _api.PostAsync(Alex, "/enrolments", _api.Body("inside-police", issuer));

        JsonNode looked = await _api.DoAsync(Alex, $"/enrolments/{draft["id"]}/checks");

        Assert.Equal("draft", (string)looked["stage"]!);
        Assert.Contains("to be a public address", looked["report"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://8.8.8.8/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@provider.example/")]
    [InlineData("https://provider.example/?x=1")]
    [InlineData("https://provider.example/#x")]
    [InlineData("provider.example")]
    [InlineData("")]
    public async Task Draft_OfAnIssuerThatIsNone_IsRefused(string issuer)
    {
        (HttpStatusCode status, JsonNode answer) = await _api.PostAsync(Alex, "/enrolments", _api.Body("nowhere-police", issuer));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotNull(answer["errors"]!["issuer"]);
    }

    [Fact]
    public async Task Draft_WithAnotherAgencysAddress_OrIssuer_IsRefused()
    {
        (_, JsonNode address) = await _api.PostAsync(Alex, "/enrolments", _api.Body(FederationWorld.Kent, $"{world.Fake}/taken", new { agency = FederationWorld.Essex }));
        (_, JsonNode issuer) = await _api.PostAsync(Alex, "/enrolments", _api.Body("copied-police", world.Provider));

        Assert.NotNull(address["errors"]!["upstream"]);
        Assert.NotNull(issuer["errors"]!["issuer"]);
    }

    public void Dispose() => _api.Dispose();

    // Two accounts of one human, both administrators: one drafts or proposes, the other would approve.
    private async Task<(string Path, string Second)> ProposedByTwoAccountsAsync(string upstream, int proposer = 0, bool drafts = false)
    {
        string first = $"first-of-{upstream}@assize-platform", second = $"second-of-{upstream}@assize-platform";
        await world.InScopeAsync(async services =>
        {
            Account one = Administrator(first), two = Administrator(second);
            await services.GetRequiredService<DirectoryWriter>().AddMissingAsync([], [one, two], CancellationToken.None);
            IdentityDb db = services.GetRequiredService<IdentityDb>();
            string? person = await db.Accounts.Where(account => account.Subject == first).Select(account => account.PersonId).SingleAsync();
            await db.Accounts.Where(account => account.Subject == second).ExecuteUpdateAsync(set => set.SetProperty(account => account.PersonId, person));
        });
        (string path, JsonNode draft) = await _api.CheckedAsync(upstream, $"{world.Fake}/{upstream}", drafter: drafts ? first : Alex);
        using AgencyBrowser browser = world.Browser();
        await browser.TryAsync(await _api.LinkAsync(path));
        await _api.DoAsync(Alex, path + "/proof", new { proof = _api.Sign((string)draft["challenge"]!) });
        await _api.DoAsync(drafts ? Alex : proposer == 0 ? first : second, path + "/propose");
        return (path, second);
    }

    private static Account Administrator(string subject)
    {
        Account account = new() { Subject = subject, Name = subject, AgencyId = "assize-platform" };
        account.Roles.Add(HomeRole.Usual(account, RoleCatalogue.PlatformAdmin, DateTimeOffset.UtcNow.AddMinutes(-1)));
        return account;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(string? bearer, string method, string route)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), route) { Content = method == "POST" ? JsonContent.Create(new { proof = "x", reason = "" }) : null };
        request.Headers.Authorization = bearer is null ? null : new("Bearer", bearer);
        using HttpResponseMessage answer = await world.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }
}
