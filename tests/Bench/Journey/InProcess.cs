using System.Data.Common;
using Assize.TestKit.Databases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Journey;

/// <summary>Journeys at the command beside the floor, on one kind of database, in turn.</summary>
internal sealed class InProcess(DatabaseKind kind, TextWriter output)
{
    private const int Rounds = 3;
    private const int Warm = 2 * Rounds;
    private const int WarmJourneys = 200;

    private bool IsSqlite => kind == DatabaseKind.Sqlite;

    /// <summary>False where the floor did not write what we write, which makes its figures worthless.</summary>
    public async Task<bool> RunAsync(int seconds)
    {
        await using var server = await StartServerAsync();
        await using var ours = await BenchDatabase.CreateAsync(server, "ours");
        await using var floor = await BenchDatabase.CreateAsync(server, "floor");
        await using var db = ours.Database.CreateDbContext();
        var shapes = TableShape.Of(db);
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        var (product, plan, recording) = await LearnAsync(ours, connection, shapes);
        await product.RunAsync(plan, 8, seconds, Warm, WarmJourneys);
        await FloorAsync((ours, floor, server), recording, 8, seconds, Warm);

        var same = true;
        foreach (var callers in (int[])[1, 8])
        {
            same &= await MeasureAsync(product, plan, recording, (ours, floor, server), connection, shapes, callers, seconds);
        }

        return same;
    }

    /// <summary>Ours alone at 8 callers, for a profiler that watches this process.</summary>
    public async Task ProfileAsync(int seconds)
    {
        await using var server = await StartServerAsync();
        await using var ours = await BenchDatabase.CreateAsync(server, "ours");
        await using var db = ours.Database.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        var (product, plan, recording) = await LearnAsync(ours, db.Database.GetDbConnection(), TableShape.Of(db));
        await product.RunAsync(plan, 8, seconds, Warm, WarmJourneys);
        output.WriteLine($"process {Environment.ProcessId} is warm");
        for (var round = 0; round < Rounds; round++)
        {
            var (spent, allocated) = (ProcessorTime.Now(server?.Folder), GC.GetTotalAllocatedBytes());
            var run = await product.RunAsync(plan, 8, seconds, round);
            var (took, steps) = (ProcessorTime.Now(server?.Folder) - spent, run.Count * recording.Steps.Count);
            output.WriteLine(new Figure($"round {round + 1}: steps", run.PerSecond * recording.Steps.Count, "per second"));
            output.WriteLine(new Figure($"round {round + 1}: processor time of this process", took.Ours.TotalMilliseconds / steps, "ms a step"));
            output.WriteLine(new Figure($"round {round + 1}: processor time of PostgreSQL", took.Database.TotalMilliseconds / steps, "ms a step"));
            output.WriteLine(new Figure($"round {round + 1}: allocated", (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / steps, "KiB a step"));
        }
    }

    private async Task<PostgresServer?> StartServerAsync() =>
        IsSqlite ? null : await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=100");

    private async Task<(Product Product, IReadOnlyList<PlannedStep> Plan, Recording Recording)> LearnAsync(
        BenchDatabase ours, DbConnection connection, IReadOnlyList<TableShape> shapes)
    {
        var product = new Product(ours.Services);
        var discovery = new Discovery(product, ours.Services.GetRequiredService<RuleCatalog>());
        var recording = await Recording.MakeAsync(() => Snapshot.TakeAsync(connection, shapes, IsSqlite), shapes, discovery.StepAsync);
        output.WriteLine($"{kind}: a journey is {recording.Steps.Count} steps: received, {string.Join(", ", discovery.Plan.Select(step => step.ActivityId ?? "acknowledged"))}");
        return (product, discovery.Plan, recording);
    }

    private Task<(double PerSecond, long Count)> FloorAsync(
        (BenchDatabase Ours, BenchDatabase Floor, PostgresServer? Server) on, Recording recording, int callers, int seconds, int round) => IsSqlite
            ? SqliteFloor.RunAsync(on.Floor.ConnectionString, recording, callers, seconds, round)
            : PgbenchFloor.RunAsync(on.Server!.Folder, on.Floor.Name, recording, callers, seconds, round);

    private async Task<bool> MeasureAsync(
        Product product, IReadOnlyList<PlannedStep> plan, Recording recording, (BenchDatabase Ours, BenchDatabase Floor, PostgresServer? Server) on,
        DbConnection connection, IReadOnlyList<TableShape> shapes, int callers, int seconds)
    {
        await using var floorDb = on.Floor.Database.CreateDbContext();
        var floorConnection = floorDb.Database.GetDbConnection();
        await floorDb.Database.OpenConnectionAsync();
        var (mine, theirs) = (await Weight.OfAsync(connection, shapes, IsSqlite), await Weight.OfAsync(floorConnection, shapes, IsSqlite));
        var (own, floor) = (new Side(on.Server?.Folder), new Side(on.Server?.Folder));
        for (var round = 0; round < Rounds; round++)
        {
            // Numbers of their own for each number of callers and each round: nothing is written twice.
            var numbers = (callers == 1 ? 0 : Rounds) + round;
            await own.AddAsync(() => product.RunAsync(plan, callers, seconds, numbers));
            await floor.AddAsync(() => FloorAsync(on, recording, callers, seconds, numbers));
        }

        var same = Weight.Compare(
            new Growth(mine, await Weight.OfAsync(connection, shapes, IsSqlite), own.Journeys),
            new Growth(theirs, await Weight.OfAsync(floorConnection, shapes, IsSqlite), floor.Journeys), output);
        foreach (var figure in Figures($"{(IsSqlite ? "sqlite" : "postgresql")}, in process, {callers} caller{(callers == 1 ? "" : "s")}", own, floor, recording.Steps.Count, callers))
        {
            output.WriteLine(figure);
        }

        return same;
    }

    private IEnumerable<Figure> Figures(string name, Side own, Side floor, int steps, int callers)
    {
        yield return new($"{name}: journeys", own.PerSecond, "per second");
        yield return new($"{name}: steps", own.PerSecond * steps, "per second");
        yield return new($"{name}: floor, journeys", floor.PerSecond, "per second");
        yield return new($"{name}: floor, steps", floor.PerSecond * steps, "per second");
        yield return new($"{name}: share of the floor", 100 * own.PerSecond / floor.PerSecond, "per cent", callers == 8 ? "at least 40" : "-");
        yield return new($"{name}: processor, ours", own.Processor.Ours.TotalMilliseconds / (own.Journeys * steps), "ms a step");
        if (!IsSqlite)
        {
            yield return new($"{name}: processor, PostgreSQL for ours", own.Processor.Database.TotalMilliseconds / (own.Journeys * steps), "ms a step");
            yield return new($"{name}: processor, PostgreSQL for the floor", floor.Processor.Database.TotalMilliseconds / (floor.Journeys * steps), "ms a step");
        }
        else
        {
            yield return new($"{name}: processor, floor", floor.Processor.Ours.TotalMilliseconds / (floor.Journeys * steps), "ms a step");
        }

        yield return new($"{name}: journeys committed, ours", own.Journeys, "journeys");
        yield return new($"{name}: journeys committed, floor", floor.Journeys, "journeys");
    }
}
