using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Assize.Host.Access;
using Assize.Host.Tests.Coverage;
using Assize.Identity;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Assize.TestKit;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>The whole host beside an identity server that agencies' providers on this machine may be enrolled at.</summary>
public sealed class EnrolmentHost : HostFixture
{
    public const string Carol = "carol.whitfield@merseyside-police";
    public const string Alex = "alex.moore@assize-platform";
    public const string Robin = "robin.vane@assize-platform";

    /// <summary>Holds a role that administers nothing.</summary>
    public const string Sam = "sam.carter@merseyside-police";

    /// <summary>Reviews access, but administers nobody.</summary>
    public const string Lena = "lena.fox@merseyside-police";
    public const string Reason = "Agreed with the team leader.";
    public const string Secret = "a-secret-of-a-test-that-is-long-enough";

    private readonly ConcurrentDictionary<string, Lazy<Task<CookieContainer>>> _signedIn = new(StringComparer.Ordinal);
    private WebApplication _identity = null!;

    /// <summary>The key that every agency of these tests signs with.</summary>
    private readonly ECDsa _agencysKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Uri Identity => IdentityUrl;

    protected override Uri IdentityUrl { get; } = new($"http://localhost:{FreePort()}");

    public override async ValueTask InitializeAsync()
    {
        _identity = IdentityServer.Build(
            new IdentitySettings
            {
                Url = IdentityUrl,
                HostUrl = Url,
                DataFolder = DataFolder,
                Deployment = Deployment.Demonstration,
                HostClientKeys = HostKey.PublicSet(HostKey.ReadOrCreate(DataFolder, null)),
                AllowsLoopbackUpstreams = true,
                RequestsPerTenSeconds = 1000,
            },
            builder => builder.Logging.ClearProviders());
        await _identity.StartAsync();
        await base.InitializeAsync();
        await FollowAsync();
    }

    public override Task<string> OpenCaseAsync() => Task.FromResult("");

    /// <summary>Reads the directory into the host's copy, as its job does every few seconds.</summary>
    public Task FollowAsync() => Host.Services.GetRequiredService<DirectoryReader>().PullAsync(CancellationToken.None);

    /// <summary>A browser in which somebody has signed in; one session for all the browsers of a person.</summary>
    public async Task<HttpClient> BrowserAsync(string subject) => new(new Visits(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = await _signedIn.GetOrAdd(subject, who => new Lazy<Task<CookieContainer>>(() => SignInAsync(who))).Value,
    }))
    { BaseAddress = Url };

    /// <summary>Somebody of the police who may sign in and holds no role.</summary>
    public async Task<string> RolelessAsync()
    {
        const string Nora = "nora.blank@merseyside-police";
        await WithAsync<DirectoryWriter>(directory => directory.AddMissingAsync([], [new Account { Subject = Nora, Name = "Nora Blank", AgencyId = "merseyside-police" }], CancellationToken.None));
        await FollowAsync();
        return Nora;
    }

    public async Task WithAsync<T>(Func<T, Task> use)
        where T : notnull
    {
        await using var scope = _identity.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<TResult> ReadAsync<TResult>(Func<IdentityDb, Task<TResult>> read)
    {
        await using var scope = _identity.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    public string AgencyKey
    {
        get
        {
            var half = _agencysKey.ExportParameters(includePrivateParameters: false);
            return JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(half.Q.X!), y = Base64UrlEncoder.Encode(half.Q.Y!) });
        }
    }

    /// <summary>A provider that others wrote, at which an agency's people sign in by the hint of their name, or as "officer".</summary>
    public Task<NodeProcess> ProviderAsync(string agency) => NodeProcess.StartAsync("agency-provider.mjs", $$"""
        {"clients":[{"client_id":"assize-{{agency}}","client_secret":"{{Secret}}","token_endpoint_auth_method":"client_secret_post",
          "redirect_uris":["{{Identity}}signin/agency/{{agency}}"],"backchannel_logout_uri":"{{Identity}}signin/agency/{{agency}}/logout"}]}
        """);

    public string Sign(string challenge) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "assize-enrolment+jwt",
        Audience = Identity.AbsoluteUri,
        Claims = new Dictionary<string, object> { ["challenge"] = challenge },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_agencysKey), SecurityAlgorithms.EcdsaSha256),
    });

    /// <summary>What an administrator types of an agency whose provider is that one.</summary>
    public IReadOnlyList<(string Name, string Value)> Typed(string agency, string issuer) =>
    [
        ("Typed.Agency", agency), ("Typed.AgencyName", "Police of " + agency), ("Typed.AgencyKind", "police"), ("Typed.Contact", "Gwen Gwent, 01633 000000"), ("Typed.Kind", "oidc"),
        ("Typed.Issuer", issuer), ("Typed.ClientId", "assize-" + agency), ("Typed.Authentication", "client_secret_post"), ("Typed.ClientSecret", Secret),
        ("Typed.TwoFactors", "acr urn:kent:two-factors"), ("Typed.Newcomers", "yes"), ("Typed.AgencyKey", AgencyKey),
    ];

    /// <summary>The address of an enrolment that Alex drafted.</summary>
    public async Task<string> DraftedAsync(string agency, string issuer)
    {
        using var alex = await BrowserAsync(Alex);
        using var answer = await alex.PostFormAsync("/access/enrolments/new", "new", Typed(agency, issuer));
        Assert.True(answer.StatusCode == HttpStatusCode.Found, (await answer.PageAsync()).QuerySelector("main")?.TextContent);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>From a draft to a sign-in in use, as two administrators, the agency and one of its people do it.</summary>
    public async Task EnrolAsync(string agency, string issuer)
    {
        var address = await DraftedAsync(agency, issuer);
        using HttpClient alex = await BrowserAsync(Alex), robin = await BrowserAsync(Robin);
        await DoAsync(alex, address + "/checks", "checks");
        using (var page = await alex.GetAsync(address + "/proof", TestContext.Current.CancellationToken))
        {
            var challenge = (await page.PageAsync()).QuerySelectorAll("code")[1].TextContent;
            await DoAsync(alex, address + "/proof", "proof", ("proof", Sign(challenge)));
        }

        await TryAsync(await LinkAsync(alex, address), agency, issuer);
        await SeesAsync(alex, address + "/test", "The provider told this platform");
        await DoAsync(alex, address + "/propose", "propose");
        await DoAsync(robin, address + "/approve", "approve");
        await DoAsync(robin, address + "/activate", "activate");
    }

    public static async Task<string> LinkAsync(HttpClient administrator, string address)
    {
        using var answer = await administrator.PostFormAsync(address + "/test", "test");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.PageAsync()).GetElementById("link")!.TextContent;
    }

    /// <summary>Somebody of the agency opens the link, signs in at their provider, and signs out there.</summary>
    public static async Task TryAsync(string link, string agency, string issuer)
    {
        using HttpClient person = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        var before = new HtmlParser().ParseDocument(await person.GetStringAsync(link));
        var said = await person.GetStringAsync(new Uri(new Uri(link), before.QuerySelector("a[role=button]")!.GetAttribute("href")));
        Assert.Contains("The sign-in works", said, StringComparison.Ordinal);
        Uri end = new($"{issuer}/session/end?client_id=assize-{agency}");
        var form = new HtmlParser().ParseDocument(await person.GetStringAsync(end)).Forms.Single();
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value)).Append(KeyValuePair.Create("logout", "yes"));
        using FormUrlEncodedContent content = new(fields);
        using var answer = await person.PostAsync(new Uri(end, form.GetAttribute("action")!), content);
    }

    /// <summary>Waits until a page says something.</summary>
    public static async Task SeesAsync(HttpClient client, string path, string text)
    {
        for (var latest = DateTimeOffset.UtcNow.AddSeconds(30); ; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            if ((await answer.PageAsync()).QuerySelector("main")!.TextContent.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.True(DateTimeOffset.UtcNow < latest, $"Expected {path} to say “{text}”, but it does not.");
        }
    }

    public static async Task DoAsync(HttpClient client, string path, string action, params (string Name, string Value)[] values)
    {
        using var answer = await client.PostFormAsync(path, action, values);
        Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{path}: {answer.StatusCode} {(await answer.PageAsync()).QuerySelector("main")?.TextContent}");
    }

    // Those of the directory.
    protected override void Populate(CaseDb db)
    {
    }

    // Systems come with tokens, people with cookies.
    protected override void Adjust(IServiceCollection services) => services.PostConfigureAll<PolicySchemeOptions>(scheme =>
        scheme.ForwardDefaultSelector = context => context.Request.Headers.Authorization.Count > 0 ? SchemeNames.Bearer : SchemeNames.Cookie);

    public override async ValueTask DisposeAsync()
    {
        await _identity.StopAsync();
        await _identity.DisposeAsync();
        await base.DisposeAsync();
        _agencysKey.Dispose();
    }

    private async Task<CookieContainer> SignInAsync(string subject)
    {
        CookieContainer cookies = new();
        using HttpClient browser = new(new SocketsHttpHandler { CookieContainer = cookies });
        var form = new HtmlParser().ParseDocument(await browser.GetStringAsync(new Uri(Url, "/access"))).Forms.Single();
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["subject"] = subject;
        using FormUrlEncodedContent content = new(fields);
        using var answer = await browser.PostAsync(new Uri(IdentityUrl, "/signin"), content);
        Assert.Equal(Url.Port, answer.RequestMessage!.RequestUri!.Port);
        return cookies;
    }
}

[CollectionDefinition(Name)]
public sealed class EnrolmentPages : ICollectionFixture<EnrolmentHost>
{
    public const string Name = "pages that enrol agencies";
}
