using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class CompletionCostTests(ITestOutputHelper output)
{
    // Eight statements and two round trips are the law for a step that touches task, audit and engine only.
    // What goes beyond is named here, so that it can only go down.
    private static readonly Dictionary<string, (int Statements, int RoundTrips, string Beyond)> s_budgets = new()
    {
        ["m4-serve-initial-details"] = (9, 2, "keeps an event for the other branches"),
        ["m5-initial-review"] = (8, 2, ""),
        ["m6-defence"] = (9, 2, "keeps a personal answer apart"),
        ["m7-court-preparation"] = (12, 4, "asks for a slot and has its reply, reads the defendant, looks for kept events, writes case and defendant"),
        ["m8-hearing"] = (9, 2, "writes the attendance"),
        ["m9-plea"] = (10, 2, "reads and writes the offences"),
        ["m14-sentence"] = (8, 2, ""),
        ["m15-results"] = (13, 3, "shares the hearing's results: hearing, defendant's results, payload, messages, kept events"),
    };

    [Fact]
    public async Task CompleteTask_OnAWholeJourney_KeepsItsBudget()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Postgres);
        await using StatementCounter counter = new(world.ConnectionString);
        List<(string Step, List<List<string>> Trips)> costs = [];
        string? doing = null;
        world.Watch = activity =>
        {
            Settle();
            doing = activity;
            counter.Reset();
            return counter.Database.CreateDbContext();
        };

        await Scenarios.All["guilty-plea-shop-theft"](world);
        Settle();

        Assert.Equal(s_budgets.Keys.Order(StringComparer.Ordinal), costs.Select(c => c.Step).Order(StringComparer.Ordinal));
        foreach ((string step, List<List<string>> trips) in costs)
        {
            (int statements, int roundTrips, string beyond) = s_budgets[step];
            output.WriteLine($"{step}: {trips.Count} round trips, {trips.Sum(t => t.Count)} statements. {beyond}");
            string all = string.Join('\n', trips.SelectMany((t, n) => t.Select(s => $"{n + 1}: {s}")));
            Assert.True(trips.Count <= roundTrips, $"Expected {step} to take at most {roundTrips} round trips, but it took {trips.Count}\n{all}");
            Assert.True(trips.Sum(t => t.Count) <= statements, $"Expected {step} to take at most {statements} statements, but it took {trips.Sum(t => t.Count)}\n{all}");
        }

        // A definition is read when a host first meets it, which is no cost of the step.
        void Settle()
        {
            if (doing is not null)
            {
                costs.Add((doing, [.. counter.Trips.Select(t => t.Where(s => !s.Contains("engine_definition", StringComparison.Ordinal)).ToList()).Where(t => t.Count > 0)]));
            }
        }
    }
}
