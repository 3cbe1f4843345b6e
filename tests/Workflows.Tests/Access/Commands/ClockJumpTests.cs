using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

/// <summary>The machine's clock is put back, or another host's is behind: what somebody ended stays ended, and what bars somebody goes on barring.</summary>
public sealed class ClockJumpTests
{
    private const string Visitor = "officer@essex";
    private const string Officer = "officer@kent";

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Grant_ThatWasEnded_StaysEnded(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", grant));
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await world.ReadsAsync(Visitor));
        await world.DoneAsync(db => world.End(db, "approver@essex", grant));

        PutBack(world, TimeSpan.FromHours(1));

        Assert.False(await world.ReadsAsync(Visitor));
        Assert.Equal("grant-ended", await world.RefusedAsync(db => world.End(db, "approver@essex", grant)));
        await using CaseDb db = world.Context();
        Assert.Empty(await new NewestCases(world.Access, world.Clock).PageAsync(db, world.As(Visitor), null, 10, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Role_ThatTheDirectoryEnded_StaysEnded_AndOneThatOnlyRanOutGoesByTheClock(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        world.Clock.Advance(TimeSpan.FromHours(2));
        DateTimeOffset now = world.Clock.GetUtcNow();
        await ApplyAsync(world, 1, Role(now, recordedFrom: now.AddDays(-1)));
        Assert.False(await world.ReadsAsync(Officer));
        PutBack(world, TimeSpan.FromHours(1));
        Assert.True(await world.ReadsAsync(Officer));

        await ApplyAsync(world, 2, Role(now, recordedFrom: now));

        Assert.False(await world.ReadsAsync(Officer));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Conflict_ThatWasDeclared_BarsAllTheSame(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await world.DoneAsync(db => world.Declare(db, "lawyer@cps", "lawyer@cps"));

        PutBack(world, TimeSpan.FromMinutes(10));

        Assert.False(await world.ReadsAsync("lawyer@cps"));
    }

    [Fact]
    public async Task Grant_ThatWasAskedForByAClockAheadOfTheDirectorys_EndsWithTheLeaver_AndComesBackWithNobody()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", grant));
        DirectoryPerson gone = new(Visitor, Visitor, "essex", false, DirectoryStatus.Left, []) { PersonId = "H10", LeftAt = world.Clock.GetUtcNow().AddSeconds(-5) };

        await ApplyAsync(world, 1, gone);
        await ApplyAsync(world, 2, gone with { Status = DirectoryStatus.Active });

        Assert.False(await world.ReadsAsync(Visitor));
    }

    private static void PutBack(AccessHarness world, TimeSpan by) => world.Clock.AdjustTime(world.Clock.GetUtcNow() - by);

    private static DirectoryPerson Role(DateTimeOffset to, DateTimeOffset recordedFrom) => new(Officer, Officer, "kent", false, DirectoryStatus.Active,
        [new DirectoryRole(Roles.OfficerInCase, DateTimeOffset.UnixEpoch, to) { Jurisdiction = "criminal", Agency = "kent", MaxClassification = "restricted", RecordedFrom = recordedFrom }])
    {
        PersonId = "H2",
    };

    private static async Task ApplyAsync(AccessHarness world, long version, DirectoryPerson person)
    {
        await using CaseDb db = world.Context();
        Assert.True(await DirectorySync.ApplyAsync(db, version - 1, new DirectoryPage(version, false, [], [person]), world.Clock.GetUtcNow(), CancellationToken.None));
    }
}
