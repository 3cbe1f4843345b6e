using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Assize.Identity.Tests.Operations;

/// <summary>Behind a proxy that ends TLS: what it says is believed, and nobody else's word is.</summary>
public sealed class ProxyTests
{
    private const string Metadata = "/.well-known/openid-configuration";

    [Fact]
    public async Task Requests_ThroughAKnownProxy_AreHttps_AndOfTheAddressThatItNames()
    {
        await using RunningServer server = await StartAsync(IPNetwork.Parse("127.0.0.0/8"));

        using HttpResponseMessage metadata = await GetAsync(server, Metadata, "https", "203.0.113.7");
        JsonNode said = JsonNode.Parse(await metadata.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        using HttpResponseMessage page = await GetAsync(server, "/signin", "https", "203.0.113.7");

        Assert.Equal(("https://identity.example/", "https://identity.example/connect/token"), ((string)said["issuer"]!, (string)said["token_endpoint"]!));
        Assert.StartsWith("max-age", page.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.True(cookie.StartsWith("__Host-", StringComparison.Ordinal) && cookie.Contains("secure", StringComparison.OrdinalIgnoreCase), cookie));
    }

    [Fact]
    public async Task Requests_ThroughAKnownProxy_ArePacedByTheAddressThatItNames()
    {
        await using RunningServer server = await StartAsync(IPNetwork.Parse("127.0.0.0/8"));

        HttpStatusCode[] one = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => StatusAsync(server, "203.0.113.7")));
        HttpStatusCode another = await StatusAsync(server, "203.0.113.8");

        Assert.Contains(HttpStatusCode.TooManyRequests, one);
        Assert.Equal(HttpStatusCode.OK, another);
    }

    [Fact]
    public async Task Requests_OfOneNetworkOfVersion6_ArePacedTogether()
    {
        await using RunningServer server = await StartAsync(IPNetwork.Parse("127.0.0.0/8"));

        HttpStatusCode[] one = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => StatusAsync(server, $"2001:db8:0:1:{i}::{i}")));
        HttpStatusCode another = await StatusAsync(server, "2001:db8:0:2::1");

        Assert.Contains(HttpStatusCode.TooManyRequests, one);
        Assert.Equal(HttpStatusCode.OK, another);
    }

    [Fact]
    public async Task Requests_ThroughSomebodyElse_AreWhatTheyAre()
    {
        await using RunningServer server = await StartAsync(IPNetwork.Parse("192.0.2.0/24"));

        using HttpResponseMessage metadata = await GetAsync(server, Metadata, "https", "203.0.113.7");
        HttpStatusCode[] invented = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => StatusAsync(server, $"203.0.113.{i}")));

        Assert.Equal(HttpStatusCode.BadRequest, metadata.StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, invented);
    }

    private static Task<RunningServer> StartAsync(IPNetwork proxies) => RunningServer.StartAsync(change: settings => settings with
    {
        ListenUrl = settings.Url,
        Url = new Uri("https://identity.example"),
        Proxies = [proxies],
        RequestsPerTenSeconds = 20,
    });

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string address)
    {
        using HttpResponseMessage answer = await GetAsync(server, QueryHelpers.AddQueryString("/signin", "returnUrl", "/sessions"), "https", address);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> GetAsync(RunningServer server, string path, string scheme, string address)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Host = "identity.example";
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-For", address);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
