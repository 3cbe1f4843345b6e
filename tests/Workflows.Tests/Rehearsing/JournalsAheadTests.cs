using Assize.TestKit.Databases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

public sealed class JournalsAheadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Take_WithinTheTurn_IsWhatWasReadAhead_AndInALaterTurnIsReadAnew(DatabaseKind kind)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        await using TestCaseDatabase elsewhere = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb empty = elsewhere.Context();
        JournalsAhead journals = new(world.Database, "mags-charged", 1);

        journals.Begin("case-1", 1, Stop);
        var ahead = await journals.TakeAsync(empty, "case-1", 1, Stop);
        journals.Begin("case-1", 1, Stop);
        var anew = await journals.TakeAsync(empty, "case-1", 2, Stop);

        Assert.Equal(["case-2"], ahead.Select(x => x.UnitId));
        Assert.Empty(anew);
    }

    [Fact]
    public async Task Take_AfterAnotherUnit_IsReadAnew()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        JournalsAhead journals = new(world.Database, "mags-charged", 1);

        journals.Begin("case-1", 1, Stop);
        var first = await journals.TakeAsync(db, "", 1, Stop);

        Assert.Equal(["case-1"], first.Select(x => x.UnitId));
    }

    [Fact]
    public async Task Take_WhereReadingAheadWasStopped_IsReadAnew()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        JournalsAhead journals = new(world.Database, "mags-charged", 1);

        journals.Begin("case-1", 1, new CancellationToken(canceled: true));
        var next = await journals.TakeAsync(db, "case-1", 1, Stop);

        Assert.Equal(["case-2"], next.Select(x => x.UnitId));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journals.TakeAsync(db, "case-1", 1, new CancellationToken(canceled: true)));
    }
}
