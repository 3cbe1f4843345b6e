using System.Net;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.Host.Api.Contracts;
using Assize.Host.Demonstration;
using Assize.Host.Demonstration.Journey;
using Assize.Host.Operations;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Forms;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Actor = Assize.Host.Demonstration.Journey.Person;
using Actors = Assize.Host.Demonstration.Journey.Cast;
using Person = Assize.Workflows.Access.Person;

namespace Assize.Host.Tests.Operations;

/// <summary>Open cases in the database of a Host of its own process, which is killed and started again, and what stands in that database.</summary>
internal sealed class MovingCases : IAsyncDisposable
{
    private const string Workflow = "mags-charged";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-killed-");
    private readonly TestDatabase? _postgres;
    private readonly ServiceProvider _services;
    private HostProcess _host = null!;
    private int _asked;
    private Caller _owner = null!;

    private MovingCases(TestDatabase? postgres)
    {
        _postgres = postgres;
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IAccessEvaluator, AccessEvaluator>()
            .AddWorkflows(() => postgres is null ? CaseDatabase.Sqlite(Path.Combine(_folder.FullName, "assize.db")) : CaseDatabase.Open(postgres.ConnectionString, ""))
            .AddAudit(new AuditSettings(Path.Combine(_folder.FullName, "audit-secret"), TimeSpan.FromHours(1)))
            .BuildServiceProvider();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="cases">How many charges the police send, beside those of the demonstration.</param>
    public static async Task<MovingCases> StartAsync(DatabaseKind kind, int cases)
    {
        var world = new MovingCases(kind == DatabaseKind.Postgres ? await TestDatabase.CreateEmptyAsync(kind) : null);
        await world.StartHostAsync();
        var (cast, _) = await world.CastAsync();
        for (var number = 0; number < cases; number++)
        {
            var (status, body) = await cast.PoliceSystem.SendAsync(HttpMethod.Post, "/api/v1/prosecutions?initiation=charge", Charge(number), $"moving-{number}");
            Assert.True((int)status < 300, body?.ToJsonString());
        }

        await using var db = world.Context();
        var clare = await db.Set<Person>().SingleAsync(person => person.Name == "Clare Osborne", Stop);
        world._owner = new Caller(clare.Subject, clare.Agency, [Roles.ProcessOwner], clare.Name, false, "tests");
        return world;
    }

    public CaseDb Context() => _services.GetRequiredService<CaseDatabase>().CreateDbContext();

    /// <param name="program">Another build of it; this one if absent.</param>
    public async Task StartHostAsync(string? program = null) => _host = await HostProcess.StartAsync(HostProcess.Settings(_folder.FullName, _postgres?.ConnectionString ?? ""), program);

    /// <summary>As <c>kill -9</c> does it; whoever takes the work over would wait for a minute to be sure that nobody does it.</summary>
    public async Task KillAsync()
    {
        _host.Process.Kill();
        await _host.Process.WaitForExitAsync(Stop);
        await using var db = Context();
        await db.Operations.ExecuteUpdateAsync(x => x.SetProperty(operation => operation.FreeAt, DateTimeOffset.UnixEpoch), Stop);
    }

    /// <summary>Publishes the next version, in which a step is called otherwise, and begins to rehearse it.</summary>
    public async Task<string> RehearseAsync()
    {
        var text = File.ReadAllText(Repository.PathOf("definitions/mags-charged/3.json")).Replace("M7 Prepare the court", "M7 Make the court ready", StringComparison.Ordinal);
        var json = JsonNode.Parse(text)!.AsObject();
        json["version"] = 4;
        await using var db = Context();
        Assert.Null(await PublishedVersions.PublishAsync(db, json.ToJsonString(), "tests", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, Stop));
        return (await _services.GetRequiredService<BeginRehearsal>().RunAsync(db, _owner, DefinitionReader.Read(json.ToJsonString()), Stop)).Id!;
    }

    public async Task<MigrationAnswer> MigrateAsync(string rehearsal)
    {
        await using var db = Context();
        return await _services.GetRequiredService<BeginMigration>().RunAsync(db, _owner, rehearsal, StepMapping.None, Stop);
    }

    public async Task<string> TakeBackAsync(string migration)
    {
        await using var db = Context();
        return (await _services.GetRequiredService<BeginMigration>().ReverseAsync(db, _owner, migration, Stop)).Id!;
    }

    /// <summary>Does that work in this process, whichever Host runs beside it, until it is over or the time is, and one batch at least.</summary>
    public Task TurnAsync(string operation, TimeSpan time) => Task.Run(() => _services.GetRequiredService<RunOperations>().RunTurnAsync(operation, time, Stop), Stop);

    /// <summary>The references of the charged cases in which that step waits, by the version that they run on.</summary>
    public async Task<ILookup<int, string>> WaitingAsync(string step)
    {
        await using var db = Context();
        var open = await (
            from task in db.Tasks
            where task.ActivityId == step && task.State == TaskState.Open
            join file in db.Cases on task.CaseId equals file.Id
            join instance in db.Set<InstanceRow>() on task.InstanceId equals instance.Id
            orderby file.Urn
            select new { file.Urn, instance.DefinitionVersion }).ToListAsync(Stop);
        return open.ToLookup(x => x.DefinitionVersion, x => x.Urn);
    }

    /// <summary>Signs in at the running Host as the operations' owner; what is given asks it to pause one or to go on.</summary>
    public async Task<Func<string, string, Task>> SteeringAsync()
    {
        var (cast, people) = await CastAsync();
        var owner = cast.As(people.Single(person => person.Name == "Clare Osborne"));
        await owner.SendAsync(HttpMethod.Get, "/api/v1/operations");
        return async (operation, how) =>
        {
            var (status, body) = await owner.SendAsync(HttpMethod.Post, $"/api/v1/operations/{operation}/{how}");
            Assert.True((int)status < 300, body?.ToJsonString());
        };
    }

    /// <summary>Completes that step of the case, with invented answers, by the API of the running Host.</summary>
    public async Task<HttpStatusCode> CompleteAsync(string urn, string step, string outcome)
    {
        await using var db = Context();
        var task = await TaskAsync(db, urn, step);
        var rules = _services.GetRequiredService<RuleCatalog>();
        await rules.ReloadAsync(db, Stop);
        var fields = InventedAnswers.Fields(await rules.FormAsync(db, task.FormId, task.FormVersion, Stop), new FormContext(outcome, DateOnly.FromDateTime(DateTime.UtcNow), []));
        return await AskAsync(task, "complete", new CompleteTaskRequest(outcome, fields));
    }

    public async Task<HttpStatusCode> TakeBackAsync(string urn, string step)
    {
        await using var db = Context();
        return await AskAsync(await TaskAsync(db, urn, step), "reinstate", new ReasonRequest("It was wrong."));
    }

    private async Task<HttpStatusCode> AskAsync(WorkTask task, string how, object content)
    {
        var (cast, _) = await CastAsync();
        return (await cast.As(cast.Holders(task.LaneAgency, task.LaneRole).First()).SendAsync(HttpMethod.Post, $"/api/v1/tasks/{task.Id}/{how}", content, $"{how}-{task.Id}-{_asked++}")).Status;
    }

    private static Task<WorkTask> TaskAsync(CaseDb db, string urn, string step) =>
        db.Tasks.AsNoTracking().SingleAsync(x => x.ActivityId == step && db.Cases.Any(file => file.Id == x.CaseId && file.Urn == urn), Stop);

    public async Task<TrackedOperation> UntilAsync(string operation, Func<TrackedOperation, bool> enough)
    {
        while (true)
        {
            await using var db = Context();
            var found = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == operation, Stop);
            Assert.NotEqual(OperationState.Failed, found.State);
            if (enough(found))
            {
                return found;
            }

            await Task.Delay(10, Stop);
        }
    }

    public async Task UntilAsync(Func<CaseDb, Task<bool>> enough)
    {
        while (true)
        {
            await using var db = Context();
            if (await enough(db))
            {
                return;
            }

            await Task.Delay(10, Stop);
        }
    }

    public Task<int> OpenAsync() => CountAsync<InstanceRow>(x => x.DefinitionId == Workflow && x.Running);

    public async Task<int> CountAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which) where T : class
    {
        await using var db = Context();
        return await db.Set<T>().CountAsync(which, Stop);
    }

    /// <summary>Every running instance made again from its journal is what is stored. Gives its states, without the number of steps.</summary>
    public async Task<SortedDictionary<string, string>> RebuildAsync()
    {
        await using var db = Context();
        var rebuild = new Rebuild(_services.GetRequiredService<DefinitionCatalog>(), _services.GetRequiredService<IUnitOwner>().ResourcesAsync);
        SortedDictionary<string, string> states = new(StringComparer.Ordinal);
        foreach (var row in await db.Set<InstanceRow>().AsNoTracking().Where(x => x.DefinitionId == Workflow && x.Running).ToListAsync(Stop))
        {
            var again = (await rebuild.FromJournalAsync(db, row.Id, null, Stop))!;
            Assert.Equal(row.State, InstanceJson.Write(again));
            states[row.Id] = InstanceJson.Write(again with { Sequence = 0 });
        }

        return states;
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<(Actors Cast, IReadOnlyList<Actor> People)> CastAsync()
    {
        var signIn = new SignIn(_host.IdentityUrl);
        var people = await signIn.PeopleAsync();
        var settings = HostSettings.From(new ConfigurationBuilder().AddInMemoryCollection(_host.Environment).Build());
        return (new Actors(new HttpClient { BaseAddress = _host.HostUrl }, signIn, people, settings), people);
    }

    public static string UrnOf(int number) => $"05MV{number:0000000}";

    private static JsonObject Charge(int number) => new ChargeMessage
    {
        Urn = UrnOf(number),
        Today = DateOnly.FromDateTime(DateTime.UtcNow),
        DaysToHearing = 15 + (number / 20),
        Defendants = [new ChargedPerson("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane", [new ChargedOffence("TH68010", "Bold Street, Liverpool", "Stole goods to the value of £40.")])],
    }.ToJson();
}
