using System.Net;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>A system whose token is bound to its certificate, from the identity server to the API, over real TLS.</summary>
public sealed class BoundTokenTests(BoundHost host) : IClassFixture<BoundHost>
{
    [Fact]
    public async Task BoundToken_OpensTheApi_WithItsOwnCertificateOnly_AndIsNotBelievedWithoutItASecondLater()
    {
        using X509Certificate2 right = host.Issue("CN=case system"), other = host.Issue("CN=other system");
        var bound = await host.TokenAsync(right);

        HttpStatusCode[] before = [await host.AskAsync(host.Second, bound, other), await host.AskAsync(host.Url, bound, null)];
        HttpStatusCode own = await host.AskAsync(host.Second, bound, right);
        HttpStatusCode[] after = [await host.AskAsync(host.Second, bound, other), await host.AskAsync(host.Url, bound, null)];

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], before);
        Assert.Equal(HttpStatusCode.OK, own);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], after);
    }

    [Fact]
    public async Task PlainToken_OpensTheApi_WithAndWithoutACertificate()
    {
        using X509Certificate2 right = host.Issue("CN=case system");
        var plain = await host.TokenAsync(null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await host.AskAsync(host.Url, plain, null), await host.AskAsync(host.Second, plain, right)));
    }

    [Fact]
    public async Task SecondAddress_WithoutACertificate_OrWithAStrangers_DoesNotEvenConnect()
    {
        using var strangers = BoundHost.Authority();
        using X509Certificate2 stranger = host.Issue("CN=case system", strangers);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.AskAsync(host.Second, "none", null));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.AskAsync(host.Second, "none", stranger));
    }
}
