using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

public sealed class CrossGrantTests
{
    private const string Officer = "officer@essex";

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Request_SponsoredAndConsented_IsLive_UntilEitherSideEndsIt(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.False(await world.ReadsAsync(Officer));

        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        Assert.False(await world.ReadsAsync(Officer));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", grant));

        Assert.True(await world.ReadsAsync(Officer));
        await world.DoneAsync(db => world.End(db, Officer, grant));
        Assert.False(await world.ReadsAsync(Officer));
        await using CaseDb db = world.Context();
        List<AuditEntry> audit = await db.Set<AuditEntry>().Where(entry => entry.SubjectId == grant).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["cross.consent", "cross.request", "cross.sponsor", "grant.end"], audit.Select(entry => entry.Action).Order());
        Assert.All(audit, entry => Assert.Equal("kent", entry.OwnerAgency));
    }

    [Fact]
    public async Task Steps_ByTheWrongPeople_AreRefused()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await world.AskAsync();

        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Sponsor(db, "approver@kent", grant)));
        Assert.Equal(AccessCodes.RoleMissing, await world.RefusedAsync(db => world.Sponsor(db, "admin@essex", grant)));
        Assert.Equal("grant-state", await world.RefusedAsync(db => world.Consent(db, "approver@kent", grant)));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Consent(db, "approver@essex", grant)));

        string own = await world.AskAsync("approver@essex", "approver@essex");
        Assert.Equal(AccessCodes.SamePerson, await world.RefusedAsync(db => world.Sponsor(db, "approver@essex", own)));

        string invited = await world.AskAsync("approver@kent", Officer);
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", invited));
        Assert.Equal(AccessCodes.SamePerson, await world.RefusedAsync(db => world.Consent(db, "approver@kent", invited)));
        await world.DoneAsync(db => world.Consent(db, "approver2@kent", invited));
    }

    [Fact]
    public async Task Consent_BySecondAccountOfTheSponsor_DoesNotCount()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await LinkAsync(world, "approver@kent", "H11");
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));

        Assert.Equal(AccessCodes.SamePerson, await world.RefusedAsync(db => world.Consent(db, "approver@kent", grant)));
    }

    [Fact]
    public async Task Consent_WhenTheSponsorHasLeftSince_IsRefused()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        await using (CaseDb db = world.Context())
        {
            await db.Set<Person>().Where(person => person.Subject == "approver@essex").ExecuteUpdateAsync(set => set.SetProperty(person => person.Status, "suspended"), TestContext.Current.CancellationToken);
        }

        Assert.Equal("sponsor-lapsed", await world.RefusedAsync(db => world.Consent(db, "approver@kent", grant)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approval_ByWhoeverWasSuspendedASecondEarlier_IsRefused(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        string asked = await world.AskAsync(), sponsored = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", sponsored));
        await ApplyAsync(world, 1, Suspended("approver@essex"));
        await ApplyAsync(world, 2, Suspended("approver@kent"));
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AccessCodes.CallerInactive, await world.RefusedAsync(db => world.Sponsor(db, "approver@essex", asked)));
        Assert.Equal(AccessCodes.CallerInactive, await world.RefusedAsync(db => world.Consent(db, "approver@kent", sponsored)));
        // The other approver of the owner is there, but the sponsor's word is worth nothing any more.
        Assert.Equal("sponsor-lapsed", await world.RefusedAsync(db => world.Consent(db, "approver2@kent", sponsored)));
        Assert.False(await world.ReadsAsync(Officer));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approvals_OfTwoAtOnce_AreOne_AndSoAreAnApprovalAndAnEnd(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        string grant = await world.AskAsync(), ended = await world.AskAsync();
        foreach (string each in (string[])[grant, ended])
        {
            await world.DoneAsync(db => world.Sponsor(db, "approver@essex", each));
        }

        CommandAnswer[] both = await Task.WhenAll(AnsweredAsync(world, db => world.Consent(db, "approver@kent", grant)), AnsweredAsync(world, db => world.Consent(db, "approver2@kent", grant)));
        await Task.WhenAll(AnsweredAsync(world, db => world.Consent(db, "approver@kent", ended)), AnsweredAsync(world, db => world.End(db, "admin@essex", ended)));

        Assert.Single(both.OfType<Completed>());
        Assert.Equal("grant-state", Assert.Single(both.OfType<Refused>()).Code);
        await using CaseDb read = world.Context();
        Assert.Single(await read.Set<AuditEntry>().Where(entry => entry.SubjectId == grant && entry.Action == AccessActions.ConsentCross).ToListAsync(TestContext.Current.CancellationToken));
        // Whichever came first: the end is last, or nothing was left to consent to.
        Assert.Equal(GrantState.Ended, (await read.FindAsync<AccessGrant>([ended], TestContext.Current.CancellationToken))!.State);
    }

    [Fact]
    public async Task Request_TooLong_WithoutReason_OrForOnesOwnAgencysCase_IsRefused()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);

        Assert.Equal("end-too-late", await world.RefusedAsync(db => world.Ask(db, Officer, Officer, world.Clock.GetUtcNow().AddDays(31))));
        Assert.Equal("reason-too-short", await world.RefusedAsync(db => world.Ask(db, Officer, Officer, reason: "Because it is so    ")));
        Assert.Equal("agency-owns-case", await world.RefusedAsync(db => world.Ask(db, "officer@kent", "officer@kent")));
        Assert.Equal("person-unknown", await world.RefusedAsync(db => world.Ask(db, "lawyer@cps", Officer)));
    }

    [Fact]
    public async Task Change_ToLess_IsAtOnce_AndToMore_VoidsBothApprovals()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await LiveAsync(world);
        DateTimeOffset now = world.Clock.GetUtcNow();

        string shorter = await world.DoneAsync(db => world.Change(db, "approver@kent", new CrossChanged(grant, Roles.OfficerInCase, "private", now.AddDays(2), AccessHarness.Why)));
        Assert.True(await world.ReadsAsync(Officer));

        string longer = await world.DoneAsync(db => world.Change(db, "approver@essex", new CrossChanged(shorter, Roles.OfficerInCase, "private", now.AddDays(25), AccessHarness.Why)));
        Assert.False(await world.ReadsAsync(Officer));
        await using CaseDb read = world.Context();
        AccessGrant asked = await read.Set<AccessGrant>().SingleAsync(row => row.Id == longer, TestContext.Current.CancellationToken);
        Assert.Equal((GrantState.Requested, null, null, shorter), (asked.State, asked.SponsoredBy, asked.ConsentedBy, asked.Follows));
    }

    [Fact]
    public async Task Change_OfAColleaguesGrant_IsForThemselvesAndApproversOnly_AndSaysWhy()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await LiveAsync(world);
        CrossChanged shorter = new(grant, Roles.OfficerInCase, "private", world.Clock.GetUtcNow().AddDays(2), AccessHarness.Why);

        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Change(db, "officer@kent", shorter)));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Change(db, "lawyer@cps", shorter)));
        Assert.Equal("reason-too-short", await world.RefusedAsync(db => world.Change(db, Officer, shorter with { Reason = "" })));
        Assert.True(await world.ReadsAsync(Officer));

        string own = await world.DoneAsync(db => world.Change(db, Officer, shorter));
        await world.DoneAsync(db => world.Change(db, "admin@essex", shorter with { GrantId = own }));
        await using CaseDb read = world.Context();
        AuditEntry audit = await read.Set<AuditEntry>().SingleAsync(entry => entry.SubjectId == own && entry.Action == AccessActions.ChangeCross, TestContext.Current.CancellationToken);
        Assert.Equal((Officer, AccessHarness.Why), (audit.Actor, audit.Said));
    }

    [Fact]
    public async Task Grant_NotCertifiedInTime_Sleeps_UntilTheOwnerCertifiesIt()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await LiveAsync(world, days: 30);
        await using (CaseDb db = world.Context())
        {
            await db.Set<AccessGrant>().ExecuteUpdateAsync(set => set.SetProperty(row => row.RecertifyBy, world.Clock.GetUtcNow().AddDays(5)), TestContext.Current.CancellationToken);
        }
        world.Clock.Advance(TimeSpan.FromDays(5));
        Assert.False(await world.ReadsAsync(Officer));

        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Certify(db, "approver@essex", grant)));
        Assert.Equal("reason-missing", await world.RefusedAsync(db => world.Certify(db, "approver2@kent", grant, " ")));
        string next = await world.DoneAsync(db => world.Certify(db, "approver2@kent", grant));
        Assert.True(await world.ReadsAsync(Officer));
        await using CaseDb read = world.Context();
        Assert.Equal(AccessHarness.Why, (await read.Set<AuditEntry>().SingleAsync(entry => entry.SubjectId == next && entry.Action == AccessActions.CertifyGrant, TestContext.Current.CancellationToken)).Said);
    }

    [Fact]
    public async Task Grant_OfAMover_Sleeps_UntilTheOwnerCertifiesIt_AndWakesForNobodyWhoLeft()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await LiveAsync(world);
        DirectoryPerson news = new(Officer, Officer, "essex", false, DirectoryStatus.Active, [new DirectoryRole(Roles.OfficerInCase, DateTimeOffset.UnixEpoch, null) { Agency = "essex", Jurisdiction = "criminal" }])
        {
            PersonId = "H10",
            MovedAt = world.Clock.GetUtcNow().AddMinutes(1),
        };
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await ApplyAsync(world, 1, news);
        Assert.False(await world.ReadsAsync(Officer));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(db => world.Certify(db, "approver@essex", grant)));

        world.Clock.Advance(TimeSpan.FromHours(1));
        string woken = await world.DoneAsync(db => world.Certify(db, "approver2@kent", grant));
        Assert.True(await world.ReadsAsync(Officer));
        await using CaseDb read = world.Context();
        Assert.Equal(news.MovedAt, (await read.FindAsync<AccessGrant>([grant], TestContext.Current.CancellationToken))!.EndedAt);

        world.Clock.Advance(TimeSpan.FromHours(1));
        DirectoryPerson moved = news with { MovedAt = world.Clock.GetUtcNow() };
        await ApplyAsync(world, 2, moved);
        await ApplyAsync(world, 3, moved with { Status = DirectoryStatus.Left, LeftAt = world.Clock.GetUtcNow().AddMinutes(1) });
        await ApplyAsync(world, 4, moved with { LeftAt = world.Clock.GetUtcNow().AddMinutes(1) });
        Assert.Equal("grant-state", await world.RefusedAsync(db => world.Certify(db, "approver2@kent", woken)));
    }

    [Fact]
    public async Task Request_ForAnOldPost_IsApprovedByNobody_OnceItsBeneficiaryMoved()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await ApplyAsync(world, 1, new(Officer, Officer, "essex", false, DirectoryStatus.Active, [new DirectoryRole(Roles.OfficerInCase, DateTimeOffset.UnixEpoch, null) { Agency = "essex", Jurisdiction = "criminal" }])
        {
            PersonId = "H10",
            MovedAt = world.Clock.GetUtcNow(),
        });

        Assert.Equal("grant-state", await world.RefusedAsync(db => world.Consent(db, "approver@kent", grant)));
        string again = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", again));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", again));
        Assert.True(await world.ReadsAsync(Officer));
    }

    [Fact]
    public async Task DirectoryNews_OfAMoverAndALeaver_EndWhatTheyHeld_AndReactivationBringsNothingBack()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        string grant = await LiveAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        DirectoryPerson news = new(Officer, Officer, "essex", false, DirectoryStatus.Active, [new DirectoryRole(Roles.OfficerInCase, DateTimeOffset.UnixEpoch, null) { Agency = "essex", Jurisdiction = "criminal" }])
        {
            PersonId = "H10",
            MovedAt = world.Clock.GetUtcNow(),
        };

        await ApplyAsync(world, 1, news);

        Assert.False(await world.ReadsAsync(Officer));
        string again = await LiveAsync(world);
        Assert.True(await world.ReadsAsync(Officer));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await ApplyAsync(world, 2, news with { Status = DirectoryStatus.Left, LeftAt = world.Clock.GetUtcNow() });
        await ApplyAsync(world, 3, news with { LeftAt = world.Clock.GetUtcNow() });
        Assert.False(await world.ReadsAsync(Officer));
        await using CaseDb db = world.Context();
        Assert.Equal((GrantState.Ended, GrantState.Ended), ((await db.FindAsync<AccessGrant>([grant], TestContext.Current.CancellationToken))!.State, (await db.FindAsync<AccessGrant>([again], TestContext.Current.CancellationToken))!.State));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DirectoryNews_ThatEndOrSuspend_AreRecordedOnce_WithWhoseAndWhy_ByAssize(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        string slept = await LiveAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        DirectoryPerson news = new(Officer, Officer, "essex", false, DirectoryStatus.Active, [new DirectoryRole(Roles.OfficerInCase, DateTimeOffset.UnixEpoch, null) { Agency = "essex", Jurisdiction = "criminal" }])
        {
            PersonId = "H10",
            MovedAt = world.Clock.GetUtcNow(),
        };
        await ApplyAsync(world, 1, news);
        string ended = await LiveAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        DirectoryPerson gone = news with { Status = DirectoryStatus.Left, LeftAt = world.Clock.GetUtcNow() };

        await ApplyAsync(world, 2, gone);
        await ApplyAsync(world, 3, gone);

        await using CaseDb db = world.Context();
        List<AuditEntry> audit = await db.Set<AuditEntry>().Where(entry => entry.Actor == "system").OrderBy(entry => entry.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("grant.end", slept, "left"), ("grant.end", ended, "left"), ("grant.suspend", slept, "moved")],
            audit.Select(entry => (entry.Action, entry.SubjectId, (string?)JsonNode.Parse(entry.Detail!)!["why"])).OrderBy(x => x.Action).ThenBy(x => x.SubjectId == ended));
        Assert.All(audit, entry => Assert.Equal(("essex", "kent", Officer), (entry.Agency, entry.OwnerAgency, (string?)JsonNode.Parse(entry.Detail!)!["Subject"])));
        Assert.All(audit, entry => Assert.NotNull(entry.CaseId));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DirectoryNews_ThatAnotherHostTook_AreRecordedByThatOneOnly(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await LiveAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        DirectoryPage page = new(1, false, [], [new(Officer, Officer, "essex", false, DirectoryStatus.Left, []) { PersonId = "H10", LeftAt = world.Clock.GetUtcNow() }]);
        await using CaseDb first = world.Context(), second = world.Context();

        Assert.True(await DirectorySync.ApplyAsync(first, 0, page, world.Clock.GetUtcNow(), CancellationToken.None));
        Assert.False(await DirectorySync.ApplyAsync(second, 0, page with { Version = 2 }, world.Clock.GetUtcNow(), CancellationToken.None));

        await using CaseDb db = world.Context();
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Actor == "system", TestContext.Current.CancellationToken));
    }

    private static async Task<string> LiveAsync(AccessHarness world, int days = 20)
    {
        string grant = await world.DoneAsync(db => world.Ask(db, Officer, Officer, world.Clock.GetUtcNow().AddDays(days)));
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", grant));
        Assert.True(await world.ReadsAsync(Officer));
        return grant;
    }

    private static async Task<CommandAnswer> AnsweredAsync(AccessHarness world, Func<CaseDb, Task<CommandAnswer>> run)
    {
        await using CaseDb db = world.Context();
        return await Task.Run(() => run(db));
    }

    private static DirectoryPerson Suspended(string subject) => new(subject, subject, subject.Split('@')[1], false, DirectoryStatus.Suspended,
        [new DirectoryRole(Roles.AccessApprover, DateTimeOffset.UnixEpoch, null) { Agency = subject.Split('@')[1], Jurisdiction = "criminal", MaxClassification = "restricted" }])
    {
        PersonId = subject,
    };

    private static async Task LinkAsync(AccessHarness world, string subject, string human)
    {
        await using CaseDb db = world.Context();
        await db.Set<Person>().Where(person => person.Subject == subject).ExecuteUpdateAsync(set => set.SetProperty(person => person.PersonId, human));
    }

    private static async Task ApplyAsync(AccessHarness world, long version, DirectoryPerson person)
    {
        await using CaseDb db = world.Context();
        Assert.True(await DirectorySync.ApplyAsync(db, version - 1, new DirectoryPage(version, false, [], [person]), world.Clock.GetUtcNow(), CancellationToken.None));
    }
}
