using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Operations;
using Assize.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Host and identity server, each with a second address that takes certificates of an authority of the test's own.</summary>
public sealed class BoundHost : IAsyncLifetime
{
    private const string Mailbox = "/api/v1/messages";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-bound-");
    private readonly X509Certificate2 _authority = Authority();
    private readonly Uri _identityUrl = Loopback("http"), _identitySecond = Loopback("https");
    private WebApplication _identity = null!, _host = null!;

    public Uri Url { get; } = Loopback("http");

    public Uri Second { get; } = Loopback("https");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using X509Certificate2 server = Issue("CN=localhost", "1.3.6.1.5.5.7.3.1", _authority);
        string tls = Path.Combine(_folder.FullName, "server.pfx"), authorities = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllBytesAsync(tls, server.Export(X509ContentType.Pkcs12));
        await File.WriteAllTextAsync(authorities, _authority.ExportCertificatePem());
        _identity = IdentityServer.Build(
            new IdentitySettings
            {
                Url = _identityUrl,
                HostUrl = Url,
                DataFolder = _folder.FullName,
                Deployment = Deployment.Demonstration,
                HostClientKeys = HostKey.PublicSet(HostKey.ReadOrCreate(_folder.FullName, null)),
                TlsCertificate = tls,
                MutualTlsUrl = _identitySecond,
                ClientAuthorities = authorities,
            },
            builder => builder.Logging.ClearProviders());
        await _identity.StartAsync();
        var builder = HostApplication.Prepare([], new HostSettings
        {
            HostUrl = Url,
            IdentityUrl = _identityUrl,
            DataFolder = _folder.FullName,
            IsDemonstration = true,
            EmbedIdentity = false,
            DefinitionsFolder = Path.Combine(AppContext.BaseDirectory, "definitions"),
            TlsCertificate = tls,
            MutualTlsUrl = Second,
            ClientAuthorities = authorities,
        });
        builder.Logging.ClearProviders();
        _host = HostApplication.Compose(builder);
        await Preparation.RunAsync(_host.Services, CancellationToken.None);
        await _host.StartAsync();
        await _host.Services.GetRequiredService<DirectoryReader>().PullAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        await _identity.StopAsync();
        await _identity.DisposeAsync();
        _authority.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>A token of the police's system, bound to the certificate where there is one.</summary>
    public async Task<string> TokenAsync(X509Certificate2? certificate)
    {
        var client = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "demo-client.json"), Stop))!;
        using var http = Client(certificate);
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "api",
            ["client_id"] = (string)client["client_id"]!,
            ["client_secret"] = (string)client["client_secret"]!,
        });
        using var answer = await http.PostAsync(new Uri(certificate is null ? _identityUrl : _identitySecond, "/connect/token"), form, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["access_token"]!;
    }

    /// <summary>How the API answers somebody who has the token and shows the certificate, if any.</summary>
    public async Task<HttpStatusCode> AskAsync(Uri at, string token, X509Certificate2? certificate)
    {
        using var http = Client(certificate);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.GetAsync(new Uri(at, Mailbox), Stop);
        return answer.StatusCode;
    }

    private HttpClient Client(X509Certificate2? certificate)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server?.Issuer == _authority.Subject;
        if (certificate is not null)
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return new HttpClient(handler);
    }

    public static X509Certificate2 Authority()
    {
        using var pair = RSA.Create(2048);
        CertificateRequest request = new($"CN=Authority {Guid.NewGuid():n}", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>A system's certificate.</summary>
    public X509Certificate2 Issue(string name, X509Certificate2? by = null) => Issue(name, "1.3.6.1.5.5.7.3.2", by ?? _authority);

    private static X509Certificate2 Issue(string name, string purpose, X509Certificate2 by)
    {
        using var pair = RSA.Create(2048);
        CertificateRequest request = new(name, pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(by, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(12));
        using var whole = signed.CopyWithPrivateKey(pair);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static Uri Loopback(string scheme)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"{scheme}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
