using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests.Federation;

/// <summary>After signing out here the agency's own provider is offered, which sends the person on to where they were going.</summary>
[Collection(FederationCollection.Name)]
public sealed class AgencySignOutTests(FederationWorld world)
{
    private string Done => new Uri(world.Server.Settings.HostUrl, "/signout/done").AbsoluteUri;

    [Fact]
    public async Task SignOut_Here_OffersTheAgencysProvider_WhichSignsOutAndComesBack()
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "homegoer", "Hope Homegoer");
        using AgencyBrowser browser = world.Browser();
        (string there, string next) = await SignOutAsync(browser, FederationWorld.Kent, "&login_hint=homegoer");

        (_, string asks) = await browser.ReadAsync(there);
        (_, _, string? back) = await browser.SendAsync(asks, there, ("logout", "yes"));

        Assert.StartsWith(world.Provider, there, StringComparison.Ordinal);
        Assert.Equal(Done + "?state=where-we-were", next);
        Assert.StartsWith($"{world.Server.Url}signin/agency/{FederationWorld.Kent}/signed-out?state=", back, StringComparison.Ordinal);
        Assert.Equal(next, await browser.NextAsync(back!));
    }

    [Fact]
    public async Task SignOut_Here_OffersTheTenantsOwnPage()
    {
        await world.AddAccountAsync(FederationWorld.Mercia, FederationWorld.Tenant, "aaaaaaaa-0000-0000-0000-000000000001", "Enid Entra");
        using AgencyBrowser browser = world.Browser();
        (string there, string next) = await SignOutAsync(browser, FederationWorld.Mercia);

        string back = await browser.NextAsync(there);

        Assert.StartsWith($"{world.Fake}/{FederationWorld.Tenant}/", there, StringComparison.Ordinal);
        Assert.Equal(next, await browser.NextAsync(back));
    }

    [Fact]
    public async Task Return_WithAStateThatIsForged_OrAnothers_LeadsNowhere()
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "homebody", "Holly Homebody");
        using AgencyBrowser browser = world.Browser();
        (string there, _) = await SignOutAsync(browser, FederationWorld.Kent, "&login_hint=homebody");
        string state = QueryHelpers.ParseQuery(new Uri(there).Query)["state"]!;

        foreach (string address in (string[])[$"/signin/agency/kent-police/signed-out?state=https://evil.example", "/signin/agency/kent-police/signed-out", QueryHelpers.AddQueryString("/signin/agency/essex-police/signed-out", "state", state)])
        {
            (HttpStatusCode status, string page) = await browser.ReadAsync(address);
            Assert.True(status == HttpStatusCode.OK && page.Contains("You have signed out", StringComparison.Ordinal), $"{address}: {status}");
        }
    }

    [Fact]
    public async Task SignOut_WhereTheProviderHasNoPageForIt_GoesOnAtOnce()
    {
        await world.AddAccountAsync(FederationWorld.Essex, world.Fake + "/honest", "sub-of-honest", "Ed Essex");
        using AgencyBrowser browser = world.Browser();
        await SignInAsync(browser, FederationWorld.Essex, "");

        (HttpStatusCode status, _, string? where) = await AskAsync(browser);

        Assert.Equal((HttpStatusCode.Redirect, Done + "?state=where-we-were"), (status, where));
    }

    private async Task<(string There, string Next)> SignOutAsync(AgencyBrowser browser, string upstream, string more = "")
    {
        await SignInAsync(browser, upstream, more);
        (HttpStatusCode status, string page, _) = await AskAsync(browser);
        Assert.True(status == HttpStatusCode.OK, $"{status} {page}");
        Assert.False(browser.IsSignedIn);
        string[] links = [.. new HtmlParser().ParseDocument(page).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!)];
        return (links[0], links[1]);
    }

    private static async Task SignInAsync(AgencyBrowser browser, string upstream, string more)
    {
        (HttpStatusCode status, string page) = await browser.SignInAsync(upstream, more: more);
        Assert.True(status == HttpStatusCode.SeeOther, page);
    }

    private async Task<(HttpStatusCode Status, string Page, string? Where)> AskAsync(AgencyBrowser browser)
    {
        string address = QueryHelpers.AddQueryString(new Uri(world.Server.Url, "/connect/logout").AbsoluteUri,
            new Dictionary<string, string?> { ["client_id"] = HostKeys.Id, ["post_logout_redirect_uri"] = Done, ["state"] = "where-we-were" });
        (_, string page) = await browser.ReadAsync(address);
        return await browser.SendAsync(page, address);
    }
}
