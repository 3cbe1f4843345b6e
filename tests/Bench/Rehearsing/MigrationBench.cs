using System.Diagnostics;
using System.Text.Json.Nodes;
using Assize.Bench.Journey;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Rehearsing;

/// <summary>Charged cases that are rehearsed and migrated to a version with another title, while people go on to work on them.</summary>
internal sealed class MigrationBench(TextWriter output)
{
    private const int Shown = 20;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private static readonly Caller s_owner = new("bench-owner", "liverpool-magistrates", [], "Bench", false, "bench");

    public async Task RunAsync(int most)
    {
        await using var server = await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=150", "log_checkpoints=on", "log_min_duration_statement=250", "log_lock_waits=on", "deadlock_timeout=250ms");
        for (var cases = Math.Min(1000, most); cases <= most; cases *= 10)
        {
            PauseWatch? watch = null;
            await using var database = await BenchDatabase.CreateAsync(server, $"migration_{cases}", watch: access => watch = new PauseWatch(access));
            await MeasureAsync(server, database, watch!, cases);
        }
    }

    private async Task MeasureAsync(PostgresServer server, BenchDatabase database, PauseWatch watch, int cases)
    {
        var work = new BusyPeople(database, cases);
        await work.ReceiveAsync();
        var target = await PublishAsync(database);
        await using var db = database.Database.CreateDbContext();
        var answer = await database.Services.GetRequiredService<BeginRehearsal>().RunAsync(db, s_owner, target, CancellationToken.None);
        var began = answer.Id ?? throw new InvalidOperationException($"Expected the rehearsal to begin, but: {answer.Message}");
        var rehearsing = await RunAsync(database, began);
        output.WriteLine(new Figure($"{cases} charged cases rehearsed", rehearsing.TotalSeconds, "s"));

        var moving = (await database.Services.GetRequiredService<BeginMigration>().RunAsync(db, s_owner, began, StepMapping.None, CancellationToken.None)).Id!;
        using var over = new CancellationTokenSource();
        var requests = work.GoOnAsync(over.Token);
        var said = (await server.LogAsync()).Length;
        var took = await RunAsync(database, moving);
        await over.CancelAsync();
        var (asked, failed) = await requests;
        var done = await db.Migrations.AsNoTracking().SingleAsync(x => x.Id == moving);
        output.WriteLine(new Figure($"{cases} charged cases migrated", took.TotalSeconds, "s"));
        output.WriteLine(new Figure("  cases a second", cases / took.TotalSeconds, "per second"));
        output.WriteLine(new Figure("  requests meanwhile", asked.Count / took.TotalSeconds, "per second", "50"));
        output.WriteLine(new Figure("  of which failed", failed.Count, "requests", "0"));
        foreach (var reason in failed.Distinct())
        {
            output.WriteLine($"    {reason}");
        }

        var pauses = watch.Pauses;
        output.WriteLine(new Figure("  a case's pause, 99.9 of 100", pauses[(int)(0.999 * (pauses.Count - 1))].TotalMilliseconds, "ms"));
        output.WriteLine(new Figure("  a case's pause, longest", pauses[^1].TotalMilliseconds, "ms", "<= 250"));
        output.WriteLine(new Figure("  cases that paused for longer than that", pauses.Count(x => x > s_pause), "cases", "0"));

        double At(double share) => asked[(int)(share * (asked.Count - 1))].Took.TotalMilliseconds;
        output.WriteLine(new Figure("  a request, 95 of 100", At(0.95), "ms"));
        output.WriteLine(new Figure("  a request, 99 of 100", At(0.99), "ms", "<= 250"));
        output.WriteLine(new Figure("  a request, slowest", At(1), "ms", "<= 250"));
        var late = asked.Where(x => x.Took > s_pause).ToList();
        output.WriteLine(new Figure("  requests that took longer than that", late.Count, "requests", "0"));
        foreach (var one in late.TakeLast(Shown))
        {
            output.WriteLine($"    {one.Took.TotalMilliseconds:0} ms, over at {one.Ended:HH:mm:ss.fff}: sent after {one.Waited.TotalMilliseconds:0} ms, garbage collected for {one.Collected.TotalMilliseconds:0} ms");
        }

        if (late.Count > 0)
        {
            foreach (var line in (await server.LogAsync()).Skip(said).Where(x => x.Contains("LOG:", StringComparison.Ordinal)))
            {
                output.WriteLine($"    {line[..Math.Min(line.Length, 240)]}");
            }
        }

        output.WriteLine($"  moved {done.Moved}, left {done.Skipped}");
    }

    private static async Task<WorkflowDefinition> PublishAsync(BenchDatabase database)
    {
        await using var db = database.Database.CreateDbContext();
        db.Add(new Person { Subject = s_owner.Subject, Name = "Bench", Agency = s_owner.Agency, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = s_owner.Subject, Role = Roles.ProcessOwner, Agency = s_owner.Agency, From = DateTimeOffset.UnixEpoch });
        db.Add(DraftingRight.First(s_owner.Subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        await db.SaveChangesAsync();
        var text = (await File.ReadAllTextAsync(Repository.PathOf("definitions/mags-charged/3.json"))).Replace("M7 Prepare the court", "M7 Make the court ready", StringComparison.Ordinal);
        var json = JsonNode.Parse(text)!.AsObject();
        json["version"] = 4;
        await PublishedVersions.PublishAsync(db, json.ToJsonString(), "bench", Product.Start, Product.Start, CancellationToken.None);
        await database.Services.GetRequiredService<RuleCatalog>().ReloadAsync(db, CancellationToken.None);
        return DefinitionReader.Read(json.ToJsonString());
    }

    private static async Task<TimeSpan> RunAsync(BenchDatabase database, string operation)
    {
        var clock = Stopwatch.StartNew();
        await database.Services.GetRequiredService<RunOperations>().RunTurnAsync(operation, TimeSpan.FromHours(3), CancellationToken.None);
        clock.Stop();
        await using var db = database.Database.CreateDbContext();
        var ended = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == operation);
        return ended.State == OperationState.Completed ? clock.Elapsed : throw new InvalidOperationException($"Expected it to come to its end, but it is {ended.State}: {ended.Failure}");
    }
}
