using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class DiscontinuanceTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Discontinuance_BeforeTheFirstHearing_GivesTheSlotBack_AndTellsCourtAndDefence(DatabaseKind kind)
    {
        await using PathWorld world = await PathWorld.OpenAsync(kind);

        await Scenarios.All["discontinued-at-review"](world);

        await using CaseDb db = world.Context();
        Hearing hearing = await db.Hearings.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HearingState.Vacated, hearing.State);
        List<AgencyMessage> told = await db.Messages.Where(x => x.Kind == "hearing-vacated").OrderBy(x => x.Agency).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["harbour-defence", "liverpool-magistrates"], told.Select(x => x.Agency));
        Assert.All(told, x => Assert.Equal(hearing.Id, (string?)JsonNode.Parse(x.Payload)!["body"]!["vacated"]!["hearingId"]));
    }

    [Fact]
    public async Task Discontinuance_OfOneOfTwo_VacatesThatDefendantsTrialOnly()
    {
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Sqlite);

        await Scenarios.All["one-of-two-is-discontinued-before-trial"](world);

        await using CaseDb db = world.Context();
        Dictionary<string, string> states = await db.Hearings.ToDictionaryAsync(x => x.HearingType, x => x.State, TestContext.Current.CancellationToken);
        Assert.Equal(HearingState.Vacated, states["TRIAL"]);
        Assert.Equal(HearingState.Shared, states["FH"]);
        Assert.Equal("Discontinued, Sentenced", (await db.Cases.SingleAsync(TestContext.Current.CancellationToken)).Outcome);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Discontinuance_TakenBack_PutsTheHearingBackIntoTheList(DatabaseKind kind)
    {
        await using PathWorld world = await PathWorld.OpenAsync(kind);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Nash", PathFacts.Theft())));
        await world.DoAsync("m5-initial-review", "Discontinue", """{ "test": "interest", "reason": "Restitution." }""");
        await world.DoAsync("x-second-review", "Approved", """{ "reason": "Agreed." }""", "reviewing-lawyer-2");
        WorkTask approval = await world.TaskAsync("x-second-review", TaskState.Completed);
        await using CaseDb db = world.Context();
        Assert.Equal(HearingState.Vacated, (await db.Hearings.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).State);

        CommandAnswer answer = await world.Reinstating.RunAsync(
            db, PathWorld.Caller("reviewing-lawyer-2"), "back", world.Now, approval.Id, "Wrong case", TestContext.Current.CancellationToken);

        Assert.True(answer is Completed, (answer as Refused)?.Message);
        Assert.Equal(HearingState.Initialised, (await db.Hearings.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).State);
        Assert.Null((await db.HearingDefendants.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Ordered);
        Assert.Empty(await db.Messages.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        await world.RebuildAsync();
    }
}
