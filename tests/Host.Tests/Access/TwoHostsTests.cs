using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Two hosts with containers of their own on one database, and one browser whose cookie both take.</summary>
public sealed class TwoHostsTests(AccessHost host) : IClassFixture<AccessHost>
{
    private const string Owen = "owen.fazakerley@harbour-defence";
    private const string Nadia = "nadia.rahman@harbour-defence";
    // From the change's commit to the last question that was answered. A yes is believed for five seconds from a question that came before the commit, however slow the machine is.
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(Owen, true)]
    [InlineData(Nadia, false)]
    public async Task OpenSession_OfALeaver_OrOneThatWasEnded_IsRefusedWithinFiveSeconds_InASecondHost(string subject, bool leaves)
    {
        (WebApplication second, Uri secondUrl) = await host.StartAnotherAsync();
        await using (second)
        {
            using PersonBrowser browser = new(host);
            Assert.Equal(subject, (string)(await browser.SignInAsync("/who", subject))["subject"]!);
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(new Uri(secondUrl, "/who")));
            await using (AsyncServiceScope scope = host.Identity.Services.CreateAsyncScope())
            {
                CancellationToken ct = TestContext.Current.CancellationToken;
                await (leaves
                    ? scope.ServiceProvider.GetRequiredService<DirectoryWriter>().SetStatusAsync(subject, AccountStatus.Left, ct)
                    : scope.ServiceProvider.GetRequiredService<SessionRegister>().EndOfSubjectAsync(subject, "A test ended it.", ct));
            }

            DateTimeOffset start = DateTimeOffset.UtcNow, last = start;
            DateTimeOffset asked = start;
            while (await browser.StatusAsync(new Uri(secondUrl, "/who")) == HttpStatusCode.OK && asked - start < TimeSpan.FromSeconds(60))
            {
                // The last question that was still answered, not the slow machine's first refusal.
                last = asked;
                await Task.Delay(100, TestContext.Current.CancellationToken);
                asked = DateTimeOffset.UtcNow;
            }

            Assert.True(last - start <= s_allowed, $"Expected the session to be refused within five seconds, but it was still good after {(last - start).TotalSeconds:0.0}.");
            Assert.NotEqual(HttpStatusCode.OK, await browser.StatusAsync(new Uri(host.Url, "/who")));
            await second.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task OlderCookie_OfALeaver_OpensNoPage_InEitherHost()
    {
        const string Dele = "dele.okafor@cps-mersey-cheshire";
        CancellationToken ct = TestContext.Current.CancellationToken;
        (WebApplication second, Uri secondUrl) = await host.StartAnotherAsync();
        await using (second)
        {
            using PersonBrowser older = new(host), newer = new(host);
            await older.SignInAsync("/who", Dele);
            string cookie = older.Cookie("assize-host");
            await newer.SignInAsync("/who", Dele);
            // The older one has been believed by both before, and a later sign-in elsewhere did not end it.
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await older.StatusAsync(new Uri(host.Url, "/who")), await older.StatusAsync(new Uri(secondUrl, "/who"))));
            Assert.NotEqual(cookie, newer.Cookie("assize-host"));
            await using (AsyncServiceScope scope = host.Identity.Services.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().SetStatusAsync(Dele, AccountStatus.Left, ct);
            }

            DateTimeOffset start = DateTimeOffset.UtcNow, last = start;
            (PersonBrowser Browser, Uri Url)[] open = [(older, host.Url), (older, secondUrl), (newer, host.Url), (newer, secondUrl)];
            while (open.Length > 0 && DateTimeOffset.UtcNow - start < TimeSpan.FromSeconds(60))
            {
                List<(PersonBrowser, Uri)> still = [];
                foreach ((PersonBrowser browser, Uri url) in open)
                {
                    DateTimeOffset asked = DateTimeOffset.UtcNow;
                    if (await browser.StatusAsync(new Uri(url, "/who")) == HttpStatusCode.OK)
                    {
                        last = asked;
                        still.Add((browser, url));
                    }
                }
                open = [.. still];
            }

            Assert.True(last - start <= s_allowed, $"Expected every cookie to be refused within five seconds, but one was still good after {(last - start).TotalSeconds:0.0}.");
            using PersonBrowser planted = new(host);
            planted.Plant("assize-host", cookie);
            Assert.NotEqual(HttpStatusCode.OK, await planted.StatusAsync(new Uri(secondUrl, "/who")));
            await second.StopAsync(ct);
        }
    }

    [Fact]
    public async Task Cookie_HoldsNoToken_AndANewSignInNeverKeepsItsKey()
    {
        using PersonBrowser browser = new(host);
        await browser.SignInAsync("/who", "ruth.bellamy@liverpool-magistrates");
        string before = browser.Cookie("assize-host");

        await browser.SignInAsync("/signin?returnUrl=/who&acr=2", "martin.leigh@liverpool-magistrates");

        Assert.NotEqual(before, browser.Cookie("assize-host"));
        Assert.True(before.Length < 600, $"Expected a key in the cookie and nothing more, but it has {before.Length} characters.");
        JsonNode who = await browser.ReadAsync(new Uri(host.Url, "/who"));
        Assert.Equal(("martin.leigh@liverpool-magistrates", "2"), ((string)who["subject"]!, (string)who["acr"]!));
        using PersonBrowser attacker = new(host);
        attacker.Plant("assize-host", before);
        Assert.NotEqual(HttpStatusCode.OK, await attacker.StatusAsync(new Uri(host.Url, "/who")));
    }

    [Fact]
    public async Task Administration_IsCalledAsThePerson_WithoutTheirTokenInTheBrowser()
    {
        using PersonBrowser browser = new(host);
        await browser.SignInAsync("/who", "aisha.karim@liverpool-magistrates");

        JsonNode answer = await browser.ReadAsync(new Uri(host.Url, "/administration"));

        Assert.Equal((403, "not_admin"), ((int)answer["status"]!, (string)answer["code"]!));
    }

    [Fact]
    public async Task LogoutToken_ThatIsForged_EndsNothing()
    {
        using PersonBrowser browser = new(host);
        string sid = (string)(await browser.SignInAsync("/who", "peter.lunt@liverpool-magistrates"))["sessionId"]!;
        using HttpClient http = new();
        using FormUrlEncodedContent form = new([KeyValuePair.Create("logout_token", Unsigned(host, sid))]);

        using HttpResponseMessage answer = await http.PostAsync(new Uri(host.Url, "/signout/backchannel"), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(new Uri(host.Url, "/who")));
    }

    private static string Unsigned(AccessHost host, string sid)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string head = """{"alg":"none","typ":"logout+jwt"}""";
        string claims = new JsonObject
        {
            ["iss"] = host.IdentityUrl.AbsoluteUri,
            ["aud"] = "assize-host",
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = "1",
            ["sid"] = sid,
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        }.ToJsonString();
        return $"{Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(head))}.{Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(claims))}.";
    }
}
