using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

/// <summary>Two accounts that turn out to be one human: it may only take access away, and two of them are still one person.</summary>
public sealed class LinkedAccountTests
{
    private const string Lawyer = "lawyer@cps";
    private const string Officer = "officer@kent";
    private const string Builder = "builder@kent";

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Party_WhoseAccountIsLinkedAfterwards_StaysOne_AndSoIsTheOtherAccount(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await world.DoneAsync(db => Party(world, db, Lawyer));
        Assert.False(await world.ReadsAsync(Lawyer));
        Assert.True(await world.ReadsAsync(Officer));

        await ApplyAsync(world, 1, News(Lawyer, Roles.ReviewingLawyer, "H2"));

        Assert.False(await world.ReadsAsync(Lawyer));
        Assert.False(await world.ReadsAsync(Officer));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Conflict_OfAnAccountThatIsLinkedAfterwards_BarsTheOtherAccountFromItsNextRequestOn(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await world.DoneAsync(db => world.Declare(db, Lawyer, Lawyer));
        Assert.True(await world.ReadsAsync(Officer));

        await ApplyAsync(world, 1, News(Lawyer, Roles.ReviewingLawyer, "H40"), News(Officer, Roles.OfficerInCase, "H40"));

        Assert.False(await world.ReadsAsync(Officer));
        await using CaseDb db = world.Context();
        Assert.Equal(AccessCodes.Excluded, (await world.Access.CheckAsync(db, world.As(Officer), AccessActions.ReadCase, AccessTarget.Case(AccessHarness.Case), TestContext.Current.CancellationToken)).Code);
        // One's own conflict, though another account declared it: nobody lifts it for themselves.
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Remove(db, "admin@kent", db.Set<Workflows.Access.Exclusions.Exclusion>().Single().Id)));
    }

    [Fact]
    public async Task Party_RecordedBetweenALinkAndItsNews_IsCarried_OnceHoweverOftenItIsTold()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await ApplyAsync(world, 1, News(Lawyer, Roles.ReviewingLawyer, Lawyer));
        await world.DoneAsync(db => Party(world, db, Lawyer));

        await ApplyAsync(world, 2, News(Lawyer, Roles.ReviewingLawyer, "H2"));
        await using (CaseDb db = world.Context())
        {
            await db.Set<CaseParty>().Where(party => party.PersonId == "H2").ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        }
        Assert.True(await world.ReadsAsync(Officer));
        await ApplyAsync(world, 3, News(Lawyer, Roles.ReviewingLawyer, "H2"));
        await ApplyAsync(world, 4, News(Lawyer, Roles.ReviewingLawyer, "H2"));

        Assert.False(await world.ReadsAsync(Officer));
        await using CaseDb read = world.Context();
        Assert.Equal(["H2", Lawyer], await read.Set<CaseParty>().Select(party => party.PersonId).Order().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Proposal_ConfirmedByAnAccountLinkedToItsProposerSince_IsRefused()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        ProtectionContent content = new() { Named = [new(Builder, Roles.CaseBuilder)] };
        string proposal = await world.DoneAsync(db => world.Propose(db, Builder, ProposalKind.Seal, content));

        await ApplyAsync(world, 1, News(Builder, Roles.CaseBuilder, "H20"), News(Officer, Roles.OfficerInCase, "H20"));

        Assert.Equal(AccessCodes.SamePerson, await world.RefusedAsync(db => world.Confirm(db, Officer, proposal)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Task_ThatChecksAStep_IsNotForASecondAccountOfWhoeverDidIt(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await using CaseDb db = world.Context();
        db.Add(Check(world));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        foreach (string action in (string[])[AccessActions.ClaimTask, AccessActions.CompleteTask])
        {
            Assert.True((await world.Access.CheckAsync(db, world.As(Officer), action, AccessTarget.Task("t"), TestContext.Current.CancellationToken)).Allowed);
        }

        await ApplyAsync(world, 1, News(Officer, Roles.OfficerInCase, "H1"));

        foreach (string action in (string[])[AccessActions.ClaimTask, AccessActions.CompleteTask])
        {
            Assert.Equal(AccessCodes.SamePerson, (await world.Access.CheckAsync(db, world.As(Officer), action, AccessTarget.Task("t"), TestContext.Current.CancellationToken)).Code);
        }
    }

    private static Task<CommandAnswer> Party(AccessHarness world, CaseDb db, string subject) =>
        new RecordParty(world.Runner, world.Access, world.Clock).RunAsync(db, world.As(Builder), world.Next(), AccessHarness.Urn, subject, "witness", CancellationToken.None);

    private static DirectoryPerson News(string subject, string role, string human)
    {
        string agency = subject.Split('@')[1];
        return new(subject, subject, agency, false, DirectoryStatus.Active,
            [new DirectoryRole(role, DateTimeOffset.UnixEpoch, null) { Jurisdiction = "criminal", Agency = agency, MaxClassification = "restricted" }])
        {
            PersonId = human,
        };
    }

    private static async Task ApplyAsync(AccessHarness world, long version, params DirectoryPerson[] people)
    {
        await using CaseDb db = world.Context();
        Assert.True(await DirectorySync.ApplyAsync(db, version - 1, new DirectoryPage(version, false, [], people), DateTimeOffset.UtcNow, CancellationToken.None));
    }

    private static WorkTask Check(AccessHarness world) => new()
    {
        Id = "t",
        UnitId = AccessHarness.Case,
        CaseId = AccessHarness.Case,
        InstanceId = "i",
        ActivityId = "a",
        Title = "Check the step",
        Instructions = "",
        LaneAgency = "kent",
        LaneRole = Roles.OfficerInCase,
        FormId = "f",
        FormVersion = 1,
        Outcomes = "[]",
        Priority = 2,
        Statutory = false,
        NotBy = $"""["{Builder}"]""",
        State = TaskState.Open,
        CreatedAt = world.Clock.GetUtcNow(),
    };
}
