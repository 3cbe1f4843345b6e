using System.Net;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Requests that call this host by a name that is not its own.</summary>
public sealed class ForeignHostTests(AccessHost host) : IClassFixture<AccessHost>
{
    private const string Evil = "evil.example";

    [Theory]
    [InlineData("Host")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    [InlineData("X-Original-Host")]
    public async Task SignIn_BegunAtAnotherHost_LeadsToTheIdentityServer_AndBackHere(string header)
    {
        CookieContainer cookies = new();
        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.Url, "/who"));
        request.Headers.TryAddWithoutValidation(header, header == "Forwarded" ? $"host={Evil};proto=https" : Evil);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        using var page = await client.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(host.IdentityUrl.Authority, answer.Headers.Location!.Authority);
        // The identity server took the request, which says where to come back to, and shows its page.
        Assert.True(page.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{page.StatusCode} {await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        Assert.DoesNotContain(Evil, answer.Headers.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Evil, $"{page.Headers} {await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}", StringComparison.Ordinal);
    }
}
