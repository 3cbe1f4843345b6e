using System.Net;
using System.Net.Sockets;
using Assize.Host.Demonstration;
using Assize.Host.Operations;
using Assize.Host.Tests.Coverage;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Assize.Host.Tests;

/// <summary>The whole host over HTTP, on SQLite unless it is said otherwise, with one running case. People sign in by a header instead of the identity server.</summary>
public class HostFixture : IAsyncLifetime
{
    // A court has 40 hearings a day, and what is charged with a hearing at the weekend is heard on the Monday.
    private const int PerDay = 12;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-host-");

    private TestDatabase? _postgres;
    private int _sent;

    public WebApplication Host { get; private set; } = null!;

    public Uri Url { get; } = new($"http://localhost:{FreePort()}");

    /// <summary>The case that every test may read; tests that change one make their own.</summary>
    public string Urn { get; private set; } = "";

    /// <summary>Nobody listens there, unless a fixture derived from this one starts an identity server.</summary>
    protected virtual Uri IdentityUrl { get; } = new("http://localhost:1");

    protected string DataFolder => _folder.FullName;

    public bool RunsOnPostgres => _postgres is not null;

    /// <summary>Where ASSIZE_HOST_TESTS_ON says "postgres", everything that is tried here is tried there.</summary>
    protected virtual bool IsOnPostgres => Environment.GetEnvironmentVariable("ASSIZE_HOST_TESTS_ON") == "postgres";

    public virtual async ValueTask InitializeAsync()
    {
        _postgres = IsOnPostgres ? await TestDatabase.CreateEmptyAsync(DatabaseKind.Postgres) : null;
        var settings = new HostSettings
        {
            HostUrl = Url,
            IdentityUrl = IdentityUrl,
            DataFolder = _folder.FullName,
            Database = _postgres?.ConnectionString ?? "",
            IsDemonstration = true,
            EmbedIdentity = false,
            DefinitionsFolder = Definitions,
        };
        var builder = HostApplication.Prepare([], settings);
        builder.Logging.ClearProviders();
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HeaderSignIn>(HeaderSignIn.Scheme, null);
        builder.Services.PostConfigureAll<PolicySchemeOptions>(scheme => scheme.ForwardDefaultSelector = _ => HeaderSignIn.Scheme);
        Adjust(builder.Services);
        Host = HostApplication.Compose(builder);
        await Preparation.RunAsync(Host.Services, CancellationToken.None);
        await using (var db = Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext())
        {
            Populate(db);
            await db.SaveChangesAsync();
        }

        await Host.StartAsync();
        Urn = await OpenCaseAsync();
    }

    /// <summary>The folder whose definitions are published at the start.</summary>
    protected virtual string Definitions => Path.Combine(AppContext.BaseDirectory, "definitions");

    /// <summary>What a fixture derived from this one puts in another's place.</summary>
    protected virtual void Adjust(IServiceCollection services)
    {
    }

    /// <summary>The people, where no identity server has them.</summary>
    protected virtual void Populate(CaseDb db) => Cast.Add(db);

    /// <summary>A client that signs in as somebody of <see cref="Cast"/>; null is nobody.</summary>
    public HttpClient Client(string? subject)
    {
        var client = new HttpClient(new Visits(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(60) })) { BaseAddress = Url };
        if (subject is not null)
        {
            client.DefaultRequestHeaders.Add(HeaderSignIn.Header, subject);
        }

        return client;
    }

    /// <summary>Sends a faultless charge and gives the reference of the case that it became.</summary>
    public virtual async Task<string> OpenCaseAsync()
    {
        var (answer, urn) = await SendAsync("TH68010");
        using (answer)
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await using var db = Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
            Assert.True(await db.Cases.AnyAsync(file => file.Urn == urn), $"Expected a case, but the charge was answered: {await answer.Content.ReadAsStringAsync()}");
        }

        return urn;
    }

    public async Task<(HttpResponseMessage Answer, string Urn)> SendAsync(string offence)
    {
        var urn = $"05ZD{Random.Shared.Next(1000000, 9999999)}";
        var message = new ChargeMessage
        {
            Urn = urn,
            Today = DateOnly.FromDateTime(DateTime.UtcNow),
            DaysToHearing = 15 + (Interlocked.Increment(ref _sent) / PerDay),
            Defendants = [new ChargedPerson("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane",
                [new ChargedOffence(offence, "Bold Street, Liverpool", "Stole goods to the value of £40.")])],
        };
        using var client = Client(Cast.PoliceSystem);
        using var body = new StringContent(message.ToJson().ToJsonString(), null, "application/json");
        return (await client.PostAsync("/api/v1/prosecutions", body), urn);
    }

    /// <summary>The open task of a case at an activity.</summary>
    public async Task<WorkTask> TaskAsync(string urn, string role)
    {
        await using var db = Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleAsync();
        return await db.Tasks.AsNoTracking().FirstAsync(task => task.CaseId == id && task.LaneRole == role && task.State != TaskState.Cancelled);
    }

    /// <summary>Seals a case for some people, each in the role they hold at home and as a case builder where that opens no case, or for nobody.</summary>
    public async Task SealAsync(string urn, params IReadOnlyList<string> named)
    {
        await using var db = Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var file = await db.Cases.SingleAsync(x => x.Urn == urn);
        (file.Sealed, file.SealEpoch) = (true, 1);
        foreach (var subject in named)
        {
            var agency = await db.Set<Person>().Where(person => person.Subject == subject).Select(person => person.Agency).SingleAsync();
            var held = await db.Set<HomeRole>().Where(role => role.Subject == subject && Roles.OfPeople.Contains(role.Role)).Select(role => role.Role).FirstOrDefaultAsync();
            db.Add(new AccessGrant
            {
                Id = $"named-{urn}-{subject}",
                UnitId = file.Id,
                Kind = GrantKind.Case,
                State = GrantState.Live,
                Subject = subject,
                PersonId = subject,
                Agency = agency,
                Role = held ?? Roles.CaseBuilder,
                CaseId = file.Id,
                MaxClassification = "restricted",
                SealEpoch = 1,
                LiveAt = DateTimeOffset.UtcNow.AddMinutes(-1),
                Reason = "Keeps the sealed case",
                RequestedBy = "somebody",
                RequestedPerson = "somebody",
                RequestedAgency = file.OwnerAgency,
                RequestedAt = DateTimeOffset.UtcNow,
            });
        }

        await db.SaveChangesAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await Host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
