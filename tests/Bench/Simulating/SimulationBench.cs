using System.Diagnostics;
using Assize.Bench.Journey;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Simulating;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Bench.Simulating;

/// <summary>A year of cases through the newest path of the magistrates' court, in growing numbers.</summary>
internal sealed class SimulationBench(TextWriter output)
{
    private const double Aim = 60;

    public async Task RunAsync(int cases)
    {
        await using var database = await BenchDatabase.CreateAsync(await PostgresServer.SharedAsync(), "simulation");
        await using var db = database.Database.CreateDbContext();
        db.Add(new Agency { Id = "court", Kind = "court", Name = "Court", Status = DirectoryStatus.Active });
        db.Add(new Person { Subject = "owner", Name = "Owner", Agency = "court", IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = "owner", Role = Roles.ProcessOwner, Agency = "court", From = DateTimeOffset.UnixEpoch });
        db.Add(DraftingRight.First("owner", DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        await db.SaveChangesAsync();

        var simulate = database.Services.GetRequiredService<SimulateYear>();
        var found = await simulate.FindAsync(db, new Caller("owner", "court", [Roles.ProcessOwner], "Owner", false, "bench"), "mags-charged", CancellationToken.None)
            ?? throw new InvalidOperationException("Expected mags-charged to be published, but it is not.");
        foreach (var size in new[] { cases / 100, cases / 10, cases }.Where(size => size > 0))
        {
            var terms = new SimulationTerms(size, 1, new DateOnly(2027, 1, 4), 20, found.Roles.ToDictionary(role => role, _ => Math.Max(1, size / 500)));
            var clock = Stopwatch.StartNew();
            var report = await simulate.RunAsync(db, found, terms, CancellationToken.None);
            output.WriteLine(new Figure($"a year of {size} cases", clock.Elapsed.TotalSeconds, "s", size == 10_000 ? $"at most {Aim}" : "-"));
            output.WriteLine(new Figure($"a year of {size} cases: tasks done", report.Steps.Sum(step => step.Done), "tasks"));
        }
    }
}
