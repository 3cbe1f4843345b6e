using System.Net;
using System.Net.Sockets;
using Assize.Host.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests.Operations;

/// <summary>Signing in and out are open to strangers; one address may not make the host work without end.</summary>
public sealed class SignInPaceTests : IAsyncLifetime
{
    private const int Rate = 4;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-pace-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private WebApplication _host = null!;

    [Theory]
    [InlineData("GET", "/signin", "en", "Wait a few seconds and try again.")]
    [InlineData("POST", "/signout", "cy", "Gormod o geisiadau")]
    public async Task SigningInOrOut_WithoutEnd_IsHeldBackInWords_AndNothingElseIs(string method, string path, string language, string words)
    {
        var answers = await ManyAsync(method, path, i => $"2001:db8:0:1::{i}", language);

        using var elsewhere = await SendAsync("POST", "/signout", "2001:db8:0:2::1");
        using var page = await SendAsync("GET", "/problem/404", "2001:db8:0:1::1");
        Assert.Contains(answers, answer => answer.Status != HttpStatusCode.TooManyRequests);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", refused.RetryAfter);
        Assert.Contains(words, refused.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (elsewhere.StatusCode, page.StatusCode));
    }

    [Fact]
    public async Task LogoutTokens_ThatAreNone_AreHeldBack_AndCostNobodyTheirSignOut()
    {
        var first = await ManyAsync("POST", "/signout/backchannel", _ => "192.0.2.1");
        var second = await ManyAsync("POST", "/signout/backchannel", _ => "192.0.2.1");

        using var signOut = await SendAsync("POST", "/signout", "192.0.2.1");
        Assert.Contains(first, answer => answer.Status == HttpStatusCode.BadRequest);
        Assert.Contains(second, answer => answer.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.BadRequest, signOut.StatusCode);
    }

    public async ValueTask InitializeAsync()
    {
        var settings = HostSettings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ASSIZE_HOST_URL"] = $"http://127.0.0.1:{FreePort()}",
            ["ASSIZE_DATA"] = _folder.FullName,
            ["ASSIZE_DEPLOYMENT"] = "Demonstration",
            ["ASSIZE_PROXIES"] = "127.0.0.0/8",
            ["ASSIZE_HOST_RATE"] = $"{Rate}",
        }).Build());
        var builder = HostApplication.Prepare([], settings);
        builder.Logging.ClearProviders();
        builder.Services.RemoveAll<IHostedService>();
        _host = HostApplication.Compose(builder);
        await Preparation.RunAsync(_host.Services, CancellationToken.None);
        await _host.StartAsync();
        _http.BaseAddress = settings.HostUrl;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task<(HttpStatusCode Status, string? RetryAfter, string Text)[]> ManyAsync(string method, string path, Func<int, string> from, string language = "en") =>
        await Task.WhenAll(Enumerable.Range(1, 10 * Rate).Select(async i =>
        {
            using var answer = await SendAsync(method, path, from(i), language);
            return (answer.StatusCode, answer.Headers.RetryAfter?.ToString(), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }));

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string from, string language = "en")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Add("X-Forwarded-For", from);
        request.Headers.Add("Cookie", $"assize-language={language}");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
