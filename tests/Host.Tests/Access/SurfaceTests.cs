using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Operations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>What every page and every route of the host has in common, found by asking the host for them.</summary>
public sealed class SurfaceTests(HostFixture host)
{
    private static readonly string[] s_members =
        ["homeAgency", "ownerAgency", "agencyId", "status", "state", "approvals", "sponsoredBy", "consentedBy", "maxClass", "end", "sealEpoch", "recertifyBy", "requestedBy", "actor", "completedBy", "laneRole"];

    /// <summary>What a body names because that is what is asked for: whose cases, and what if somebody were suspended.</summary>
    private static readonly HashSet<string> s_own = ["/api/v1/access/requests ownerAgency", "/api/v1/access/simulate status"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAnswer_MayBeFramedByNobody_IsInNoCache_AndIsWhatItSays()
    {
        List<string> bare = [];
        foreach (var route in (await HostRoutes.OfAsync(host.Host.Services)).Where(route => route.Method == "GET"))
        {
            foreach (var subject in (string?[])[Cast.CaseBuilder, null])
            {
                using var client = host.Client(subject);
                using var answer = await client.GetAsync(HostRoutes.Fill(route.Pattern, _ => "none"), HttpCompletionOption.ResponseHeadersRead, Stop);
                var policy = string.Join(' ', answer.Headers.TryGetValues("Content-Security-Policy", out var said) ? said : []);
                var sniffing = string.Join(' ', answer.Headers.TryGetValues("X-Content-Type-Options", out var types) ? types : []);
                if (!policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || sniffing != "nosniff" || answer.Headers.CacheControl is not { NoStore: true } and not { Private: true } and not { NoCache: true })
                {
                    bare.Add($"{route} as {subject}: {(int)answer.StatusCode} {policy} {sniffing} {answer.Headers.CacheControl}");
                }
            }
        }

        Assert.True(bare.Count == 0, string.Join('\n', bare));
    }

    [Fact]
    public async Task Members_ThatNobodyMaySet_AreRefused_InEveryBodyOfTheApi()
    {
        List<string> taken = [];
        var tried = 0;
        using var client = host.Client(Cast.AgencyAdmin);
        foreach (var (method, pattern) in Bodies())
        {
            var path = HostRoutes.Fill(pattern, name => name == "urn" ? host.Urn : "none");
            foreach (var member in s_members.Where(member => !s_own.Contains($"{pattern} {member}")))
            {
                var body = SealedCaseTests.Body(path, host.Urn);
                body[member] = "x";
                using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("n"));
                using var answer = await client.SendAsync(request, Stop);
                tried++;
                var code = (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))?["code"];
                if ((answer.StatusCode, code) != (HttpStatusCode.BadRequest, "json-unreadable"))
                {
                    taken.Add($"{method} {path} {member}: {(int)answer.StatusCode} {code}");
                }
            }
        }

        Assert.True(tried > 200, $"Expected the bodies of the API to be tried, but there were only {tried} requests.");
        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }

    [Fact]
    public async Task Body_ThatTricklesIn_IsCutOff()
    {
        using TcpClient client = new();
        await client.ConnectAsync(host.Url.Host, host.Url.Port, Stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/prosecutions HTTP/1.1\r\nHost: {host.Url.Authority}\r\n{HeaderSignIn.Header}: {Cast.PoliceSystem}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"), Stop);
        var answer = stream.ReadAsync(new byte[1], Stop).AsTask();
        for (var second = 0; second < 25 && !answer.IsCompleted; second++)
        {
            try
            {
                await stream.WriteAsync("x"u8.ToArray(), Stop);
            }
            catch (IOException)
            {
                return;
            }

            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), Stop));
        }

        Assert.True(answer.IsCompleted, "Expected whoever sends a byte a second to be cut off, but they hold their connection.");
    }

    [Fact]
    public void Cookies_OfAnHttpsAddress_AreOfThisHostAlone_AndOfNoScript()
    {
        using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(TimeProvider.System).AddDataProtection().Services
            .AddHostAccess(new AccessSettings { HostUrl = new Uri("https://assize.example"), IdentityUrl = new Uri("https://identity.example"), DataFolder = Path.GetTempPath() }).BuildServiceProvider();
        var oidc = services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(SchemeNames.OpenIdConnect);
        Microsoft.AspNetCore.Http.CookieBuilder[] cookies =
        [
            services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SchemeNames.Cookie).Cookie, oidc.CorrelationCookie, oidc.NonceCookie,
            services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie,
        ];

        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie.Name, StringComparison.Ordinal);
            Assert.Equal((true, Microsoft.AspNetCore.Http.CookieSecurePolicy.Always, null), (cookie.HttpOnly, cookie.SecurePolicy, cookie.Domain));
            Assert.True(cookie.SameSite is Microsoft.AspNetCore.Http.SameSiteMode.Lax or Microsoft.AspNetCore.Http.SameSiteMode.Strict);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LogLine_OfAnAddressWithLineBreaks_IsOneLine(bool demonstration)
    {
        const string Forged = "/x\r\n{\"LogLevel\":\"Critical\"}\nfail: granted";
        var folder = Directory.CreateTempSubdirectory("assize-log-");
        var certificate = Path.Combine(folder.FullName, "protection.pfx");
        using (var pair = RSA.Create(2048))
        {
            var now = DateTimeOffset.UtcNow;
            File.WriteAllBytes(certificate, new CertificateRequest("CN=tests", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now, now.AddDays(1)).Export(X509ContentType.Pfx));
        }

        using var services = HostApplication.Prepare([], new HostSettings
        {
            HostUrl = host.Url,
            IdentityUrl = new Uri("http://localhost:1"),
            DataFolder = folder.FullName,
            IsDemonstration = demonstration,
            EmbedIdentity = false,
            DefinitionsFolder = "",
            ProtectionCertificate = certificate,
        }).Services.BuildServiceProvider();
        var chosen = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName ?? ConsoleFormatterNames.Simple;
        var formatter = services.GetServices<ConsoleFormatter>().Single(known => known.Name == chosen);
        using StringWriter written = new();

        formatter.Write(new LogEntry<string>(LogLevel.Error, "Host", default, $"A request failed: GET {Forged}.", new IOException($"Said {Forged}"), (state, _) => state), null, written);

        Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        folder.Delete(recursive: true);
    }

    /// <summary>The API's routes that read a body of JSON by its contract; a charge is kept as it came, and read by its sender's schema.</summary>
    private IEnumerable<(string Method, string Pattern)> Bodies() => host.Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal)
            && route.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } && type != typeof(string)
            && !route.RoutePattern.RawText.Contains("demonstration", StringComparison.Ordinal) && route.RoutePattern.RawText.Trim('/') != "api/v1/prosecutions")
        .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (method, "/" + route.RoutePattern.RawText!.TrimStart('/'))));
}
