using System.Net;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Federation;

/// <summary>The provider that others wrote sends its own logout tokens to the address that enrolment names.</summary>
[Collection(FederationCollection.Name)]
public sealed class ProviderLogoutTests(FederationWorld world)
{
    [Fact]
    public async Task SignOut_AtTheAgencysProvider_EndsThatSessionHere_AndNoOther()
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "wanderer", "Wanda Wanderer");
        using AgencyBrowser desk = world.Browser();
        using AgencyBrowser home = world.Browser();
        string atDesk = await SignInAsync(desk), atHome = await SignInAsync(home);

        await desk.SignOutAtProviderAsync(world.Provider + "/session/end?client_id=assize-kent");

        DateTimeOffset latest = DateTimeOffset.UtcNow.AddSeconds(20);
        while (await IsLiveAsync(atDesk))
        {
            Assert.True(DateTimeOffset.UtcNow < latest, "Expected the provider's logout token to end the session, but it goes on.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.True(await IsLiveAsync(atHome));
        (HttpStatusCode status, string where) = await WhereAsync(desk);
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.Contains("/signin", where, StringComparison.Ordinal);
    }

    private async Task<string> SignInAsync(AgencyBrowser browser)
    {
        string[] before = await SessionsAsync();
        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=wanderer");
        Assert.True(status == HttpStatusCode.SeeOther, page);
        return (await SessionsAsync()).Except(before).Single();
    }

    private async Task<string[]> SessionsAsync()
    {
        string[] found = [];
        await world.InScopeAsync(async services => found = await services.GetRequiredService<IdentityDb>().Sessions.Where(session => session.UpstreamSubject == "wanderer").Select(session => session.Id).ToArrayAsync());
        return found;
    }

    private async Task<bool> IsLiveAsync(string session)
    {
        bool live = false;
        await world.InScopeAsync(async services => live = await services.GetRequiredService<SessionRegister>().LiveAsync(session, CancellationToken.None) is not null);
        return live;
    }

    private static async Task<(HttpStatusCode Status, string Where)> WhereAsync(AgencyBrowser browser)
    {
        using HttpResponseMessage answer = await browser.GetAsync("/sessions");
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "");
    }
}
