using Assize.Workflows.Releasing;
using Xunit;

namespace Assize.Workflows.Tests.Releasing;

public sealed class ReleasePlanTests
{
    private static readonly DateOnly s_january = new(2027, 1, 1);
    private static readonly DateOnly s_march = new(2027, 3, 1);

    [Theory]
    [InlineData("2026-12-31", "Merseyside", "B05", "force-1", 1)]
    [InlineData("2027-01-01", "Merseyside", "B05", "force-1", 4)]
    [InlineData("2027-01-01", "Merseyside", "B06", "force-1", 3)]
    [InlineData("2027-01-01", "London", "B01", "force-1", 2)]
    [InlineData("2027-03-01", "London", "B01", "force-1", 5)]
    [InlineData("2027-03-01", "Merseyside", "B06", "force-1", 3)]
    public void Choose_TakesTheNarrowest_ThenTheLatestThatHasBegun(string day, string area, string court, string force, int expected)
    {
        ReleasePlan plan = new(
        [
            Release(1), Release(2, from: s_january), Release(3, from: s_january, area: "Merseyside"),
            Release(4, from: s_january, area: "Merseyside", court: "B05"), Release(5, from: s_march),
        ]);

        Assert.Equal(expected, plan.Choose(new NewInstance(DateOnly.Parse(day, null), area, court, force, "unit"))!.Number);
    }

    [Fact]
    public void Choose_OfAShare_IsTheSameForACase_AndOnlyGrowsWithTheShare()
    {
        HashSet<string> before = [];
        foreach (int share in (int[])[1, 10, 50, 100])
        {
            ReleasePlan plan = new([Release(1), Release(2, from: s_january, share: share)]);
            HashSet<string> taken = [.. Enumerable.Range(0, 2000).Select(x => $"case-{x}").Where(x => plan.Choose(Asked(x))!.Number == 2)];

            Assert.InRange(taken.Count, 2000 * share / 100 * 0.7, (2000 * share / 100 * 1.3) + 10);
            Assert.Superset(before, taken);
            before = taken;
        }
    }

    [Fact]
    public void Choose_OfAnInstanceWithoutACase_TakesNoScope()
    {
        ReleasePlan plan = new([Release(1), Release(2, area: "Merseyside")]);

        Assert.Equal(1, plan.Choose(new NewInstance(s_march, null, null, null, "unit"))!.Number);
    }

    [Fact]
    public void Crossing_OfACourtAndAForce_IsSeen_UntilBothTogetherAreReleased()
    {
        WorkflowRelease court = Release(2, area: "Merseyside", court: "B05");
        ReleaseScope force = new(null, null, "force-1");

        Assert.Equal(2, new ReleasePlan([Release(1), court]).Crossing(force, null)!.Number);
        Assert.Null(new ReleasePlan([Release(1), court, Release(3, area: "Merseyside", court: "B05", force: "force-1")]).Crossing(force, null));
        Assert.Null(new ReleasePlan([Release(1), court]).Crossing(new ReleaseScope("Merseyside", null, null), null));
        Assert.Null(new ReleasePlan([Release(1), court]).Crossing(new ReleaseScope("London", "B01", null), null));
    }

    [Fact]
    public void VersionsFrom_LeavesOut_WhatNoCaseOfThatDayCanTakeAnyMore()
    {
        ReleasePlan plan = new([Release(1), Release(2, from: s_january), Release(3, from: s_march, share: 50), Release(4, from: s_march, area: "Merseyside")]);

        Assert.Equal([1, 2, 3, 4], plan.VersionsFrom(null).Order());
        Assert.Equal([1, 2, 3, 4], plan.VersionsFrom(s_january.AddDays(-1)).Order());
        Assert.Equal([2, 3, 4], plan.VersionsFrom(s_january).Order());
        Assert.Equal([2, 3, 4], plan.VersionsFrom(s_march).Order());
        foreach (int day in Enumerable.Range(-3, 200))
        {
            DateOnly from = s_january.AddDays(day);
            IEnumerable<int> taken = Enumerable.Range(0, 40).Select(x => plan.Choose(new NewInstance(from.AddDays(x), x % 2 == 0 ? "Merseyside" : "London", null, null, $"case-{x}"))!.Version);
            Assert.Subset(plan.VersionsFrom(from).ToHashSet(), taken.ToHashSet());
        }
    }

    [Fact]
    public void Same_OfTheSameCasesFromTheSameDay_IsATie_ButForAShareBesideTheWhole()
    {
        ReleasePlan plan = new([Release(1), Release(2, from: s_january)]);

        Assert.Equal(2, plan.Same(ReleaseScope.Everywhere, s_january, 100)!.Number);
        Assert.Null(plan.Same(ReleaseScope.Everywhere, s_january, 10));
        Assert.Null(plan.Same(ReleaseScope.Everywhere, s_march, 100));
    }

    private static NewInstance Asked(string unit) => new(s_march, "London", "B01", "force-1", unit);

    private static WorkflowRelease Release(int number, DateOnly? from = null, string? area = null, string? court = null, string? force = null, int share = 100) => new()
    {
        DefinitionId = "flow",
        Number = number,
        Version = number,
        EffectiveFrom = from,
        Area = area,
        Court = court,
        Force = force,
        Share = share,
        State = ReleaseState.Live,
        AskedByName = "Polly",
        ApprovedByName = "Otto",
        ApprovedAt = DateTimeOffset.UnixEpoch,
    };
}
