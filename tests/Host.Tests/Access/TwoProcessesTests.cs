using System.Net;
using Assize.Host.Tests.Pages.Administration;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Two processes of the built application on one PostgreSQL, as behind a load balancer, and somebody who leaves while pages of theirs are open.</summary>
public sealed class TwoProcessesTests
{
    // From the change's commit to the last question that was answered. A yes is believed for five seconds from a question that came before the commit, however slow the machine is.
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaver_IsRefusedWithinFiveSeconds_InBothProcesses_WithAnOlderCookieToo()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseKind.Postgres);
        var folder = Directory.CreateTempSubdirectory("assize-two-");
        using (var first = await HostProcess.StartAsync(folder.FullName, database.ConnectionString))
        {
            var (settings, listens) = first.Beside();
            using var second = await HostProcess.StartAsync(settings);
            Assert.NotEqual(first.Process.Id, second.Process.Id);
            using HttpClient older = await BrowserAsync(first, DirectoryHost.Lena), newer = await BrowserAsync(first, DirectoryHost.Lena), carol = await BrowserAsync(first, DirectoryHost.Carol);
            (HttpClient Browser, Uri Page)[] open = [.. from browser in new[] { older, newer } from url in new[] { first.HostUrl, listens } select (browser, new Uri(url, "/access"))];
            foreach (var (browser, page) in open)
            {
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, page));
            }

            using var left = await carol.PostFormAsync($"/access/people/{DirectoryHost.Lena}/status?to=left", "status", ("reason", DirectoryHost.Reason));
            Assert.Equal(HttpStatusCode.Found, left.StatusCode);
            var longest = await UntilAllAreRefusedAsync(open);

            Assert.True(longest <= s_allowed, $"Expected every cookie to be refused within five seconds in both processes, but one was still good after {longest.TotalSeconds:0.0}.");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(carol, new Uri(listens, "/access")));
        }

        folder.Delete(recursive: true);
    }

    /// <summary>How long after the beginning the last page was still shown.</summary>
    private static async Task<TimeSpan> UntilAllAreRefusedAsync((HttpClient Browser, Uri Page)[] open)
    {
        DateTimeOffset start = DateTimeOffset.UtcNow, last = start;
        while (open.Length > 0 && DateTimeOffset.UtcNow - start < TimeSpan.FromSeconds(60))
        {
            List<(HttpClient, Uri)> still = [];
            foreach (var (browser, page) in open)
            {
                var asked = DateTimeOffset.UtcNow;
                if (await StatusAsync(browser, page) == HttpStatusCode.OK)
                {
                    last = asked;
                    still.Add((browser, page));
                }
            }

            open = [.. still];
        }

        return last - start;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, Uri page)
    {
        using var answer = await browser.GetAsync(page, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpClient> BrowserAsync(HostProcess host, string subject) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = await DirectoryHost.SignInAsync(host.HostUrl, host.IdentityUrl, subject) }) { BaseAddress = host.HostUrl };
}
