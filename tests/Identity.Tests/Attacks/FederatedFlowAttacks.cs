using System.Net;
using Assize.Identity.Federation;
using Assize.Identity.Tests.Federation;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Answers of a provider that reach the wrong browser, the wrong address, or come twice.</summary>
[Collection(FederationCollection.Name)]
public sealed class FederatedFlowAttacks(FederationWorld world)
{
    [Theory]
    [InlineData(FederationWorld.Kent)]
    [InlineData(FederationWorld.Essex)]
    [InlineData(FederationWorld.Mercia)]
    public async Task Answer_InAnotherBrowser_SignsNobodyIn(string upstream)
    {
        using AgencyBrowser attacker = world.Browser();
        using AgencyBrowser victim = world.Browser();
        string answer = await attacker.AnswerOfAsync(await attacker.StartAsync(upstream));

        await RefusesAsync(victim, answer);
    }

    [Theory]
    [InlineData(FederationWorld.Kent)]
    [InlineData(FederationWorld.Essex)]
    [InlineData(FederationWorld.Mercia)]
    public async Task Answer_ASecondTime_SignsNobodyIn(string upstream)
    {
        using AgencyBrowser browser = world.Browser();
        string answer = await browser.AnswerOfAsync(await browser.StartAsync(upstream));
        await browser.ReadAsync(answer);
        browser.Forget();

        await RefusesAsync(browser, answer);
    }

    [Theory]
    [InlineData(FederationWorld.Essex, "state", null)]
    [InlineData(FederationWorld.Essex, "state", "forged")]
    [InlineData(FederationWorld.Essex, "iss", null)]
    [InlineData(FederationWorld.Essex, "iss", "https://elsewhere.example")]
    [InlineData(FederationWorld.Essex, "code", null)]
    [InlineData(FederationWorld.Kent, "iss", null)]
    [InlineData(FederationWorld.Kent, "iss", "https://elsewhere.example")]
    [InlineData(FederationWorld.Kent, "code", "guessed")]
    [InlineData(FederationWorld.Mercia, "state", null)]
    [InlineData(FederationWorld.Mercia, "state", "forged")]
    public async Task Answer_WithAChangedParameter_SignsNobodyIn(string upstream, string parameter, string? value)
    {
        using AgencyBrowser browser = world.Browser();
        string answer = await browser.AnswerOfAsync(await browser.StartAsync(upstream));

        await RefusesAsync(browser, Change(answer, parameter, value));
    }

    [Fact]
    public async Task Answer_AtAnotherAgencysAddress_SignsNobodyIn()
    {
        using AgencyBrowser browser = world.Browser();
        string answer = await browser.AnswerOfAsync(await browser.StartAsync(FederationWorld.Essex));

        await RefusesAsync(browser, answer.Replace("/agency/" + FederationWorld.Essex, "/agency/" + FederationWorld.Kent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_WithoutAnIssuer_AtAnotherAgencysAddress_SignsNobodyIn()
    {
        foreach (string name in (string[])["silent", "quiet"])
        {
            await world.AddAgencyAsync(name, $"Police of {name}");
            await world.PutAsync(world.OpenId(name, name, $"{world.Fake}/{name}", "assize-" + name));
            await world.AddAccountAsync(name, $"{world.Fake}/{name}", "sub-of-" + name, "Sid Silent");
        }
        using AgencyBrowser mixedUp = world.Browser(), foreign = world.Browser(), usual = world.Browser();

        string answer = await mixedUp.AnswerOfAsync(await mixedUp.StartAsync("silent"));
        await RefusesAsync(mixedUp, answer.Replace("/agency/silent", "/agency/quiet", StringComparison.Ordinal));
        string tenants = await foreign.AnswerOfAsync(await foreign.StartAsync(FederationWorld.Mercia));
        await RefusesAsync(foreign, tenants.Replace("/signin/entra", "/signin/agency/quiet", StringComparison.Ordinal));
        await usual.SignInAsync("silent");

        Assert.DoesNotContain("iss=", answer, StringComparison.Ordinal);
        Assert.True(usual.IsSignedIn);
    }

    [Theory]
    [InlineData(FederationWorld.Essex)]
    [InlineData(FederationWorld.Kent)]
    public async Task StolenCode_InTheVictimsState_SignsNobodyIn(string upstream)
    {
        using AgencyBrowser attacker = world.Browser();
        using AgencyBrowser victim = world.Browser();
        string stolen = QueryHelpers.ParseQuery(new Uri(await attacker.AnswerOfAsync(await attacker.StartAsync(upstream))).Query)["code"]!;
        string answer = await victim.AnswerOfAsync(await victim.StartAsync(upstream));

        await RefusesAsync(victim, Change(answer, "code", stolen));
    }

    [Fact]
    public async Task Answer_OfAnUpstreamWithdrawnMeanwhile_IsAPageAndSignsNobodyIn()
    {
        const string Gone = "withdrawn-police";
        await world.AddAgencyAsync(Gone, "Withdrawn Police");
        await world.PutAsync(world.OpenId(Gone, Gone, world.Fake + "/withdrawn", "assize-withdrawn"));
        using AgencyBrowser browser = world.Browser();
        string answer = await browser.AnswerOfAsync(await browser.StartAsync(Gone));
        await world.SetStatusAsync(Gone, UpstreamStatus.Suspended);

        string page = await RefusesAsync(browser, answer);

        Assert.Contains("withdrawn", page, StringComparison.Ordinal);
        (HttpStatusCode status, _) = await browser.ReadAsync("/signin/start?agency=" + Gone);
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("another-issuer")]
    [InlineData("private-keys")]
    [InlineData("plain-keys")]
    [InlineData("huge")]
    [InlineData("elsewhere")]
    [InlineData("slow")]
    public async Task Start_AtAProviderWhoseMetadataLies_StopsHere(string lie)
    {
        await world.AddAgencyAsync(lie, $"Police of {lie}");
        await world.PutAsync(world.OpenId(lie, lie, $"{world.Fake}/{lie}", "assize-" + lie));
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.ReadAsync("/signin/start?agency=" + lie);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("does not answer", page, StringComparison.Ordinal);
        await world.SetStatusAsync(lie, UpstreamStatus.Suspended);
    }

    [Fact]
    public async Task SignIn_AfterTheProviderChangedItsKey_WorksAtTheSecondTryAtTheLatest()
    {
        const string Rotating = "rotating-police";
        await world.AddAgencyAsync(Rotating, "Rotating Police");
        await world.PutAsync(world.OpenId(Rotating, Rotating, world.Fake + "/rotating", "assize-rotating"));
        await world.AddAccountAsync(Rotating, world.Fake + "/rotating", "sub-of-rotating", "Rota");
        using AgencyBrowser before = world.Browser();
        await before.SignInAsync(Rotating);
        Assert.True(before.IsSignedIn);
        using AgencyBrowser after = world.Browser();
        await after.ReadAsync(world.Fake + "/rotate/second");

        await after.SignInAsync(Rotating);
        await after.SignInAsync(Rotating);

        await after.ReadAsync(world.Fake + "/rotate/first");
        Assert.True(after.IsSignedIn);
    }

    private static async Task<string> RefusesAsync(AgencyBrowser browser, string answer)
    {
        (HttpStatusCode status, string page) = await browser.ReadAsync(answer);
        Assert.True(status == HttpStatusCode.BadRequest, $"Expected the answer to be refused, but this server says {(int)status}: {page}");
        Assert.False(browser.IsSignedIn);
        return page;
    }

    private static string Change(string url, string parameter, string? value)
    {
        Uri uri = new(url);
        Dictionary<string, string?> query = QueryHelpers.ParseQuery(uri.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        query[parameter] = value;
        return QueryHelpers.AddQueryString(uri.GetLeftPart(UriPartial.Path), query.Where(pair => pair.Value is not null));
    }
}
