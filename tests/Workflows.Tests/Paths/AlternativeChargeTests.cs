using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

public sealed class AlternativeChargeTests
{
    private const string Laying = """{ "original": "1.1", "treatment": "withdrawn", "code": "TH68001", "wording": "Stole a telephone.", "laidOn": "2026-03-02", "defenceTold": "yes" }""";

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "withdrawn", "either-way")]
    [InlineData(DatabaseKind.Postgres, "withdrawn", "either-way")]
    [InlineData(DatabaseKind.Sqlite, "stands", "indictable-only")]
    public async Task Laid_ChangesTheRecord_AsTheProsecutorSaid(DatabaseKind kind, string original, string gravest)
    {
        await using PathWorld world = await StartedAsync(kind);

        await Scenarios.LayAlternativeAsync(world, original);

        await using CaseDb db = world.Context();
        List<Offence> offences = await db.Offences.OrderBy(x => x.Sequence).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["TH68023", "TH68001"], offences.Select(x => x.Code));
        Assert.Equal((2, "either-way", new DateOnly(2026, 2, 27)), (offences[1].Sequence, offences[1].ModeOfTrial, offences[1].StartDate));
        Assert.Equal(original == "withdrawn" ? "alternative-charge" : null, offences[0].WithdrawnReason);
        Assert.Equal(original == "withdrawn" ? new DateOnly(2026, 3, 2) : null, offences[0].WithdrawnOn);
        Assert.Equal(gravest, (await db.Cases.SingleAsync(TestContext.Current.CancellationToken)).GravestModeOfTrial);
    }

    [Theory]
    [InlineData("\"1.1\"", "\"2.1\"", "/fields/original")]
    [InlineData("TH68001", "ZZ99999", "/fields/code")]
    [InlineData("Stole a telephone.", "", "/fields/wording")]
    public async Task Laid_WithAFault_IsRefusedAndChangesNothing(string from, string to, string pointer)
    {
        await using PathWorld world = await StartedAsync(DatabaseKind.Sqlite);
        await world.DoAsync("m5-initial-review", "AlternativeCharge", """{ "test": "met", "anticipatedPlea": "UNKNOWN", "alternativeCode": "TH68001", "alternativeWording": "Stole." }""");

        CommandAnswer answer = await world.TryAsync("m5-alternative-charge", "Laid", Laying.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(pointer, Assert.IsType<Refused>(answer).Detail!.ToJsonString(), StringComparison.Ordinal);
        await using CaseDb db = world.Context();
        Assert.Equal(1, await db.Offences.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Laid_TakenBack_LeavesTheOriginalAlone(DatabaseKind kind)
    {
        await using PathWorld world = await StartedAsync(kind);
        await Scenarios.LayAlternativeAsync(world, "withdrawn");
        WorkTask laid = await world.TaskAsync("m5-alternative-charge", TaskState.Completed);
        await using CaseDb db = world.Context();

        CommandAnswer answer = await world.Reinstating.RunAsync(
            db, PathWorld.Caller("paralegal-officer"), "back", world.Now, laid.Id, "Wrong code", TestContext.Current.CancellationToken);

        Assert.True(answer is Completed, (answer as Refused)?.Message);
        Offence only = await db.Offences.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("TH68023", (DateOnly?)null), (only.Code, only.WithdrawnOn));
        Assert.Equal("indictable-only", (await db.Cases.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).GravestModeOfTrial);
        await world.RebuildAsync();
    }

    private static async Task<PathWorld> StartedAsync(DatabaseKind kind)
    {
        PathWorld world = await PathWorld.OpenAsync(kind);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Keane", PathFacts.Robbery())));
        return world;
    }
}
