using System.Net;
using Assize.Identity.Tests.Federation;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>The federated attacks, where their defence is gone: each gets somebody in, so each test would notice if its defence went.</summary>
public sealed class FederatedTokenProofs(CredulousOfTokens world) : IClassFixture<CredulousOfTokens>
{
    public static TheoryData<string, string, string> All
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            foreach ((string upstream, string what, string recipe) in FederatedTokenAttacks.All)
            {
                rows.Add(upstream, what, recipe);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task SignIn_WithAToken_WhereNoTokenIsChecked_GetsSomebodyIn(string upstream, string what, string recipe)
    {
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(upstream, recipe.Replace("{origin}", world.Fake, StringComparison.Ordinal));

        Assert.True(status is HttpStatusCode.SeeOther || (status is HttpStatusCode.Forbidden && page.Contains("waiting for a role", StringComparison.Ordinal)),
            $"Expected a token that is {what} to get somebody in without its defence, but the answer is {(int)status}: {page}");
    }
}

public sealed class FederatedAnswerProofs(CredulousOfAnswers world) : IClassFixture<CredulousOfAnswers>
{
    [Theory]
    [InlineData(FederationWorld.Kent)]
    [InlineData(FederationWorld.Essex)]
    [InlineData(FederationWorld.Mercia)]
    public async Task Answer_InAnotherBrowser_WhereBrowsersAreNotToldApart_GetsSomebodyIn(string upstream)
    {
        using AgencyBrowser attacker = world.Browser();
        using AgencyBrowser victim = world.Browser();

        await GetsInAsync(victim, await attacker.AnswerOfAsync(await attacker.StartAsync(upstream)));
    }

    // Kent's own provider takes no code twice, whatever this server does.
    [Theory]
    [InlineData(FederationWorld.Essex)]
    [InlineData(FederationWorld.Mercia)]
    public async Task Answer_ASecondTime_WhereNothingIsSpent_GetsSomebodyIn(string upstream)
    {
        using AgencyBrowser browser = world.Browser();
        string answer = await browser.AnswerOfAsync(await browser.StartAsync(upstream));
        await browser.ReadAsync(answer);
        browser.Forget();

        await GetsInAsync(browser, answer);
    }

    [Theory]
    [InlineData(FederationWorld.Essex, null)]
    [InlineData(FederationWorld.Essex, "https://elsewhere.example")]
    [InlineData(FederationWorld.Kent, null)]
    [InlineData(FederationWorld.Kent, "https://elsewhere.example")]
    public async Task Answer_OfAnotherIssuer_WhereNobodyLooks_GetsSomebodyIn(string upstream, string? issuer)
    {
        using AgencyBrowser browser = world.Browser();
        Uri answer = new(await browser.AnswerOfAsync(await browser.StartAsync(upstream)));
        Dictionary<string, string?> query = QueryHelpers.ParseQuery(answer.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        query["iss"] = issuer;

        await GetsInAsync(browser, QueryHelpers.AddQueryString(answer.GetLeftPart(UriPartial.Path), query.Where(pair => pair.Value is not null)));
    }

    private static async Task GetsInAsync(AgencyBrowser browser, string answer)
    {
        (HttpStatusCode status, string page) = await browser.ReadAsync(answer);
        Assert.True(status is HttpStatusCode.SeeOther || (status is HttpStatusCode.Forbidden && page.Contains("waiting for a role", StringComparison.Ordinal)), $"{(int)status} {WeakFederation.LastRefusal}: {page}");
    }
}

public sealed class FederatedAddressProofs(CredulousOfAddresses world) : IClassFixture<CredulousOfAddresses>
{
    [Theory]
    [InlineData("another-issuer")]
    [InlineData("huge")]
    [InlineData("elsewhere")]
    public async Task Start_AtAProviderWhoseMetadataLies_WhereNobodyLooks_GoesOn(string lie)
    {
        await world.AddAgencyAsync(lie, $"Police of {lie}");
        await world.PutAsync(world.OpenId(lie, lie, $"{world.Fake}/{lie}", "assize-" + lie));
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.ReadAsync("/signin/start?agency=" + lie);

        Assert.True(status == HttpStatusCode.Redirect, $"{(int)status}: {page}");
    }
}
