using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

/// <summary>Cases have their court's code in capitals, and the directory has all names in small letters.</summary>
public sealed class CourtRoleTests
{
    private const string Lawyer = "far@cps";

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "b46", true)]
    [InlineData(DatabaseKind.Postgres, "b46", true)]
    [InlineData(DatabaseKind.Sqlite, "B46", true)]
    [InlineData(DatabaseKind.Sqlite, "b4", false)]
    public async Task Role_AtACourt_OpensItsCases_HoweverTheDirectoryWritesIt(DatabaseKind kind, string court, bool opens)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.False(await world.ReadsAsync(Lawyer));
        await using CaseDb db = world.Context();
        DirectoryPerson told = new(Lawyer, Lawyer, "cps", false, DirectoryStatus.Active, [new DirectoryRole(Roles.ReviewingLawyer, DateTimeOffset.UnixEpoch, null) { Jurisdiction = "criminal", Court = court }]);

        Assert.True(await DirectorySync.ApplyAsync(db, 0, new DirectoryPage(1, false, [], [told]), DateTimeOffset.UtcNow, CancellationToken.None));

        Assert.Equal(opens, await world.ReadsAsync(Lawyer));
    }

    [Fact]
    public async Task WhatIf_OfARoleAtACourt_CountsTheSameCases()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        SimulateChange simulate = new(new ExplainAccess(world.Access, world.Clock), world.Clock);

        SimulatedAccess? given = await simulate.RunAsync(db, world.As("admin@cps"), new SimulatedChange { Subject = Lawyer, AddRole = Roles.Advocate, AddRoleCourt = "b46" }, CancellationToken.None);

        Assert.Equal([AccessHarness.Urn], given!.Gained);
    }
}
