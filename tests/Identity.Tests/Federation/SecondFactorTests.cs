using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Federation;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Assize.Identity.Tests.Federation;

/// <summary>A second factor is asked of the agency where it is wanted, and its signed answer has to prove it.</summary>
[Collection(FederationCollection.Name)]
public sealed class SecondFactorTests(FederationWorld world) : IAsyncLifetime
{
    private const string Suffolk = "suffolk-police";
    private const string Tenant = "55555555-5555-5555-5555-555555555555";
    private const string Dyfed = "dyfed-police";
    private const string Enid = "aaaaaaaa-0000-0000-0000-000000000001";

    public async ValueTask InitializeAsync()
    {
        if (await world.AccountAsync(Tenant, Enid) is not null)
        {
            return;
        }
        await world.AddAgencyAsync(Suffolk, "Suffolk Police");
        await world.AddAgencyAsync(Dyfed, "Dyfed Police");
        await world.PutAsync(new Upstream
        {
            Id = Suffolk,
            AgencyId = Suffolk,
            Kind = UpstreamKind.Entra,
            Issuer = Tenant,
            Status = UpstreamStatus.Active,
            Assurance = [new UpstreamAssurance { UpstreamId = Suffolk, Claim = "acrs", Value = "c7" }],
        });
        await world.PutAsync(world.OpenId(Dyfed, Dyfed, world.Fake + "/dyfed", "assize-dyfed", new UpstreamAssurance { UpstreamId = Dyfed, Claim = "acr", Value = "urn:dyfed:two" }));
        await world.AddAccountAsync(Suffolk, Tenant, Enid, "Enid Entra");
        await world.AddAccountAsync(Dyfed, world.Fake + "/dyfed", "sub-of-dyfed", "Enid Entra");
    }

    [Fact]
    public async Task OfATenant_IsAskedAsItsContext_AndCarriedIntoTheSession()
    {
        using AgencyBrowser browser = world.Browser();

        string authorize = await browser.StartAsync(Suffolk, "&acr=2&login_hint=enid%40force.example");
        (_, string page) = await browser.ReadAsync(await browser.AnswerOfAsync(authorize));

        Dictionary<string, StringValues> asked = QueryHelpers.ParseQuery(new Uri(authorize).Query);
        Assert.Equal("""{"id_token":{"acrs":{"essential":true,"value":"c7"}}}""", asked["claims"]);
        Assert.Equal("enid@force.example", asked["login_hint"]);
        Assert.True(browser.IsSignedIn, page);
        Assert.Equal("2", await AcrAsync(Tenant, Enid));
    }

    [Fact]
    public async Task Proofs_OfAnUpstreamThatIsPutAgain_StayAsTheyAre_OrAreReplaced()
    {
        const string Powys = "powys-police";
        await world.AddAgencyAsync(Powys, "Powys Police");
        foreach (string[] values in (string[][])[["urn:one", "urn:two"], ["urn:two", "urn:three"], ["urn:two", "urn:three"]])
        {
            await world.PutAsync(world.OpenId(Powys, Powys, world.Fake + "/powys", "assize-powys", [.. values.Select(value => new UpstreamAssurance { UpstreamId = Powys, Claim = "acr", Value = value })]));
        }

        string[] kept = [];
        await world.InScopeAsync(async services => kept = await services.GetRequiredService<IdentityDb>().Upstreams.Where(row => row.Id == Powys)
            .SelectMany(row => row.Assurance).Select(proof => proof.Value).OrderBy(value => value).ToArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["urn:three", "urn:two"], kept);
    }

    [Fact]
    public async Task OfATenant_IsNotAskedOfAnUsualSignIn()
    {
        using AgencyBrowser browser = world.Browser();

        string authorize = await browser.StartAsync(Suffolk);
        await browser.ReadAsync(await browser.AnswerOfAsync(authorize));

        Assert.DoesNotContain("claims=", authorize, StringComparison.Ordinal);
        Assert.True(browser.IsSignedIn);
        Assert.Equal("1", await AcrAsync(Tenant, Enid));
    }

    [Theory]
    [InlineData(Suffolk, """{"claims":{"acrs":null}}""")]
    [InlineData(Suffolk, """{"claims":{"acrs":["c1","C7","c77"]}}""")]
    [InlineData(Suffolk, """{"claims":{"acrs":null,"acr":"c7","amr":["c7","mfa"]}}""")]
    [InlineData(Dyfed, """{}""")]
    [InlineData(Dyfed, """{"claims":{"acr":"1","acrs":["urn:dyfed:two"]}}""")]
    public async Task ThatWasAskedAndIsNotProved_IsRefusedOnAPage(string upstream, string recipe)
    {
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(upstream, recipe, "&acr=2");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("did not confirm a second factor", page, StringComparison.Ordinal);
        Assert.Contains("tell your agency's administrator", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.False(browser.IsSignedIn);
    }

    [Fact]
    public async Task OfATenant_IsTriedAtItsEnrolment()
    {
        const string Promised = "66666666-6666-6666-6666-666666666666";
        using EnrolmentApi api = new(world.Server);
        (string path, _) = await api.CheckedAsync("gwynedd-police", Promised, Drafted("acrs c2"));
        using AgencyBrowser browser = world.Browser();

        await browser.TryAsync(await api.LinkAsync(path));

        JsonNode finding = (await api.ReadAsync(path))["test"]!["findings"]!.AsArray().Single(finding => (string)finding!["check"]! == "twoFactors")!;
        Assert.Equal("passed", (string)finding["outcome"]!);
        Assert.Contains("acrs “c2”", (string)finding["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amr mfa")]
    [InlineData("acrs c0")]
    [InlineData("acrs c100")]
    [InlineData("acrs C1")]
    [InlineData("acrs c1", "acrs c2")]
    public async Task OfATenant_ByAnythingButOneContext_CannotBeDrafted(params string[] lines)
    {
        using EnrolmentApi api = new(world.Server);

        (HttpStatusCode status, JsonNode problem) = await api.PostAsync(EnrolmentApi.Alex, "/enrolments", api.Body("clwyd-police", "77777777-7777-7777-7777-777777777777", Drafted(lines)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("one authentication context", problem.ToJsonString(), StringComparison.Ordinal);
    }

    private static object Drafted(params string[] twoFactors) => new { kind = UpstreamKind.Entra, clientId = (string?)null, authentication = (string?)null, twoFactors };

    private async Task<string> AcrAsync(string issuer, string subject)
    {
        string? acr = null;
        string account = (await world.AccountAsync(issuer, subject))!.Subject;
        await world.InScopeAsync(async services => acr = (await services.GetRequiredService<IdentityDb>().Sessions.AsNoTracking()
            .Where(session => session.Subject == account).OrderByDescending(session => session.StartedAt).FirstAsync()).Acr);
        return acr!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
