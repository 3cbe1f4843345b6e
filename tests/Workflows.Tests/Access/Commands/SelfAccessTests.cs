using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

public sealed class SelfAccessTests
{
    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Challenge_ByARoleThatStopsShortByArea_OpensUntilMidnight_AndAlertsBothAgencies(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.False(await world.ReadsAsync("far@cps"));

        string grant = await world.DoneAsync(db => world.Challenge(db, "far@cps"));

        Assert.True(await world.ReadsAsync("far@cps"));
        await using CaseDb db = world.Context();
        AccessGrant row = await db.Set<AccessGrant>().SingleAsync(x => x.Id == grant, TestContext.Current.CancellationToken);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), row.To);
        List<AccessReview> reviews = await db.Set<AccessReview>().OrderBy(x => x.Agency).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["cps", "kent"], reviews.Select(x => x.Agency));
        Assert.All(reviews, review => Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), review.DueAt));
        world.Clock.SetUtcNow(row.To!.Value);
        Assert.False(await world.ReadsAsync("far@cps"));
    }

    [Fact]
    public async Task Challenge_ByOthers_IsRefused()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        Assert.Equal("access-held", await world.RefusedAsync(db => world.Challenge(db, "lawyer@cps")));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Challenge(db, "officer@essex")));
        Assert.Equal(AccessCodes.RoleMissing, await world.RefusedAsync(db => world.Challenge(db, "admin@cps")));
    }

    [Fact]
    public async Task Review_NotJustified_EndsTheAccess_AndOneNotMadeInTime_BlocksTheNext()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await world.DoneAsync(db => world.Challenge(db, "far@cps"));
        string kent = await ReviewAsync(world, "kent");
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Review(db, "privacy@cps", kent, ReviewAccess.Justified)));
        await world.DoneAsync(db => world.Review(db, "privacy@kent", kent, ReviewAccess.NotJustified));
        Assert.False(await world.ReadsAsync("far@cps"));

        world.Clock.Advance(TimeSpan.FromDays(9));
        await using (CaseDb db = world.Context())
        {
            Assert.Equal(1, await new EscalateReviews(world.Clock).RunAsync(db, TestContext.Current.CancellationToken));
        }
        Assert.Equal("review-overdue", await world.RefusedAsync(db => world.Challenge(db, "far@cps")));
        string cps = await ReviewAsync(world, "cps");
        await world.DoneAsync(db => world.Review(db, "privacy@cps", cps, ReviewAccess.Justified));
        await world.DoneAsync(db => world.Challenge(db, "far@cps"));
    }

    [Fact]
    public async Task Challenge_ForTheSixthTimeADay_IsRefused()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        for (int i = 0; i < 5; i++)
        {
            string grant = await world.DoneAsync(db => world.Challenge(db, "far@cps"));
            await world.DoneAsync(db => world.End(db, "far@cps", grant));
        }

        Assert.Equal("too-many-today", await world.RefusedAsync(db => world.Challenge(db, "far@cps")));
    }

    [Fact]
    public async Task Emergency_OpensForAnHour()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        await world.DoneAsync(db => world.Emergency(db, "far@cps"));

        Assert.True(await world.ReadsAsync("far@cps"));
        world.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.False(await world.ReadsAsync("far@cps"));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Emergency(db, "officer@essex")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Emergency_WithAnOverdueReview_IsTakenOnceADay_AndTheRefusalSaysWhyAndWhomToAsk(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
        world.Clock.Advance(TimeSpan.FromDays(9));

        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
        await using (CaseDb db = world.Context())
        {
            Refused refused = Assert.IsType<Refused>(await world.Emergency(db, "far@cps"));
            Assert.Equal("review-overdue", refused.Code);
            Assert.Contains("once a day", refused.Message, StringComparison.Ordinal);
            Assert.Contains("privacy@cps", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal("review-overdue", await world.RefusedAsync(db => world.Emergency(db, "far@cps", "46AB9999926")));
        await world.DoneAsync(db => world.Emergency(db, "lawyer@cps"));

        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
    }

    [Fact]
    public async Task Emergency_OnceTheReviewsAreMade_IsNotBounded()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
        world.Clock.Advance(TimeSpan.FromDays(9));
        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
        await using CaseDb db = world.Context();
        await db.Set<AccessReview>().ExecuteUpdateAsync(set => set.SetProperty(review => review.ReviewedAt, world.Clock.GetUtcNow()), TestContext.Current.CancellationToken);

        await world.DoneAsync(db => world.Emergency(db, "far@cps"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Conflict_OnceDeclared_BarsAtOnce_AndOnlyAnotherMayRemoveIt(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        string conflict = await world.DoneAsync(db => world.Declare(db, "lawyer@cps", "lawyer@cps"));
        Assert.False(await world.ReadsAsync("lawyer@cps"));

        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Remove(db, "admin@kent", conflict)));
        Assert.Equal(AccessCodes.RoleMissing, await world.RefusedAsync(db => world.Remove(db, "lawyer@cps", conflict)));
        await world.DoneAsync(db => world.Remove(db, "admin@cps", conflict));
        Assert.True(await world.ReadsAsync("lawyer@cps"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Agency_BroughtInAndWithdrawn_HasItsRolesOnTheCaseBetween(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.Equal("not-owner", await world.RefusedAsync(db => world.Bring(db, "lawyer@cps", "essex")));
        await world.DoneAsync(db => world.Bring(db, "builder@kent", "essex"));
        Assert.True(await world.ReadsAsync("officer@essex"));

        await world.DoneAsync(db => world.Withdraw(db, "builder@kent", "essex"));
        Assert.False(await world.ReadsAsync("officer@essex"));
        await world.DoneAsync(db => world.Bring(db, "builder@kent", "essex"));
        Assert.True(await world.ReadsAsync("officer@essex"));
    }

    [Fact]
    public async Task CaseRole_IsGivenToOnesOwnPeopleOnly_AndNeverToOneself()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        Assert.Equal("person-unknown", await world.RefusedAsync(db => world.Give(db, "admin@cps", "officer@kent")));
        Assert.Equal(AccessCodes.SamePerson, await world.RefusedAsync(db => world.Give(db, "admin@cps", "admin@cps")));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Give(db, "admin@essex", "officer@essex")));
        await world.DoneAsync(db => world.Give(db, "admin@cps", "far@cps"));
        Assert.True(await world.ReadsAsync("far@cps"));
    }

    private static async Task<string> ReviewAsync(AccessHarness world, string agency)
    {
        await using CaseDb db = world.Context();
        return await db.Set<AccessReview>().Where(review => review.Agency == agency && review.ReviewedAt == null).Select(review => review.Id).SingleAsync();
    }
}
