using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Assize.Identity.Federation;
using Assize.Identity.Storage;
using Assize.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class AgencyPageTests(FederationWorld world)
{
    [Theory]
    [InlineData(FederationWorld.Kent)]
    [InlineData(FederationWorld.Mercia)]
    public async Task OpenIdClient_SignsIn_ThroughTheAgencysOwnProvider(string agency)
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "officer", "Olive Officer");
        await world.AddAccountAsync(FederationWorld.Mercia, FederationWorld.Tenant, "aaaaaaaa-0000-0000-0000-000000000001", "Enid Entra");

        await NodeProcess.RunAsync("stranger-federation.mjs", world.RootFile, world.Server.Url.AbsoluteUri, agency);
    }

    [Fact]
    public async Task Get_WithADeadAndASlowProvider_ListsEverybodyAtOnce()
    {
        await world.AddAgencyAsync("dead-police", "Dead Police");
        await world.PutAsync(world.OpenId("dead-police", "dead-police", "https://127.0.0.1:9/dead", "assize-dead"));
        await world.AddAgencyAsync("slow-police", "Slow Police");
        await world.PutAsync(world.OpenId("slow-police", "slow-police", world.Fake + "/slow/police", "assize-slow"));
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.ReadAsync("/signin/agencies?returnUrl=%2Fconnect%2Fauthorize");

        Assert.Equal(HttpStatusCode.OK, status);
        string[] names = [.. new HtmlParser().ParseDocument(page).QuerySelectorAll("main li a").Select(link => link.TextContent)];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Superset(new HashSet<string> { "Dead Police", "Slow Police", "Kent Police", "Essex Police", "West Mercia Police" }, names.ToHashSet());
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        await world.SetStatusAsync("dead-police", UpstreamStatus.Suspended);
        await world.SetStatusAsync("slow-police", UpstreamStatus.Suspended);
    }

    [Fact]
    public async Task Get_WithASearch_ShowsOnlyWhatMatches_AndEncodesIt()
    {
        using AgencyBrowser browser = world.Browser();

        (_, string found) = await browser.ReadAsync("/signin/agencies?search=mercia");
        (_, string none) = await browser.ReadAsync("/signin/agencies?search=%3Cscript%3Ealert(1)%3C%2Fscript%3E");

        Assert.Equal(["West Mercia Police"], new HtmlParser().ParseDocument(found).QuerySelectorAll("main li a").Select(link => link.TextContent));
        Assert.DoesNotContain("<script>alert", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AfterAChoice_OffersItFirst_AndAnEmailDecidesNothing()
    {
        using AgencyBrowser browser = world.Browser();
        await browser.StartAsync(FederationWorld.Essex);

        (_, string page) = await browser.ReadAsync("/signin/agencies?login_hint=olive%40kent.example");

        IHtmlAnchorElement first = (IHtmlAnchorElement)new HtmlParser().ParseDocument(page).QuerySelector("main a[role=button]")!;
        Assert.Equal("Continue with Essex Police", first.TextContent);
        Assert.Contains("login_hint=olive", first.Href, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("olive@kent-police.example")]
    [InlineData("olive@essex-police.example")]
    public async Task SignIn_WithAHint_StillAsksForTheAgency(string hint)
    {
        using AgencyBrowser browser = world.Browser();

        string to = await browser.NextAsync(Browser.AuthorizeUrl(("login_hint", hint)));

        Assert.Equal("/signin", new Uri(to).AbsolutePath);
    }

    [Fact]
    public async Task Start_OfAnUnknownAgency_IsAPage()
    {
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.ReadAsync("/signin/start?agency=nobody");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("cannot sign in here", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ThatAsksForTwoFactors_CarriesThemIntoTheSession()
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "careful", "Cara Careful");
        using AgencyBrowser browser = world.Browser();

        await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=careful&acr=2");

        await world.InScopeAsync(async services => Assert.Equal("2",
            (await services.GetRequiredService<IdentityDb>().Sessions.AsNoTracking().SingleAsync(session => session.UpstreamSubject == "careful")).Acr));
    }
}
