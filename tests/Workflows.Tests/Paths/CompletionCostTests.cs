using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class CompletionCostTests(ITestOutputHelper output)
{
    [Fact]
    public async Task CompleteTask_OnAWholeJourney_KeepsItsBudget()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Postgres);
        // Once unwatched, so that definitions, forms and tables are compiled as in a host that runs.
        await Scenarios.All["guilty-plea-shop-theft"](world);
        await using PathWorld watched = await PathWorld.OpenAsync(DatabaseKind.Postgres);
        await using StatementCounter counter = new(watched.ConnectionString);
        List<(string Step, IReadOnlyList<IReadOnlyList<string>> Trips)> costs = [];
        string? doing = null;
        watched.Watch = activity =>
        {
            Settle();
            doing = activity;
            counter.Reset();
            return counter.Database.CreateDbContext();
        };

        await Scenarios.All["guilty-plea-shop-theft"](watched);
        Settle();

        foreach ((string step, IReadOnlyList<IReadOnlyList<string>> trips) in costs)
        {
            output.WriteLine($"{step}: {trips.Count} round trips, {trips.Sum(t => t.Count)} statements");
            foreach (string sql in trips.SelectMany((t, n) => t.Select(s => $"   {n + 1}: {s}")))
            {
                output.WriteLine(sql.ReplaceLineEndings(" "));
            }
        }

        void Settle()
        {
            if (doing is not null)
            {
                costs.Add((doing, counter.Trips));
            }
        }
    }
}
