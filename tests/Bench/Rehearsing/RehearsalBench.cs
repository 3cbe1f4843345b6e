using System.Diagnostics;
using Assize.Bench.Journey;
using Assize.Engine.Definitions;
using Assize.Engine.Rehearsing;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Rehearsing;

/// <summary>How long a rehearsal takes by the number of open cases, where every case was told something of its own and where many were told the same.</summary>
internal sealed class RehearsalBench(TextWriter output)
{
    private static readonly Caller s_owner = new("bench-owner", "liverpool-magistrates", [], "Bench", false, "bench");

    public async Task RunAsync(int most)
    {
        await using var server = await PostgresServer.StartAsync();
        foreach (var ways in (int[])[100, int.MaxValue])
        {
            for (var cases = 1000; cases <= most; cases *= 10)
            {
                await using var database = await BenchDatabase.CreateAsync(server, $"rehearsal_{ways % 1000}_{cases}");
                await MeasureAsync(database, server.Folder, cases, ways);
            }
        }
    }

    private async Task MeasureAsync(BenchDatabase database, string folder, int cases, int ways)
    {
        await using var db = database.Database.CreateDbContext();
        db.Add(new Person { Subject = s_owner.Subject, Name = "Bench", Agency = s_owner.Agency, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = s_owner.Subject, Role = Roles.ProcessOwner, Agency = s_owner.Agency, From = DateTimeOffset.UnixEpoch });
        db.Add(DraftingRight.First(s_owner.Subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        await db.SaveChangesAsync();
        await OpenCases.WriteAsync(database, cases, ways);
        var target = DefinitionReader.Read(OpenCases.Changed);
        var answer = await database.Services.GetRequiredService<BeginRehearsal>().RunAsync(db, s_owner, target, CancellationToken.None);
        var began = answer.Id ?? throw new InvalidOperationException($"Expected the rehearsal to begin, but: {answer.Message}");
        var operations = database.Services.GetRequiredService<RunOperations>();
        var (clock, spent) = (Stopwatch.StartNew(), ProcessorTime.Now(folder));
        await operations.RunTurnAsync(began, TimeSpan.FromHours(1), CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        var took = ProcessorTime.Now(folder) - spent;
        var found = await db.Rehearsals.AsNoTracking().SingleAsync(x => x.Id == began);
        var told = ways == int.MaxValue ? "each told something of its own" : $"told {ways} different things";
        output.WriteLine(new Figure($"{cases} open cases, {told}", seconds, "s", cases == 100_000 ? "<= 60" : "-"));
        output.WriteLine(new Figure("  a thousand cases", 1000 * seconds / cases, "s"));
        output.WriteLine(new Figure("  a thousand cases: processor, ours", 1000 * took.Ours.TotalSeconds / cases, "s"));
        output.WriteLine(new Figure("  a thousand cases: processor, PostgreSQL", 1000 * took.Database.TotalSeconds / cases, "s"));
        output.WriteLine($"  same {found.Same}, {RehearsalClass.Moves} {found.Moves}, needs a mapping {found.NeedsMapping}, stranded {found.Stranded}");
    }
}
