using System.Net;
using Assize.Identity.Directory;
using Xunit;

namespace Assize.Identity.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class AgencySignInTests(FederationWorld world)
{
    [Fact]
    public async Task FirstSignIn_ThroughTheAgencysProvider_MakesAPendingAccount()
    {
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=newcomer");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your account is waiting for a role", page, StringComparison.Ordinal);
        Account made = (await world.AccountAsync(world.Provider, "newcomer"))!;
        Assert.Equal((AccountStatus.Pending, FederationWorld.Kent, "Nora Newcomer"), (made.Status, made.AgencyId, made.Name));
        Assert.Empty(made.Roles);
        Assert.False(browser.IsSignedIn);
    }

    [Fact]
    public async Task SignIn_OfAKnownOfficer_ThroughTheAgencysProvider_SignsIn()
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "officer", "Olive Officer");
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Kent);

        Assert.True(status == HttpStatusCode.SeeOther, page);
        Assert.True(browser.IsSignedIn);
    }

    [Fact]
    public async Task SignIn_OfAMemberOfAnEnrolledTenant_SignsIn()
    {
        await world.AddAccountAsync(FederationWorld.Mercia, FederationWorld.Tenant, "aaaaaaaa-0000-0000-0000-000000000001", "Enid Entra");
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Mercia);

        Assert.True(status == HttpStatusCode.SeeOther, page);
        Assert.True(browser.IsSignedIn);
    }
}
