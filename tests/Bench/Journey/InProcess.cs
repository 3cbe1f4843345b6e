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

    private bool IsSqlite => kind == DatabaseKind.Sqlite;

    /// <summary>False where the floor did not write what we write, which makes its figures worthless.</summary>
    public async Task<bool> RunAsync(int seconds)
    {
        await using var server = IsSqlite ? null : await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=100");
        await using var ours = await BenchDatabase.CreateAsync(server, "ours");
        await using var floor = await BenchDatabase.CreateAsync(server, "floor");
        var product = new Product(ours.Services);
        var discovery = new Discovery(product, ours.Services.GetRequiredService<RuleCatalog>());
        await using var db = ours.Database.CreateDbContext();
        var shapes = TableShape.Of(db);
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        var recording = await Recording.MakeAsync(() => Snapshot.TakeAsync(connection, shapes, IsSqlite), shapes, discovery.StepAsync);
        var steps = recording.Steps.Count;
        output.WriteLine($"{kind}: a journey is {steps} steps: received, {string.Join(", ", discovery.Plan.Select(step => step.ActivityId ?? "acknowledged"))}");

        var same = true;
        if (Environment.GetEnvironmentVariable("PROFILE") is { } wanted)
        {
            var callers = int.Parse(wanted);
            await product.RunAsync(discovery.Plan, callers, 8, 20);
            for (var round = 0; round < 3; round++)
            {
                var spent = ProcessorTime.Now(server?.Folder);
                var before = GC.GetTotalAllocatedBytes();
                var run = await product.RunAsync(discovery.Plan, callers, seconds, 21 + round);
                var took = ProcessorTime.Now(server?.Folder) - spent;
                Console.WriteLine($"{run.PerSecond * steps:0} steps/s; ours {took.Ours.TotalMilliseconds / (run.Count * steps):0.00} ms, database {took.Database.TotalMilliseconds / (run.Count * steps):0.00} ms, {(GC.GetTotalAllocatedBytes() - before) / (run.Count * steps) / 1024} KB a step; gen0 {GC.CollectionCount(0)} gen2 {GC.CollectionCount(2)}");
            }
            return true;
        }
        foreach (var callers in (int[])[1, 8])
        {
            same &= await MeasureAsync(product, discovery.Plan, recording, (ours, floor, server), connection, shapes, callers, seconds, steps);
        }

        return same;
    }

    private async Task<bool> MeasureAsync(
        Product product, IReadOnlyList<PlannedStep> plan, Recording recording, (BenchDatabase Ours, BenchDatabase Floor, PostgresServer? Server) on,
        DbConnection connection, IReadOnlyList<TableShape> shapes, int callers, int seconds, int steps)
    {
        await using var floorDb = on.Floor.Database.CreateDbContext();
        var floorConnection = floorDb.Database.GetDbConnection();
        await floorConnection.OpenAsync();
        var (mine, theirs) = (await Weight.OfAsync(connection, shapes, IsSqlite), await Weight.OfAsync(floorConnection, shapes, IsSqlite));
        var (rates, floors, journeys, floorJourneys, processor) = (new List<double>(), new List<double>(), 0L, 0L, new ProcessorTime(default, default));
        for (var round = 0; round < Rounds; round++)
        {
            // Numbers of their own for each number of callers and each round: nothing is written twice.
            var own = (callers == 1 ? 0 : Rounds) + round;
            var spent = ProcessorTime.Now(on.Server?.Folder);
            var run = await product.RunAsync(plan, callers, seconds, own);
            processor += ProcessorTime.Now(on.Server?.Folder) - spent;
            var beside = IsSqlite
                ? await SqliteFloor.RunAsync(on.Floor.ConnectionString, recording, callers, seconds, own)
                : await PgbenchFloor.RunAsync(on.Server!.Folder, on.Floor.Name, recording, callers, seconds, own);
            rates.Add(run.PerSecond);
            floors.Add(beside.PerSecond);
            (journeys, floorJourneys) = (journeys + run.Count, floorJourneys + beside.Count);
        }

        var same = Weight.Compare(
            new Growth(mine, await Weight.OfAsync(connection, shapes, IsSqlite), journeys),
            new Growth(theirs, await Weight.OfAsync(floorConnection, shapes, IsSqlite), floorJourneys), output);
        var (median, floor) = (Figure.Median(rates), Figure.Median(floors));
        var name = $"{(IsSqlite ? "sqlite" : "postgresql")}, in process, {callers} caller{(callers == 1 ? "" : "s")}";
        var aim = callers == 8 ? "at least 40" : "-";
        output.WriteLine(new Figure($"{name}: journeys", median, "per second"));
        output.WriteLine(new Figure($"{name}: steps", median * steps, "per second"));
        output.WriteLine(new Figure($"{name}: floor, journeys", floor, "per second"));
        output.WriteLine(new Figure($"{name}: floor, steps", floor * steps, "per second"));
        output.WriteLine(new Figure($"{name}: share of the floor", 100 * median / floor, "per cent", aim));
        output.WriteLine(new Figure($"{name}: processor time of this process", processor.Ours.TotalMilliseconds / (journeys * steps), "ms a step"));
        output.WriteLine(new Figure($"{name}: processor time of PostgreSQL", processor.Database.TotalMilliseconds / (journeys * steps), "ms a step"));
        output.WriteLine(new Figure($"{name}: journeys committed, ours", journeys, "journeys"));
        output.WriteLine(new Figure($"{name}: journeys committed, floor", floorJourneys, "journeys"));
        return same;
    }
}
