using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

public sealed class SealTests
{
    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Seal_ByTwoPeople_LeavesTheNamedOnly_AndAResealKillsEarlierGrants(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.True(await world.ReadsAsync("lawyer@cps"));
        ProtectionContent content = new() { Named = [new("builder@kent", Roles.CaseBuilder), new("officer@kent", Roles.OfficerInCase)] };
        string proposal = await world.DoneAsync(db => world.Propose(db, "builder@kent", ProposalKind.Seal, content));
        Assert.Equal(AccessCodes.SamePerson, await world.RefusedAsync(db => world.Confirm(db, "builder@kent", proposal)));
        Assert.Equal("not-owner", await world.RefusedAsync(db => world.Confirm(db, "lawyer@cps", proposal)));

        await world.DoneAsync(db => world.Confirm(db, "officer@kent", proposal));

        Assert.True(await world.ReadsAsync("builder@kent"));
        Assert.False(await world.ReadsAsync("lawyer@cps"));
        Assert.False(await world.ReadsAsync("approver@kent"));
        string again = await world.DoneAsync(db => world.Propose(db, "builder@kent", ProposalKind.Reseal, new ProtectionContent { Named = [new("officer@kent", Roles.OfficerInCase)] }));
        await world.DoneAsync(db => world.Confirm(db, "officer@kent", again));
        Assert.False(await world.ReadsAsync("builder@kent"));
        Assert.True(await world.ReadsAsync("officer@kent"));
    }

    [Fact]
    public async Task Commands_OnASealedCase_AnswerOutsidersAsIfItWereNotThere()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await world.SealAsync();

        foreach (string outsider in (string[])["lawyer@cps", "approver@kent", "officer@essex"])
        {
            await SameAsync(db => world.Ask(db, outsider, "officer@essex"), db => AskAbout(world, db, outsider));
            await SameAsync(db => world.Challenge(db, outsider), db => world.Challenge(db, outsider, "46AB9999926"));
            await SameAsync(db => world.Emergency(db, outsider), db => world.Emergency(db, outsider, "46AB9999926"));
        }

        async Task SameAsync(Func<CaseDb, Task<CommandAnswer>> closed, Func<CaseDb, Task<CommandAnswer>> unknown)
        {
            await using CaseDb db = world.Context();
            Assert.Equal(Said(await unknown(db)), Said(await closed(db)));
        }
    }

    [Fact]
    public async Task Emergency_OnASealedCase_WaitsForASecondPerson_AndIsReviewedByBothAgencies()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await world.SealAsync();
        await world.DoneAsync(db => world.Emergency(db, "lawyer@cps"));
        Assert.False(await world.ReadsAsync("lawyer@cps"));
        string proposal = await ProposalAsync(world);

        await world.DoneAsync(db => world.Confirm(db, "builder@kent", proposal));

        Assert.True(await world.ReadsAsync("lawyer@cps"));
        await using (CaseDb db = world.Context())
        {
            Assert.Equal(["cps", "kent"], await db.Set<AccessReview>().Select(review => review.Agency).OrderBy(x => x).ToListAsync(TestContext.Current.CancellationToken));
        }
        world.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.False(await world.ReadsAsync("lawyer@cps"));
    }

    [Fact]
    public async Task Class_RaisedIsAtOnce_AndLoweredNeedsASecondPerson()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        await world.DoneAsync(db => world.Propose(db, "builder@kent", ProposalKind.Reclassify, new ProtectionContent { Classification = "restricted" }));
        Assert.Equal("restricted", await ClassAsync(world));
        string lower = await world.DoneAsync(db => world.Propose(db, "builder@kent", ProposalKind.Reclassify, new ProtectionContent { Classification = "public" }));
        Assert.Equal("restricted", await ClassAsync(world));
        await world.DoneAsync(db => world.Confirm(db, "officer@kent", lower));

        Assert.Equal("public", await ClassAsync(world));
    }

    private static Task<CommandAnswer> AskAbout(AccessHarness world, CaseDb db, string by) => new RequestCross(world.Runner, world.Access, world.Clock).RunAsync(
        db, world.As(by), world.Next(), new CrossRequested("46AB9999926", null, null, "officer@essex", Roles.OfficerInCase, "private", world.Clock.GetUtcNow().AddDays(20), AccessHarness.Why), CancellationToken.None);

    // What Host says of both is one answer: a unit that is not there, and one that looks absent.
    private static string Said(CommandAnswer answer) => answer switch
    {
        Refused { Code: AccessCodes.NotFound or "unit-not-found" } => "absent",
        Refused refused => $"{refused.Code} {refused.Message}",
        Completed done => done.Body!.ToJsonString(),
        _ => "key reused",
    };

    private static async Task<string> ProposalAsync(AccessHarness world)
    {
        await using CaseDb db = world.Context();
        return await db.Set<AccessProposal>().Where(proposal => proposal.State == ProposalState.Open).Select(proposal => proposal.Id).SingleAsync();
    }

    private static async Task<string> ClassAsync(AccessHarness world)
    {
        await using CaseDb db = world.Context();
        return await db.Cases.Select(file => file.Classification).SingleAsync();
    }
}
