using Assize.Audit;
using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

/// <summary>Somebody with accounts is a party to a case, and then is none.</summary>
public sealed class PartyTests
{
    private const string Lawyer = "lawyer@cps";
    private const string Officer = "officer@kent";
    private const string Builder = "builder@kent";

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Party_Ended_HasTheCaseAgain_OnceNothingElseIsRecordedOfThem_AndBothAreToldBefore(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.Equal(["cps, reviewing lawyer"], (await LookAsync(world, Builder, new() { AddParty = Lawyer }))!.Lost);
        await world.DoneAsync(db => Record(world, db, Builder, Lawyer, "witness"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DoneAsync(db => Record(world, db, Builder, Lawyer, "victim"));
        Assert.False(await world.ReadsAsync(Lawyer));
        Assert.Empty((await LookAsync(world, Builder, new() { EndParty = new(Lawyer, "witness") }))!.Gained);

        await world.DoneAsync(db => End(world, db, Builder, Lawyer, "witness"));
        Assert.False(await world.ReadsAsync(Lawyer));
        Assert.Equal(["cps, reviewing lawyer"], (await LookAsync(world, Builder, new() { EndParty = new(Lawyer, "victim") }))!.Gained);
        await world.DoneAsync(db => End(world, db, Builder, Lawyer, "victim"));

        Assert.True(await world.ReadsAsync(Lawyer));
        Assert.Equal("party-unknown", await world.RefusedAsync(db => End(world, db, Builder, Lawyer, "victim")));
        await using CaseDb read = world.Context();
        Assert.Equal(4, await read.Set<AuditEntry>().CountAsync(entry => entry.Action == AccessActions.RecordParty || entry.Action == AccessActions.EndParty, Stop));
    }

    [Fact]
    public async Task Party_RecordedAgain_IsOne_AndEndedUnderEveryNameOfTheHuman()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await world.DoneAsync(db => Record(world, db, Builder, Lawyer, "witness"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DoneAsync(db => Record(world, db, Builder, Lawyer, "witness"));
        await using (CaseDb db = world.Context())
        {
            CaseParty party = await db.Set<CaseParty>().SingleAsync(Stop);
            db.Add(new CaseParty { CaseId = party.CaseId, PersonId = "H2", Part = party.Part, From = party.From, RecordedBy = party.RecordedBy });
            await db.SaveChangesAsync(Stop);
        }
        Assert.False(await world.ReadsAsync(Officer));

        await world.DoneAsync(db => End(world, db, Builder, Lawyer, "witness"));

        Assert.True(await world.ReadsAsync(Officer));
        Assert.True(await world.ReadsAsync(Lawyer));
    }

    [Fact]
    public async Task Party_EndedByThemselves_ByAnotherAgency_ByWhoeverHasNoSuchRole_OrWithoutAReason_StaysOne()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await world.DoneAsync(db => Record(world, db, Builder, Officer, "witness"));
        await world.DoneAsync(db => Record(world, db, Builder, "far@cps", "victim"));

        Assert.Equal(AccessCodes.PartyConflict, await world.RefusedAsync(db => End(world, db, Officer, Officer, "witness")));
        Assert.Equal("not-owner", await world.RefusedAsync(db => End(world, db, Lawyer, Officer, "witness")));
        Assert.Equal(AccessCodes.RoleMissing, await world.RefusedAsync(db => End(world, db, "admin@kent", Officer, "witness")));
        Assert.Equal("reason-too-short", await world.RefusedAsync(db => End(world, db, Builder, Officer, "witness", "Because.")));
        Assert.Equal("party-unknown", await world.RefusedAsync(db => End(world, db, Builder, Officer, "victim")));
        Assert.Equal("party-unknown", await world.RefusedAsync(db => End(world, db, Builder, "nobody@kent", "witness")));
        Assert.Null(await LookAsync(world, Builder, new() { AddParty = "nobody@kent" }));
        Assert.False(await world.ReadsAsync(Officer));
    }

    private static Task<CommandAnswer> Record(AccessHarness world, CaseDb db, string by, string subject, string part) =>
        new RecordParty(world.Runner, world.Access, world.Clock).RunAsync(db, world.As(by), world.Next(), AccessHarness.Urn, subject, part, Stop);

    private static Task<CommandAnswer> End(AccessHarness world, CaseDb db, string by, string subject, string part, string why = AccessHarness.Why) =>
        new EndParty(world.Runner, world.Access, world.Clock).RunAsync(db, world.As(by), world.Next(), AccessHarness.Urn, subject, part, why, Stop);

    private static async Task<SimulatedAccess?> LookAsync(AccessHarness world, string by, SimulatedChange change)
    {
        await using CaseDb db = world.Context();
        return await new SimulateChange(new ExplainAccess(world.Access, world.Clock), world.Clock).RunAsync(db, world.As(by), change with { Urn = AccessHarness.Urn }, Stop);
    }
}
