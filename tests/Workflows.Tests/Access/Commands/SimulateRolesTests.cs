using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

public sealed class SimulateRolesTests
{
    private static readonly DateTimeOffset s_later = new(2026, 11, 2, 9, 30, 0, 123, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ending_OneOfTwoRolesOfAName_KeepsWhatTheOtherOpens()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        db.Add(new HomeRole { Subject = "officer@kent", Role = Roles.OfficerInCase, From = s_later, Area = "46" });
        await db.SaveChangesAsync(Stop);
        SimulatedChange ends = new() { Subject = "officer@kent", RemoveRole = Roles.OfficerInCase };

        Assert.Empty((await RunAsync(world, ends with { RemoveRoleFrom = s_later })).Lost);
        Assert.Empty((await RunAsync(world, ends with { RemoveRoleFrom = DateTimeOffset.UnixEpoch })).Lost);
        Assert.Equal([AccessHarness.Urn], (await RunAsync(world, ends)).Lost);
    }

    [Fact]
    public async Task Ending_ARoleThatOnlyOneOfTwoOpens_ClosesIt()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        db.Add(new HomeRole { Subject = "officer@kent", Role = Roles.OfficerInCase, From = s_later, Area = "47" });
        await db.SaveChangesAsync(Stop);

        SimulatedAccess lost = await RunAsync(world, new SimulatedChange { Subject = "officer@kent", RemoveRole = Roles.OfficerInCase, RemoveRoleFrom = DateTimeOffset.UnixEpoch });

        Assert.Equal([AccessHarness.Urn], lost.Lost);
    }

    [Theory]
    [InlineData("B46", 1)]
    [InlineData("B47", 0)]
    public async Task Giving_ARoleForACourt_OpensItsCasesAlone(string court, int gained)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        SimulatedAccess given = await RunAsync(world, new SimulatedChange { Subject = "far@cps", AddRole = Roles.Advocate, AddRoleCourt = court });

        Assert.Equal(gained, given.Gained.Count);
    }

    [Fact]
    public async Task Giving_ARole_CountsItsAuthorisations()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(file => file.NeedsAuthorisation, "terrorism"), Stop);
        SimulatedChange given = new() { Subject = "far@cps", AddRole = Roles.Advocate };

        Assert.Empty((await RunAsync(world, given)).Gained);
        Assert.Equal([AccessHarness.Urn], (await RunAsync(world, given with { AddRoleAuthorisations = ["terrorism"] })).Gained);
    }

    [Fact]
    public async Task Giving_ARoleThatBeginsLater_IsToldAsOfThen()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        DateTimeOffset starts = world.Clock.GetUtcNow().AddDays(20);
        SimulatedChange given = new() { Subject = "far@cps", AddRole = Roles.Advocate, AddRoleFrom = starts };
        Assert.Equal([AccessHarness.Urn], (await RunAsync(world, given)).Gained);
        db.Add(new HomeRole { Subject = "far@cps", Role = Roles.Advocate, From = starts.AddDays(-1), Agency = "cps" });
        await db.SaveChangesAsync(Stop);

        Assert.Empty((await RunAsync(world, given)).Gained);
    }

    private static async Task<SimulatedAccess> RunAsync(AccessHarness world, SimulatedChange change)
    {
        await using CaseDb db = world.Context();
        ExplainAccess explain = new(world.Access, world.Clock);
        return (await new SimulateChange(explain, world.Clock).RunAsync(db, world.As("admin@" + change.Subject!.Split('@')[1]), change, Stop))!;
    }
}
