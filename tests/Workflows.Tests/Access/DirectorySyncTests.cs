using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access;

public sealed class DirectorySyncTests
{
    private static readonly DateTimeOffset s_then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Apply_PagesInOrder_FollowsTheDirectory(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await using CaseDb db = database.Context();
        DirectoryRole builder = new("case-builder", s_then, null), officer = new("officer-in-case", s_then.AddDays(1), null);

        Assert.True(await DirectorySync.ApplyAsync(db, 0, Page(2, Sam("active", builder)), DateTimeOffset.UtcNow, s_none));
        Assert.True(await DirectorySync.ApplyAsync(db, 2, Page(3, Sam("suspended", builder with { To = s_then.AddDays(1) }, officer)), DateTimeOffset.UtcNow, s_none));

        db.ChangeTracker.Clear();
        Assert.Equal(3, await DirectorySync.VersionAsync(db, s_none));
        Assert.Equal("suspended", (await db.Set<Person>().SingleAsync(s_none)).Status);
        Assert.Equal([("case-builder", s_then.AddDays(1)), ("officer-in-case", null)],
            (await db.Set<HomeRole>().OrderBy(role => role.From).ToListAsync(s_none)).Select(role => (role.Role, role.To)));
    }

    [Fact]
    public async Task Apply_APageThatAnotherHostTook_ChangesNothing()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();
        await DirectorySync.ApplyAsync(db, 0, Page(5, Sam("active")), DateTimeOffset.UtcNow, s_none);

        bool taken = await DirectorySync.ApplyAsync(db, 0, Page(4, Sam("left")), DateTimeOffset.UtcNow, s_none);

        db.ChangeTracker.Clear();
        Assert.False(taken);
        Assert.Equal("active", (await db.Set<Person>().SingleAsync(s_none)).Status);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Apply_APersonWithAllMembers_KeepsThemAll(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await using CaseDb db = database.Context();
        DirectoryRole before = new("case-builder", s_then, null) { Jurisdiction = "criminal", Agency = "merseyside-police", RecordedFrom = s_then };
        DirectoryRole now = before with { To = s_then.AddDays(3), Area = "wirral", MaxClassification = "restricted", Authorisations = ["vetted"], RecertifyBy = s_then.AddDays(180), RecordedFrom = s_then.AddDays(2) };
        DirectoryPerson sam = Sam("active", now) with
        {
            PersonId = "human-1",
            MovedAt = s_then.AddDays(2),
            FormerRoles = [before with { RecordedTo = s_then.AddDays(2) }],
            Teams = ["team-1", "team-2"],
            Statuses = [new("pending", s_then, s_then.AddDays(1)), new("active", s_then.AddDays(1), null)],
        };

        await DirectorySync.ApplyAsync(db, 0, Page(2, sam) with { Teams = [new("team-1", "merseyside-police", "Intake", "active")] }, DateTimeOffset.UtcNow, s_none);
        await DirectorySync.ApplyAsync(db, 2, Page(3, sam with { Teams = ["team-2"] }), DateTimeOffset.UtcNow, s_none);

        db.ChangeTracker.Clear();
        Person person = await db.Set<Person>().SingleAsync(s_none);
        HomeRole role = await db.Set<HomeRole>().SingleAsync(s_none);
        FormerRole former = await db.Set<FormerRole>().SingleAsync(s_none);
        Assert.Equal(("human-1", s_then.AddDays(2)), (person.PersonId, person.MovedAt));
        Assert.Equal(("wirral", "restricted", """["vetted"]""", s_then.AddDays(180)), (role.Area, role.MaxClassification, role.Authorisations, role.RecertifyBy));
        Assert.Equal((s_then, s_then.AddDays(2), null), (former.RecordedFrom, former.RecordedTo, former.To));
        Assert.Equal("team-2", (await db.Set<TeamMember>().SingleAsync(s_none)).TeamId);
        Assert.Equal("Intake", (await db.Set<Team>().SingleAsync(s_none)).Name);
        Assert.Equal(2, await db.Set<StatusPeriod>().CountAsync(s_none));
    }

    private static DirectoryPage Page(long version, DirectoryPerson person) =>
        new(version, false, [new DirectoryAgency("merseyside-police", "police", "Merseyside Police", "active")], [person]);

    private static DirectoryPerson Sam(string status, params DirectoryRole[] roles) =>
        new("sam.carter@merseyside-police", "Sam Carter", "merseyside-police", false, status, roles);
}
