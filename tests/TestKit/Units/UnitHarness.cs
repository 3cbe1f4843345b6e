using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.TestKit.Units;

/// <summary>The engine's commands on a database of one test's own, with a business clock that the test moves.</summary>
public sealed class UnitHarness : IAsyncDisposable
{
    private readonly TestCaseDatabase _database;
    private int _requests;

    private UnitHarness(TestCaseDatabase database)
    {
        _database = database;
        Open = database.Context;
        Runner = new UnitRunner(Catalog, Owner, TimeProvider.System);
    }

    public TestOwner Owner { get; } = new();

    public DefinitionCatalog Catalog { get; } = new(UnitActivities.Table);

    public UnitRunner Runner { get; }

    public string ConnectionString => _database.ConnectionString;

    /// <summary>Where commands get their context; a test that watches statements gives another.</summary>
    public Func<CaseDb> Open { get; set; }

    /// <summary>Business time of the next command.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static async Task<UnitHarness> CreateAsync(DatabaseKind kind) => new(await TestCaseDatabase.CreateAsync(kind));

    public async Task PublishAsync(params WorkflowDefinition[] definitions)
    {
        foreach (WorkflowDefinition definition in definitions)
        {
            await using CaseDb db = Open();
            Assert.Null((await DefinitionCatalog.PublishAsync(db, DefinitionWriter.Write(definition), "test", Now, Cancel)).Refusal);
        }
    }

    /// <summary>A command with a request id of its own; change it as the test needs.</summary>
    public UnitCommand Command(UnitAddress unit, params UnitStep[] steps) => new()
    {
        RequestId = $"request-{Interlocked.Increment(ref _requests)}",
        Caller = "test",
        BodyDigest = "1",
        Actor = "tester",
        Now = Now,
        Unit = unit,
        Steps = steps,
    };

    public async Task<CommandAnswer> RunAsync(UnitCommand command)
    {
        await using CaseDb db = Open();
        return await Runner.RunAsync(db, command, Cancel);
    }

    public Task<CommandAnswer> RunAsync(UnitAddress unit, params UnitStep[] steps) => RunAsync(Command(unit, steps));

    /// <summary>Runs a command that must happen.</summary>
    public async Task MustAsync(UnitAddress unit, params UnitStep[] steps) => Assert.IsType<Completed>(await RunAsync(unit, steps));

    /// <summary>Starts an instance of a definition in a unit, new or not, and gives its id.</summary>
    public async Task<string> StartAsync(string definitionId, string unitId = "unit", JsonObject? input = null)
    {
        string id = $"instance-{Interlocked.Increment(ref _requests)}";
        await MustAsync(UnitAddress.New(unitId), new StartStep(definitionId, input ?? [], CorrelationId: unitId, InstanceId: id));
        return id;
    }

    /// <summary>Completes the open task of that name.</summary>
    public async Task<CommandAnswer> CompleteAsync(string task, string? outcome = null, JsonNode? payload = null) =>
        await RunAsync(UnitAddress.ByWait(await WaitAsync(task)), new ResumeStep(await WaitAsync(task), outcome, payload));

    /// <summary>The id of the one open wait at that activity.</summary>
    public async Task<string> WaitAsync(string activityId, string? unitId = null)
    {
        await using CaseDb db = Open();
        return await db.Set<WaitRow>().Where(w => w.Open && w.ActivityId == activityId && (unitId == null || w.UnitId == unitId)).Select(w => w.Id).SingleAsync(Cancel);
    }

    public async Task<InstanceState> StateAsync(string instanceId)
    {
        await using CaseDb db = Open();
        return InstanceJson.ReadState((await db.Set<InstanceRow>().AsNoTracking().SingleAsync(i => i.Id == instanceId, Cancel)).State);
    }

    public async Task<List<T>> RowsAsync<T>() where T : class
    {
        await using CaseDb db = Open();
        return await db.Set<T>().AsNoTracking().ToListAsync(Cancel);
    }

    public Task<TimerRound> FireTimersAsync() => new TimerPump(Runner).RunOnceAsync(Open, Now, Cancel);

    /// <summary>Rebuilds every instance from its journal and compares bytes and waits; asks the invariant checker.</summary>
    public async Task HoldsAsync(string? unitId = null)
    {
        await using CaseDb db = Open();
        Rebuild rebuild = new(Catalog, Owner.ResourcesAsync);
        List<WaitRow> open = await db.Set<WaitRow>().AsNoTracking().Where(w => w.Open && (unitId == null || w.UnitId == unitId)).ToListAsync(Cancel);
        foreach (InstanceRow stored in await db.Set<InstanceRow>().AsNoTracking().Where(i => unitId == null || i.UnitId == unitId).ToListAsync(Cancel))
        {
            InstanceState rebuilt = (await rebuild.FromJournalAsync(db, stored.Id, upTo: null, Cancel))!;
            Assert.Equal(stored.State, InstanceJson.Write(rebuilt));
            Assert.Empty(InvariantChecker.Compare(rebuilt, [.. open.Where(w => w.InstanceId == stored.Id)]));
        }
        Assert.Empty(await InvariantChecker.CheckAsync(db, Cancel));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
