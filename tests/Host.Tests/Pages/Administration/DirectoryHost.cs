using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Assize.Host.Access;
using Assize.Host.Tests.Coverage;
using Assize.Identity;
using Assize.Identity.Directory;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>The whole host beside a real identity server with the invented people of a demonstration, who sign in as a browser does.</summary>
public sealed class DirectoryHost : HostFixture
{
    public const string Police = "merseyside-police";
    public const string Carol = "carol.whitfield@merseyside-police";
    public const string Imran = "imran.sheikh@merseyside-police";
    public const string Bridget = "bridget.nolan@cps-mersey-cheshire";
    public const string Alex = "alex.moore@assize-platform";
    public const string Robin = "robin.vane@assize-platform";

    /// <summary>Holds a role that administers nothing.</summary>
    public const string Sam = "sam.carter@merseyside-police";

    /// <summary>Reviews access, but administers nobody.</summary>
    public const string Lena = "lena.fox@merseyside-police";
    public const string Reason = "Agreed with the team leader.";

    private static int s_number;
    private readonly ConcurrentDictionary<string, Lazy<Task<CookieContainer>>> _signedIn = new(StringComparer.Ordinal);
    private WebApplication _identity = null!;

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
            },
            builder => builder.Logging.ClearProviders());
        await _identity.StartAsync();
        await base.InitializeAsync();
        await FollowAsync();
    }

    /// <summary>Reads the directory into the host's copy, as its job does every few seconds.</summary>
    public Task FollowAsync() => Host.Services.GetRequiredService<DirectoryReader>().PullAsync(CancellationToken.None);

    /// <summary>A browser in which somebody has signed in; one session for all the browsers of a person.</summary>
    public async Task<HttpClient> BrowserAsync(string subject) => Browser(await CookiesAsync(subject));

    /// <summary>What that browser keeps.</summary>
    public Task<CookieContainer> CookiesAsync(string subject) => _signedIn.GetOrAdd(subject, who => new Lazy<Task<CookieContainer>>(() => SignInAsync(Url, IdentityUrl, who))).Value;

    /// <summary>A browser with a sign-in of its own.</summary>
    public async Task<HttpClient> NewBrowserAsync(string subject) => Browser(await SignInAsync(Url, IdentityUrl, subject));

    /// <summary>Adds somebody to an agency, with roles in the usual scope.</summary>
    public async Task<(string Subject, string Name)> PersonAsync(string[]? roles = null, string status = AccountStatus.Active, string agency = Police, Action<Account>? change = null)
    {
        var number = Interlocked.Increment(ref s_number);
        var account = new Account { Subject = $"person{number}@{agency}", Name = $"Person {number}", AgencyId = agency, Status = status, Title = "Tester" };
        account.Roles.AddRange((roles ?? []).Select(role => HomeRole.Usual(account, role, DateTimeOffset.UtcNow.AddDays(-1))));
        change?.Invoke(account);
        await WithAsync<DirectoryWriter>(directory => directory.AddMissingAsync([], [account], TestContext.Current.CancellationToken));
        return (account.Subject, account.Name);
    }

    /// <summary>A case of an agency, as a row, since no charge is sent here; gives its reference.</summary>
    public async Task<string> CaseAsync(string owner, string area = "merseyside", bool isSealed = false)
    {
        var id = $"case-{Interlocked.Increment(ref s_number)}";
        await using var db = Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        db.Add(new CaseFile
        {
            Id = id,
            Urn = id,
            Status = CaseStatus.Active,
            Stage = "Review",
            OwnerAgency = owner,
            ProsecutingAuthority = owner,
            CourtOu = "B05PK00",
            Area = area,
            GravestModeOfTrial = "",
            LegalDate = DateOnly.FromDateTime(DateTime.UtcNow),
            CreatedAt = DateTimeOffset.UtcNow,
            Practice = false,
            Sealed = isSealed,
            Participants = "[]",
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return id;
    }

    /// <summary>Whoever is in a group of the agency's own directory.</summary>
    public Task GroupAsync(string group, string subject) => WithAsync<DirectoryWriter>(directory => directory.ChangeAsync(
        async unit =>
        {
            var team = new Team { Id = group, AgencyId = Police, Name = group, ExternalId = "oid-" + group };
            unit.Db.Teams.Add(team);
            unit.Changed(team);
            unit.SetMember((await unit.FindAsync(subject, TestContext.Current.CancellationToken))!, team, true);
        },
        TestContext.Current.CancellationToken));

    /// <summary>Somebody of the police who may sign in and holds no role; the same for all tests.</summary>
    public async Task<(string Subject, string Name)> RolelessAsync()
    {
        const string Nora = "nora.blank@merseyside-police";
        await WithAsync<DirectoryWriter>(directory => directory.AddMissingAsync(
            [], [new Account { Subject = Nora, Name = "Nora Blank", AgencyId = Police }], TestContext.Current.CancellationToken));
        await FollowAsync();
        return (Nora, "Nora Blank");
    }

    public async Task WithAsync<T>(Func<T, Task> use)
        where T : notnull
    {
        await using var scope = _identity.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<TResult> ReadAsync<TResult>(Func<Identity.Storage.IdentityDb, Task<TResult>> read)
    {
        await using var scope = _identity.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<Identity.Storage.IdentityDb>());
    }

    public Uri Identity => IdentityUrl;

    /// <summary>Where systems ask for tokens.</summary>
    public string TokenAddress => new Uri(IdentityUrl, "/connect/token").AbsoluteUri;

    public Task<string> StatusAsync(string subject) => ReadAsync(db => db.Accounts.Where(account => account.Subject == subject).Select(account => account.Status).SingleAsync(TestContext.Current.CancellationToken));

    /// <summary>How the provisioning address answers somebody who has this token.</summary>
    public async Task<HttpStatusCode> ScimAsync(string token)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(IdentityUrl, "/scim/v2/Users"));
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public override async ValueTask DisposeAsync()
    {
        await _identity.StopAsync();
        await _identity.DisposeAsync();
        await base.DisposeAsync();
    }

    public override Task<string> OpenCaseAsync() => Task.FromResult("");

    // Those of the directory.
    protected override void Populate(CaseDb db)
    {
    }

    protected override void Adjust(IServiceCollection services) =>
        services.PostConfigureAll<PolicySchemeOptions>(scheme => scheme.ForwardDefaultSelector = _ => SchemeNames.Cookie);

    private HttpClient Browser(CookieContainer cookies) =>
        new(new Visits(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })) { BaseAddress = Url };

    /// <summary>Chooses a name from a demonstration's list, as a browser does, and gives what the browser keeps.</summary>
    internal static async Task<CookieContainer> SignInAsync(Uri host, Uri identity, string subject)
    {
        CookieContainer cookies = new();
        using HttpClient browser = new(new SocketsHttpHandler { CookieContainer = cookies });
        var page = await browser.GetStringAsync(new Uri(host, "/access"));
        var form = new HtmlParser().ParseDocument(page).Forms.Single();
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["subject"] = subject;
        using FormUrlEncodedContent content = new(fields);
        using var answer = await browser.PostAsync(new Uri(identity, "/signin"), content);
        Assert.Equal(host.Port, answer.RequestMessage!.RequestUri!.Port);
        return cookies;
    }
}

[CollectionDefinition(Name)]
public sealed class DirectoryPages : ICollectionFixture<DirectoryHost>
{
    public const string Name = "pages that speak to the identity server";
}
