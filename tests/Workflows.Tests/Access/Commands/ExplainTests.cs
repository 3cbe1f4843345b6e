using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

public sealed class ExplainTests
{
    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Why_OfACrossAgencyGrant_NamesApproversReasonAndEnd_AndThePastKeepsItsAnswer(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        DateTimeOffset before = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", grant));
        DateTimeOffset during = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.DoneAsync(db => world.End(db, "approver@kent", grant));

        Explanation? then = await WhyAsync(world, "officer@essex", "officer@essex", during);

        Assert.True(then!.Allowed);
        Assert.Equal(
            "By a cross-agency grant as officer in case, asked for by officer@essex of essex on 23 November 2026, sponsored by approver@essex of essex on 23 November 2026, "
            + $"consented to by somebody of kent on 23 November 2026, because “{AccessHarness.Why}”, until 13 December 2026 at 10:01, and to be certified by 23 December 2026.",
            Assert.Single(then.Paths).Sentence);
        Assert.False((await WhyAsync(world, "officer@essex", "officer@essex", before))!.Allowed);
        Explanation? now = await WhyAsync(world, "officer@essex", "officer@essex", null);
        Assert.Equal("no-standing", now!.Code);
        Assert.Contains("it was ended", string.Join(' ', now.Stopped), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_AboutAnotherAgencysPerson_OrASealedCase_IsNotTold()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        Assert.Null(await WhyAsync(world, "admin@cps", "officer@kent", null));
        Assert.NotNull(await WhyAsync(world, "admin@cps", "lawyer@cps", null));

        await world.SealAsync();

        Assert.Null(await WhyAsync(world, "admin@cps", "lawyer@cps", null));
        Assert.Null(await WhyAsync(world, "approver@kent", "builder@kent", null));
        Assert.NotNull(await WhyAsync(world, "officer@kent", "builder@kent", null));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_OfACase_IsEverybodyWhomTheCheckLetsIn(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        await world.DoneAsync(db => world.Declare(db, "officer@kent", "officer@kent"));
        await world.DoneAsync(db => world.Give(db, "admin@cps", "far@cps"));
        string grant = await world.AskAsync();
        await world.DoneAsync(db => world.Sponsor(db, "approver@essex", grant));
        await world.DoneAsync(db => world.Consent(db, "approver@kent", grant));
        await using CaseDb db = world.Context();
        List<string> brute = [];
        foreach (string subject in await db.Set<Person>().Select(person => person.Subject).ToListAsync(TestContext.Current.CancellationToken))
        {
            if (await world.ReadsAsync(subject))
            {
                brute.Add(subject);
            }
        }

        List<string> told = [];
        foreach (string agency in (string[])["kent", "cps"])
        {
            WhoHasAccess who = (await new ExplainAccess(world.Access, world.Clock).WhoAsync(db, world.As($"admin@{agency}"), AccessHarness.Urn, null, TestContext.Current.CancellationToken))!;
            told.AddRange(who.People.Select(person => person.Subject));
            Assert.Equal(brute.Count, who.People.Count + who.Others.Sum(others => others.Count));
        }

        Assert.Equal(brute.Where(subject => !subject.EndsWith("essex", StringComparison.Ordinal)).Order(), told.Order());
        Assert.Contains("officer@essex", brute);
        Assert.DoesNotContain("officer@kent", brute);
    }

    [Fact]
    public async Task What_AndWhatIf_SayWhatIsHeld_AndWhatAChangeGivesAndTakes()
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(DatabaseKind.Sqlite);
        await using CaseDb db = world.Context();
        ExplainAccess explain = new(world.Access, world.Clock);
        SimulateChange simulate = new(explain, world.Clock);
        WhatIsHeld held = (await explain.WhatAsync(db, world.As("admin@cps"), "far@cps", null, TestContext.Current.CancellationToken))!;
        Assert.StartsWith("By the standing role reviewing lawyer in the area 05", Assert.Single(held.Grants).Sentence, StringComparison.Ordinal);

        SimulatedAccess gained = (await simulate.RunAsync(db, world.As("admin@cps"), new SimulatedChange { Subject = "far@cps", AddRole = Roles.Advocate }, TestContext.Current.CancellationToken))!;
        SimulatedAccess lost = (await simulate.RunAsync(db, world.As("admin@cps"), new SimulatedChange { Subject = "lawyer@cps", RemoveRole = Roles.ReviewingLawyer }, TestContext.Current.CancellationToken))!;
        SimulatedAccess withdrawn = (await simulate.RunAsync(db, world.As("builder@kent"), new SimulatedChange { Urn = AccessHarness.Urn, WithdrawAgency = "cps" }, TestContext.Current.CancellationToken))!;

        Assert.Equal((1, 0), (gained.Gained.Count, gained.Lost.Count));
        Assert.Equal([AccessHarness.Urn], lost.Lost);
        Assert.Equal(["cps, reviewing lawyer"], withdrawn.Lost);
        Assert.Null(await simulate.RunAsync(db, world.As("admin@cps"), new SimulatedChange { Subject = "officer@kent", AddRole = Roles.Advocate }, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task PracticeCase_WhoseReferenceIsGuessed_IsAnsweredLikeNone(DatabaseKind kind)
    {
        await using AccessHarness world = await AccessHarness.OpenAsync(kind);
        Assert.NotNull(await WhyAsync(world, "officer@kent", "officer@kent", null));
        await using CaseDb db = world.Context();
        await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(file => file.Practice, true), TestContext.Current.CancellationToken);
        await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(file => file.Sealed, false), TestContext.Current.CancellationToken);
        ExplainAccess explain = new(world.Access, world.Clock);
        SimulateChange simulate = new(explain, world.Clock);

        SimulatedAccess lost = (await simulate.RunAsync(db, world.As("admin@kent"), new SimulatedChange { Subject = "officer@kent", RemoveRole = Roles.OfficerInCase }, TestContext.Current.CancellationToken))!;
        SimulatedAccess barred = (await simulate.RunAsync(db, world.As("admin@kent"), new SimulatedChange { Subject = "officer@kent", AddExclusion = true, Urn = AccessHarness.Urn }, TestContext.Current.CancellationToken))!;

        Assert.Null(await WhyAsync(world, "officer@kent", "officer@kent", null));
        Assert.Null(await explain.WhoAsync(db, world.As("admin@kent"), AccessHarness.Urn, null, TestContext.Current.CancellationToken));
        Assert.Null(await simulate.RunAsync(db, world.As("builder@kent"), new SimulatedChange { Urn = AccessHarness.Urn, WithdrawAgency = "cps" }, TestContext.Current.CancellationToken));
        Assert.Equal((0, 0), (lost.Weighed, barred.Weighed));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(x => world.Declare(x, "officer@kent", "officer@kent")));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(x => world.Ask(x, "officer@essex", "officer@essex")));
        Assert.Equal(AccessCodes.NotFound, await world.RefusedAsync(x => world.Challenge(x, "far@cps")));
    }

    private static async Task<Explanation?> WhyAsync(AccessHarness world, string asker, string subject, DateTimeOffset? at)
    {
        await using CaseDb db = world.Context();
        return await new ExplainAccess(world.Access, world.Clock).WhyAsync(db, world.As(asker), subject, AccessActions.ReadCase, AccessHarness.Urn, at, CancellationToken.None);
    }
}
