using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Listing;

public sealed class CourtDayTests
{
    private const int PerDay = 40;
    private const int Together = 6;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Listing_ByManyAtOnce_NeverTakesMoreThanTheDayHolds(DatabaseKind kind)
    {
        await using PathWorld world = await PathWorld.OpenAsync(kind);
        await Scenarios.FillAsync(world, new DateTimeOffset(2026, 3, 16, 10, 0, 0, TimeSpan.Zero), PerDay - 2);

        await Task.WhenAll(Enumerable.Range(1, Together).Select(number => Task.Run(() => StartAsync(world, number), TestContext.Current.CancellationToken)));

        await using CaseDb db = world.Context();
        Assert.Equal(PerDay, await db.Hearings.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Together - 2, (await world.OpenAsync()).Count(step => step == "m3-find-day"));
    }

    private static async Task StartAsync(PathWorld world, int number)
    {
        NewCase facts = PathFacts.Case(PathFacts.Defendant($"Person {number}", PathFacts.Theft())) with { Urn = $"05AA00{number:00000}" };
        await using CaseDb db = world.Context();
        Assert.IsType<Completed>(await world.Runner.RunAsync(db, StartCase.Command($"start-{number}", $"case-{number}", facts, world.Now), CancellationToken.None));
    }
}
