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

    [Fact]
    public async Task Apply_PagesInOrder_FollowsTheDirectory()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using CaseDb db = database.Context();
        DirectoryRole builder = new("case-builder", s_then, null), officer = new("officer-in-case", s_then.AddDays(1), null);

        Assert.True(await DirectorySync.ApplyAsync(db, 0, Page(2, Sam("active", builder)), s_none));
        Assert.True(await DirectorySync.ApplyAsync(db, 2, Page(3, Sam("suspended", builder with { To = s_then.AddDays(1) }, officer)), s_none));

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
        await DirectorySync.ApplyAsync(db, 0, Page(5, Sam("active")), s_none);

        bool taken = await DirectorySync.ApplyAsync(db, 0, Page(4, Sam("left")), s_none);

        db.ChangeTracker.Clear();
        Assert.False(taken);
        Assert.Equal("active", (await db.Set<Person>().SingleAsync(s_none)).Status);
    }

    private static DirectoryPage Page(long version, DirectoryPerson person) =>
        new(version, false, [new DirectoryAgency("merseyside-police", "police", "Merseyside Police", "active")], [person]);

    private static DirectoryPerson Sam(string status, params DirectoryRole[] roles) =>
        new("sam.carter@merseyside-police", "Sam Carter", "merseyside-police", false, status, roles);
}
