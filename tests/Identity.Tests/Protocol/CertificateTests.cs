using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Connect;
using Assize.Identity.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Xunit;

namespace Assize.Identity.Tests.Protocol;

/// <summary>HTTPS with an authority of the test's own: tokens bound to certificates, and what TLS changes on pages.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("assize-tls-");
    private readonly X509Certificate2 _authority = Authority("CN=Test authority");
    private RunningServer _server = null!;
    private Uri _second = null!;

    private static string[] Headers { get; } = ["X-ARR-ClientCert", "Client-Cert", "X-Client-Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert"];

    public async ValueTask InitializeAsync()
    {
        using X509Certificate2 own = Issue("CN=127.0.0.1", _authority, "1.3.6.1.5.5.7.3.1");
        string tls = Path.Combine(_folder.FullName, "server.pfx"), ca = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllBytesAsync(tls, own.Export(X509ContentType.Pkcs12));
        await File.WriteAllTextAsync(ca, _authority.ExportCertificatePem());
        _second = new Uri($"https://127.0.0.1:{RunningServer.FreePort()}");
        _server = await StartAsync(_second);
    }

    private Task<RunningServer> StartAsync(Uri? second = null, IPNetwork? proxies = null, Action<WebApplicationBuilder>? adjust = null) => RunningServer.StartAsync(
        change: settings => settings with
        {
            Url = new Uri($"https://127.0.0.1:{settings.Url.Port}"),
            TlsCertificate = Path.Combine(_folder.FullName, "server.pfx"),
            MutualTlsUrl = second ?? new Uri($"https://127.0.0.1:{RunningServer.FreePort()}"),
            ClientAuthorities = Path.Combine(_folder.FullName, "ca.pem"),
            Proxies = proxies is { } known ? [known] : [],
        },
        adjust: adjust);

    [Fact]
    public async Task Token_ThatWasAskedForWithACertificate_IsBoundToIt()
    {
        using X509Certificate2 right = Issue("CN=system", _authority, "1.3.6.1.5.5.7.3.2");

        (HttpStatusCode status, JsonObject bound) = await TokenAsync(right);
        (_, JsonObject plain) = await TokenAsync(null);

        Assert.True(status == HttpStatusCode.OK, bound.ToJsonString());
        JsonNode? confirmation = (await _server.IntrospectAsync((string)bound["access_token"]!))["cnf"];
        Assert.NotNull(confirmation);
        Assert.Contains(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(SHA256.HashData(right.RawData)), confirmation.ToJsonString(), StringComparison.Ordinal);
        Assert.Null((await _server.IntrospectAsync((string)plain["access_token"]!))["cnf"]);
    }

    [Fact]
    public async Task Certificate_OfAnotherAuthority_DoesNotEvenConnect()
    {
        using X509Certificate2 other = Authority("CN=Other authority"), stranger = Issue("CN=system", other, "1.3.6.1.5.5.7.3.2");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => TokenAsync(stranger));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => TokenAsync(null, _second));
    }

    [Fact]
    public async Task Certificate_WithoutTheClientsSecret_SignsNobodyIn()
    {
        using X509Certificate2 right = Issue("CN=system", _authority, "1.3.6.1.5.5.7.3.2");

        (HttpStatusCode status, JsonObject body) = await TokenAsync(right, secret: null);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("invalid_client", (string)body["error"]!);
    }

    [Fact]
    public async Task Client_ThatIsRegisteredAsBound_GetsNoTokenWithoutItsCertificate()
    {
        using X509Certificate2 right = Issue("CN=system", _authority, "1.3.6.1.5.5.7.3.2");
        await using (AsyncServiceScope scope = _server.Services.CreateAsyncScope())
        {
            IOpenIddictApplicationManager applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
            object client = (await applications.FindByClientIdAsync("harbour-defence-case-system", TestContext.Current.CancellationToken))!;
            OpenIddictApplicationDescriptor descriptor = new();
            await applications.PopulateAsync(descriptor, client, TestContext.Current.CancellationToken);
            descriptor.Properties[Certificates.BoundOnly] = JsonSerializer.SerializeToElement(true);
            await applications.UpdateAsync(client, descriptor, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(null, file: "demo-client-defence.json")).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(right, file: "demo-client-defence.json")).Status);
    }

    [Theory]
    [InlineData("192.0.2.0/24")]
    [InlineData("127.0.0.0/8")]
    public async Task Certificate_InAHeader_IsWhatAStrangerWrote_WhicheverProxiesAreKnown(string proxies)
    {
        await using RunningServer server = await StartAsync(proxies: IPNetwork.Parse(proxies));
        await using RunningServer believing = await StartAsync(adjust: builder => builder.Services
            .AddCertificateForwarding(forwarding => forwarding.CertificateHeader = Headers[0]).AddSingleton<IStartupFilter, Believing>());
        using X509Certificate2 right = Issue("CN=system", _authority, "1.3.6.1.5.5.7.3.2");

        JsonObject token = await WithHeaderAsync(server, right), deceived = await WithHeaderAsync(believing, right);

        Assert.Null((await server.IntrospectAsync((string)token["access_token"]!))["cnf"]);
        Assert.NotNull((await believing.IntrospectAsync((string)deceived["access_token"]!))["cnf"]);
    }

    [Fact]
    public async Task BoundToken_OfASystemThatIsSuspended_IsDeadAtOnce()
    {
        using X509Certificate2 right = Issue("CN=system", _authority, "1.3.6.1.5.5.7.3.2");
        (_, JsonObject bound) = await TokenAsync(right);
        bool before = (bool)(await _server.IntrospectAsync((string)bound["access_token"]!))["active"]!;

        await using (AsyncServiceScope scope = _server.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<DirectoryWriter>().SetStatusAsync(_server.ClientFile("demo-client.json").Id, AccountStatus.Suspended, TestContext.Current.CancellationToken);
        }

        Assert.Equal((true, false), (before, (bool)(await _server.IntrospectAsync((string)bound["access_token"]!))["active"]!));
        Assert.NotEqual(HttpStatusCode.OK, (await TokenAsync(right)).Status);
    }

    [Fact]
    public async Task Pages_OnHttps_HaveHostCookies_AndSayStrictTransport()
    {
        using HttpResponseMessage page = await _server.GetAsync("/signin");
        using HttpResponseMessage none = await _server.GetAsync("/signin/nothing-here");

        Assert.Contains("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        string cookie = page.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl!.NoStore);

        // A page without a form, whose guard against forgery says the same, has nothing but this.
        Assert.True(none.Headers.CacheControl?.NoStore);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> TokenAsync(X509Certificate2? certificate, Uri? at = null, string? secret = "", string file = "demo-client.json")
    {
        (string id, string own) = _server.ClientFile(file);
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = IsOurs;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        using HttpClient http = new(handler) { BaseAddress = at ?? (certificate is null ? _server.Url : _second) };
        List<KeyValuePair<string, string>> fields = [new("grant_type", "client_credentials"), new("scope", "api"), new("client_id", id)];
        if (secret is not null)
        {
            fields.Add(new("client_secret", own));
        }
        using FormUrlEncodedContent form = new(fields);
        using HttpResponseMessage answer = await http.PostAsync("/connect/token", form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    // As a proxy would pass on what it was shown, in each of the usual spellings.
    private static async Task<JsonObject> WithHeaderAsync(RunningServer server, X509Certificate2 certificate)
    {
        (string id, string secret) = server.ClientFile("demo-client.json");
        using HttpRequestMessage request = new(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "api"), new("client_id", id), new("client_secret", secret)]),
        };
        Array.ForEach(Headers, header => request.Headers.TryAddWithoutValidation(header, Convert.ToBase64String(certificate.RawData)));
        using HttpResponseMessage answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>A server that believes such a header, to show that the test would notice one.</summary>
    private sealed class Believing : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseCertificateForwarding();
            next(app);
        };
    }

    private bool IsOurs(object sender, X509Certificate? server, X509Chain? chain, SslPolicyErrors errors) => server?.Issuer == _authority.Subject;

    private static X509Certificate2 Authority(string name)
    {
        using RSA pair = RSA.Create(2048);
        CertificateRequest request = new(name, pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(string name, X509Certificate2 authority, string purpose)
    {
        using RSA pair = RSA.Create(2048);
        CertificateRequest request = new(name, pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(12));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(pair);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
