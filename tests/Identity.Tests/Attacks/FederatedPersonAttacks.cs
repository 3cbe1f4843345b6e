using System.Net;
using Assize.Identity.Directory;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Assize.Identity.Tests.Federation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>One object id in two tenants, in two spellings, and as somebody's guest: whose account it is, is said by tenant and id together.</summary>
[Collection(FederationCollection.Name)]
public sealed class FederatedPersonAttacks(FederationWorld world)
{
    [Fact]
    public async Task ObjectId_OfSomebodyInAnotherTenant_IsSomebodyElse()
    {
        const string Oid = "cccccccc-0000-0000-0000-00000000000c";
        await world.AddAccountAsync(FederationWorld.Mercia, FederationWorld.Tenant, Oid, "Mercy Mercia");
        string known = (await world.AccountAsync(FederationWorld.Tenant, Oid))!.Subject;
        using AgencyBrowser stranger = world.Browser(), herself = world.Browser();

        (HttpStatusCode status, _) = await stranger.SignInAsync(FederationWorld.Norfolk, $$"""{"tenant":"{{FederationWorld.NorfolksTenant}}","claims":{"oid":"{{Oid}}"} }""");
        await herself.SignInAsync(FederationWorld.Mercia, $$"""{"claims":{"oid":"{{Oid}}"} }""");

        Assert.Equal((HttpStatusCode.Forbidden, false, true), (status, stranger.IsSignedIn, herself.IsSignedIn));
        Account other = (await world.AccountAsync(FederationWorld.NorfolksTenant, Oid))!;
        Assert.Equal((FederationWorld.Norfolk, AccountStatus.Pending), (other.AgencyId, other.Status));
        Assert.NotEqual(known, other.Subject);
    }

    [Fact]
    public async Task Guest_OfOneForce_WhoIsHomeInAnother_IsNobodyThere_AndHerselfAtHome()
    {
        const string Home = "dddddddd-0000-0000-0000-00000000000d", AsGuest = "dddddddd-0000-0000-0000-0000000000d2";
        await world.AddAccountAsync(FederationWorld.Norfolk, FederationWorld.NorfolksTenant, Home, "Nell Norfolk", email: "nell@norfolk.example");
        int before = await CountAsync();
        foreach (string oid in (string[])[AsGuest, Home])
        {
            using AgencyBrowser guest = world.Browser();
            (HttpStatusCode status, _) = await guest.SignInAsync(FederationWorld.Mercia,
                $$"""{"claims":{"acct":1,"oid":"{{oid}}","email":"nell@norfolk.example","idp":"https://sts.windows.net/{{FederationWorld.NorfolksTenant}}/"} }""");
            Assert.Equal((HttpStatusCode.BadRequest, false), (status, guest.IsSignedIn));
        }
        Assert.Equal(before, await CountAsync());

        using AgencyBrowser home = world.Browser();
        (HttpStatusCode atHome, string page) = await home.SignInAsync(FederationWorld.Norfolk, $$"""{"tenant":"{{FederationWorld.NorfolksTenant}}","claims":{"oid":"{{Home}}"} }""");

        Assert.True(atHome == HttpStatusCode.SeeOther, page);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("EEEEEEEE-0000-0000-0000-00000000000E")]
    [InlineData("{eeeeeeee-0000-0000-0000-00000000000e}")]
    [InlineData("eeeeeeee00000000000000000000000e")]
    [InlineData(" eeeeeeee-0000-0000-0000-00000000000e")]
    public async Task ObjectId_InAnotherSpelling_IsTheSamePerson_OrNone(string spelling)
    {
        const string Oid = "eeeeeeee-0000-0000-0000-00000000000e";
        await world.AddAccountAsync(FederationWorld.Mercia, FederationWorld.Tenant, Oid, "Elle Ector");
        int before = await CountAsync();
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Mercia, $$"""{"claims":{"oid":"{{spelling}}"} }""");

        Assert.True(status is HttpStatusCode.SeeOther or HttpStatusCode.BadRequest, $"{status} {page}");
        Assert.Equal(status == HttpStatusCode.SeeOther, browser.IsSignedIn);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("4102444800")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("9007199254740993")]
    [InlineData("1e300")]
    [InlineData("\"now\"")]
    [InlineData("[1]")]
    [InlineData("true")]
    public async Task AuthTime_ThatSaysNothing_OrCannotBe_MakesNobodyFresh(string said)
    {
        string subject = "sub-of-somebody-at-" + Guid.NewGuid();
        await world.AddAccountAsync(FederationWorld.Essex, world.Fake + "/honest", subject, "Tilly Time");
        string account = (await world.AccountAsync(world.Fake + "/honest", subject))!.Subject;
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Essex, $$"""{"claims":{"sub":"{{subject}}","auth_time":{{said}},"acr":"2","amr":["mfa"]} }""");

        // Refused, or taken for a sign-in of one factor that is hours old.
        Assert.True(status is HttpStatusCode.SeeOther or HttpStatusCode.BadRequest, $"{status} {page}");
        Assert.Equal(status == HttpStatusCode.SeeOther, browser.IsSignedIn);
        await world.InScopeAsync(async services =>
        {
            foreach (PersonSession session in await services.GetRequiredService<IdentityDb>().Sessions.Where(session => session.Subject == account).ToListAsync(TestContext.Current.CancellationToken))
            {
                Assert.Equal("1", session.Acr);
                Assert.True(session.ProvedAt <= session.StartedAt.AddHours(-1), $"Expected a sign-in whose age nobody proved to count as old, but it is of {session.ProvedAt:O}.");
            }
        });
    }

    private async Task<int> CountAsync()
    {
        int count = 0;
        await world.InScopeAsync(async services => count = await services.GetRequiredService<IdentityDb>().Accounts.CountAsync(TestContext.Current.CancellationToken));
        return count;
    }
}
