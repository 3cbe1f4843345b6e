using System.Globalization;
using System.Net;
using System.Text.Json;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Founding;
using Assize.Identity.Storage;
using Assize.Identity.Tests.Federation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Founding;

/// <summary>A Production deployment that nobody can sign in to yet, and the operator who changes that.</summary>
[Collection(FederationCollection.Name)]
public sealed class FoundingTests(FederationWorld world) : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("assize-founding-");

    [Fact]
    public async Task Appoint_InProduction_LetsTheTwoInThroughTheirProvider_Once()
    {
        (int code, string said) = await RunAsync(File());
        Assert.True(code == 0, said);
        Assert.Contains("/signin/agency/platform", said, StringComparison.Ordinal);
        (int again, string refused) = await RunAsync(File(("Second Founder", "other-1"), ("Third Founder", "other-2")));
        Assert.Equal(1, again);
        Assert.Contains("has, or had, platform administrators", refused, StringComparison.Ordinal);

        await using RunningServer server = await RunningServer.StartAsync(Deployment.Production, _folder, Change);
        using AgencyBrowser browser = world.BrowserOf(server);
        (HttpStatusCode status, string page) = await browser.SignInAsync("platform");

        Assert.True(status == HttpStatusCode.SeeOther, page);
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        string[] appointed = await db.HomeRoles.Where(role => role.Role == RoleCatalogue.PlatformAdmin).Select(role => role.Subject).ToArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, appointed.Length);
        string signedIn = await db.Sessions.Select(session => session.Subject).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Contains(signedIn, appointed);
        Assert.NotNull(await scope.ServiceProvider.GetRequiredService<PlatformAdmins>().FindAsync(signedIn, TestContext.Current.CancellationToken));
        AuditEntry audit = await db.Set<AuditEntry>().SingleAsync(entry => entry.Action == "platform.found", TestContext.Current.CancellationToken);
        Assert.All(appointed, subject => Assert.Contains(subject, audit.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Appoint_WhereADemonstrationHasAdministrators_IsRefused()
    {
        await (await RunningServer.StartAsync(folder: _folder, change: Change)).DisposeAsync();

        (int code, string said) = await RunAsync(File(), Deployment.Demonstration);

        Assert.Equal(1, code);
        Assert.Contains("has, or had", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one", "two different people")]
    [InlineData("same", "two different people")]
    [InlineData("nameless", "a name")]
    [InlineData("weak", "S256")]
    [InlineData("unknown member", "none")]
    [InlineData("no file", "none")]
    public async Task Appoint_FromAFileThatWillNotDo_SaysWhy_AndChangesNothing(string what, string why)
    {
        string file = what switch
        {
            "one" => File(("Only One", "sub-of-founding")),
            "same" => File(("One", "sub-of-founding"), ("Other", "SUB-of-founding")),
            "nameless" => File(("One", "sub-of-founding"), (" ", "other")),
            "weak" => File("weak"),
            "unknown member" => Write(JsonSerializer.Serialize(new { agency = "x", role = "king" })),
            _ => Path.Combine(_folder.FullName, "nothing.json"),
        };

        (int code, string said) = await RunAsync(file);

        Assert.Equal(1, code);
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(File())).Code);
    }

    [Fact]
    public async Task Appoint_WithoutAFile_ExplainsItself() => Assert.Equal(2, (await RunAsync("x", arguments: [PlatformCommand.Name])).Code);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task<(int Code, string Said)> RunAsync(string file, Deployment deployment = Deployment.Production, string[]? arguments = null)
    {
        await using StringWriter output = new(CultureInfo.InvariantCulture);
        IdentitySettings settings = Change(new IdentitySettings { Url = new Uri("http://127.0.0.1:1"), HostUrl = new Uri("http://127.0.0.1:2"), DataFolder = _folder.FullName, Deployment = deployment });
        return (await PlatformCommand.RunAsync(settings, arguments ?? [PlatformCommand.Name, file], output, TestContext.Current.CancellationToken), output.ToString());
    }

    // The settings refuse loopback in Production; a test has no other provider.
    private IdentitySettings Change(IdentitySettings settings) => settings with { AllowsLoopbackUpstreams = true, UpstreamRoots = world.RootFile };

    private string File(string issuer = "founding") => File(issuer, ("Enid Entra", "sub-of-founding"), ("Second Founder", "other"));

    private string File(params (string Name, string Subject)[] administrators) => File("founding", administrators);

    private string File(string issuer, params (string Name, string Subject)[] administrators)
    {
        string secret = Path.Combine(_folder.FullName, "secret.txt");
        System.IO.File.WriteAllText(secret, FederationWorld.Secret + "\n");
        return Write(JsonSerializer.Serialize(new
        {
            agency = "the-platform",
            agencyName = "The platform team",
            upstream = new { id = "platform", kind = "oidc", issuer = $"{world.Fake}/{issuer}", clientId = "assize", authentication = "client_secret_post", clientSecretFile = secret },
            administrators = administrators.Select(one => new { name = one.Name, subject = one.Subject }),
        }));
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, $"founding-{Guid.NewGuid():n}.json");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
