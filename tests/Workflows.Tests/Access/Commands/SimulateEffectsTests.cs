using System.Text.Json;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

/// <summary>What accounts, conflicts, seals and approvals would change, and which tasks nobody could do any more.</summary>
public sealed class SimulateEffectsTests
{
    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Suspending_SeveralPeople_NamesThem_AndCountsTheTasksThatNobodyElseCouldDo(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await TaskAsync(world, "held-by-one", Roles.CaseBuilder);
        await TaskAsync(world, "for-officers", Roles.OfficerInCase);
        await TaskAsync(world, "another-agencys", Roles.ReviewingLawyer, "cps");
        await TaskAsync(world, "a-submissions", Roles.CaseBuilder, caseId: null);

        SimulatedAccess one = await RunAsync(world, "admin@kent", new SimulatedChange { Subject = "builder@kent", Status = DirectoryStatus.Suspended });
        SimulatedAccess both = await RunAsync(world, "admin@kent", new SimulatedChange { Subjects = ["builder@kent", "officer@kent"], Status = DirectoryStatus.Suspended });

        Assert.Equal([AccessHarness.Urn], one.Lost);
        Assert.Equal(2, one.TasksLeft);
        Assert.Equal(["builder@kent", "officer@kent"], both.Lost.Order());
        Assert.Equal(3, both.TasksLeft);
    }

    [Fact]
    public async Task Ending_ARoleThatSomebodyElseHoldsToo_LeavesNoTask_UnlessTheyHaveTakenIt()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        db.Add(new HomeRole { Subject = "officer@kent", Role = Roles.CaseBuilder, From = DateTimeOffset.UnixEpoch, Agency = "kent", MaxClassification = "restricted" });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await TaskAsync(world, "free", Roles.CaseBuilder);
        SimulatedChange ends = new() { Subject = "builder@kent", RemoveRole = Roles.CaseBuilder };
        Assert.Equal(0, (await RunAsync(world, "admin@kent", ends)).TasksLeft);

        await TaskAsync(world, "taken", Roles.CaseBuilder, assignee: "builder@kent");
        Assert.Equal(1, (await RunAsync(world, "admin@kent", ends)).TasksLeft);

        // The other keeps the case by another role, but not the lane.
        SimulatedAccess both = await RunAsync(world, "admin@kent", new SimulatedChange { Subjects = ["builder@kent", "officer@kent"], RemoveRole = Roles.CaseBuilder });
        Assert.Equal(["builder@kent"], both.Lost);
        Assert.Equal(2, both.TasksLeft);
    }

    [Theory]
    [InlineData("H1", 1)]
    [InlineData("H30", 0)]
    public async Task Suspending_TheOnlyOneWhoMayCheckAStep_LeavesIt_WhereTheOtherIsWhoeverDidIt(string human, int left)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using (CaseDb db = world.Context())
        {
            db.Add(new Person { Subject = "second@kent", PersonId = human, Name = "Second", Agency = "kent", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = "second@kent", Role = Roles.OfficerInCase, From = DateTimeOffset.UnixEpoch, Agency = "kent", MaxClassification = "restricted" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await TaskAsync(world, "check", Roles.OfficerInCase, notBy: "builder@kent");

        SimulatedAccess change = await RunAsync(world, "admin@kent", new SimulatedChange { Subject = "officer@kent", Status = DirectoryStatus.Suspended });

        Assert.Equal(left, change.TasksLeft);
    }

    [Fact]
    public async Task Suspending_AnotherAgencysPerson_OrByWhoMayNotAsk_IsTold_Nothing()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        SimulateChange simulate = new(new ExplainAccess(world.Access, world.Clock), world.Clock);

        Assert.Null(await simulate.RunAsync(db, world.As("admin@kent"), new SimulatedChange { Subjects = ["officer@kent", "lawyer@cps"], Status = DirectoryStatus.Suspended }, TestContext.Current.CancellationToken));
        Assert.Null(await simulate.RunAsync(db, world.As("nobody@kent"), new SimulatedChange { Subject = "officer@kent", Status = DirectoryStatus.Suspended }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sealing_NamesOnesOwnWhoLoseIt_AndOthersByAgencyAndRole(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await TaskAsync(world, "lawyers", Roles.ReviewingLawyer, "cps");
        SimulatedChange seal = new() { Urn = AccessHarness.Urn, Seal = [new("builder@kent", Roles.CaseBuilder), new("far@cps", Roles.ReviewingLawyer)] };

        SimulatedAccess change = await RunAsync(world, "builder@kent", seal);

        Assert.Equal(["cps, reviewing lawyer", "officer@kent"], change.Lost.Order());
        Assert.Equal(["cps, reviewing lawyer"], change.Gained);
        Assert.Equal(0, change.TasksLeft);
        Assert.Equal(1, (await RunAsync(world, "builder@kent", seal with { Seal = [new("builder@kent", Roles.CaseBuilder)] })).TasksLeft);

        await world.SealAsync();
        Assert.Equal(["cps, reviewing lawyer"], (await RunAsync(world, "builder@kent", new SimulatedChange { Urn = AccessHarness.Urn, Unseal = true })).Gained);
        await using CaseDb db = world.Context();
        Assert.Null(await new SimulateChange(new ExplainAccess(world.Access, world.Clock), world.Clock).RunAsync(db, world.As("lawyer@cps"), seal, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approving_AGrantAcrossAgencies_SaysWhatItWouldOpen(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        string grant = await world.AskAsync();
        SimulatedChange approve = new() { ApproveGrant = grant };

        SimulatedAccess sponsor = await RunAsync(world, "approver@essex", approve);
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        SimulatedAccess owner = await RunAsync(world, "approver@kent", approve);

        Assert.Equal([AccessHarness.Urn], sponsor.Gained);
        Assert.Equal([AccessHarness.Urn], owner.Gained);
        await using CaseDb db = world.Context();
        Assert.Null(await new SimulateChange(new ExplainAccess(world.Access, world.Clock), world.Clock).RunAsync(db, world.As("lawyer@cps"), approve, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Approving_AccessToEveryCaseOfAnAgency_CountsThemToTheSponsor_AndNamesNone()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await world.DoneAsync(db => new Workflows.Access.Grants.RequestCross(world.Runner, world.Access, world.Clock).RunAsync(
            db, world.As("officer@essex"), world.Next(), new(null, "criminal", "kent", "officer@essex", Roles.OfficerInCase, "private", world.Clock.GetUtcNow().AddDays(20), AccessHarness.Why), CancellationToken.None));

        Assert.Equal(["a case of kent"], (await RunAsync(world, "approver@essex", new SimulatedChange { ApproveGrant = grant })).Gained);
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        Assert.Equal([AccessHarness.Urn], (await RunAsync(world, "approver@kent", new SimulatedChange { ApproveGrant = grant })).Gained);
    }

    [Fact]
    public async Task Excluding_SeveralPeopleFromOneCase_NamesThoseWhoHaveIt()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        SimulatedAccess change = await RunAsync(world, "admin@kent", new SimulatedChange { Subjects = ["builder@kent", "officer@kent", "privacy@kent"], Urns = [AccessHarness.Urn, "none"], AddExclusion = true });

        Assert.Equal(["builder@kent", "officer@kent"], change.Lost.Order());
        Assert.Equal(1, change.Weighed);
    }

    private static async Task<SimulatedAccess> RunAsync(AccessHarness world, string asker, SimulatedChange change)
    {
        await using CaseDb db = world.Context();
        return (await new SimulateChange(new ExplainAccess(world.Access, world.Clock), world.Clock).RunAsync(db, world.As(asker), change, TestContext.Current.CancellationToken))!;
    }

    private static async Task TaskAsync(AccessHarness world, string id, string role, string agency = "kent", string? caseId = AccessHarness.Case, string? assignee = null, string? notBy = null)
    {
        await using CaseDb db = world.Context();
        db.Add(new WorkTask
        {
            Id = id,
            UnitId = caseId ?? AccessHarness.Case,
            CaseId = caseId,
            SubmissionId = caseId is null ? "s" : null,
            InstanceId = "i",
            ActivityId = "a",
            Title = "A step",
            Instructions = "",
            LaneAgency = agency,
            LaneRole = role,
            FormId = "f",
            FormVersion = 1,
            Outcomes = "[]",
            Priority = 2,
            Statutory = false,
            NotBy = JsonSerializer.Serialize(notBy is null ? [] : (string[])[notBy]),
            State = assignee is null ? TaskState.Open : TaskState.Claimed,
            Assignee = assignee,
            CreatedAt = world.Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }
}
