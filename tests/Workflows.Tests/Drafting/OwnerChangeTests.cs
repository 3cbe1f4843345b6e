using Assize.Audit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Drafting;

/// <summary>What goes from one owner to another.</summary>
public sealed class OwnerChangeTests
{
    private const string National = "mags-charged";
    private const string Own = "force-checks";

    private static readonly DefinitionOwner s_force = DefinitionOwner.OfAgency(RightsWorld.Force);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_is_published_changes_hands_when_another_person_with_both_rights_approves_and_all_cases_of_its_owner_have_a_version(DatabaseKind kind)
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(kind);
        await PublishedByTheForceAsync(world);

        DraftAnswer asked = await world.GiveAsync("bea", Own, DefinitionOwner.National);
        DefinitionOwner meanwhile = await world.OwnerAsync(Own);
        DraftRefused twice = Assert.IsType<DraftRefused>(await world.GiveAsync("ben", Own, DefinitionOwner.National));
        DraftRefused self = Assert.IsType<DraftRefused>(await world.DecideGiftAsync("bea", asked));
        DraftRefused one = Assert.IsType<DraftRefused>(await world.DecideGiftAsync("fred", asked));
        Assert.IsType<OwnerChangeKept>(await world.DecideGiftAsync("ben", asked));

        Assert.Equal((s_force, "asked-already", AccessCodes.SamePerson, DraftingRights.Missing), (meanwhile, twice.Code, self.Code, one.Code));
        Assert.Equal(DefinitionOwner.National, await world.OwnerAsync(Own));
        await using CaseDb db = world.Context();
        List<WorkflowRelease> releases = await db.Releases.Where(x => x.DefinitionId == Own).OrderBy(x => x.Number).ToListAsync(Stop);
        Assert.Equal([(RightsWorld.Force, 1, ReleaseState.Live), (null, 1, ReleaseState.Live)], releases.Select(x => (x.Force, x.Version, x.State)));
        Assert.True(new ReleasePlan(releases).CoversEverything);
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(x => x.SubjectId == Own && x.Detail!.Contains("ownerChange"), Stop));
        Assert.IsType<DraftSaved>(await world.SaveAsync("polly", Own));
        Assert.Equal(DraftingRights.Missing, Assert.IsType<DraftRefused>(await world.SaveAsync("fay", Own, revision: 1)).Code);
    }

    [Fact]
    public async Task Whoever_lacks_the_right_of_either_owner_is_told_which_and_nothing_changes()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.SaveAsync("fay", Own);

        DraftRefused giver = Assert.IsType<DraftRefused>(await world.GiveAsync("fay", Own, DefinitionOwner.National));
        DraftRefused taker = Assert.IsType<DraftRefused>(await world.GiveAsync("polly", Own, DefinitionOwner.National));
        DraftRefused nobody = Assert.IsType<DraftRefused>(await world.GiveAsync("nora", Own, DefinitionOwner.National));

        Assert.All([giver, taker, nobody], refused => Assert.Equal(DraftingRights.Missing, refused.Code));
        Assert.Contains("would belong to the national baseline", giver.Message, StringComparison.Ordinal);
        Assert.Contains($"belongs to the agency {RightsWorld.Force}", taker.Message, StringComparison.Ordinal);
        Assert.Equal(s_force, await world.OwnerAsync(Own));
    }

    [Fact]
    public async Task What_no_case_takes_yet_changes_hands_at_once_and_back()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.SaveAsync("fay", Own);

        Assert.Equal(OwnerChangeState.Made, Assert.IsType<OwnerChangeKept>(await world.GiveAsync("bea", Own, DefinitionOwner.National)).Change.State);
        Assert.Equal(DefinitionOwner.National, await world.OwnerAsync(Own));
        DraftRefused same = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", Own, DefinitionOwner.National));
        DraftRefused mute = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", Own, s_force, "because"));
        Assert.IsType<OwnerChangeKept>(await world.GiveAsync("bea", Own, s_force));

        Assert.Equal(("owner-same", "reason-too-short", s_force), (same.Code, mute.Code, await world.OwnerAsync(Own)));
    }

    [Fact]
    public async Task What_others_use_or_all_cases_take_goes_to_no_narrower_owner()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused released = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", National, s_force));
        DraftRefused used = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", "form:allocation", s_force));
        DraftRefused overlay = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", "none", s_force));

        Assert.Contains(released.Code, (string[])["released-wider", "used-by-others"]);
        Assert.Equal(("used-by-others", AccessCodes.NotFound), (used.Code, overlay.Code));
        Assert.Equal(DefinitionOwner.National, await world.OwnerAsync(National));
    }

    [Fact]
    public async Task What_waits_for_approval_is_decided_first_and_what_uses_its_owners_own_stays_with_it()
    {
        await using RightsWorld world = await RightsWorld.OpenAsync(DatabaseKind.Sqlite);
        await PublishedByTheForceAsync(world);
        await world.SaveAsync("fay", "force-more", uses: Own);
        PublicationRequest more = Assert.IsType<PublicationRequested>(await world.AskAsync("fay", "force-more")).Request;

        DraftRefused waits = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", "force-more", DefinitionOwner.National));
        Assert.IsType<PublicationDecided>(await world.ApproveAsync("fred", more));
        DraftRefused uses = Assert.IsType<DraftRefused>(await world.GiveAsync("bea", "force-more", DefinitionOwner.National));
        DraftAnswer asked = await world.GiveAsync("bea", Own, DefinitionOwner.National);
        Assert.Equal(OwnerChangeState.Refused, Assert.IsType<OwnerChangeKept>(await world.DecideGiftAsync("bea", asked, approves: false)).Change.State);

        Assert.Equal(("publication-waits", "uses-others"), (waits.Code, uses.Code));
        Assert.Contains($"'{Own}' belongs to the agency", uses.Problems.Single().Message, StringComparison.Ordinal);
        Assert.Equal(s_force, await world.OwnerAsync(Own));
    }

    private static async Task PublishedByTheForceAsync(RightsWorld world) => Assert.IsType<PublicationDecided>(await world.ApproveAsync("fred", await world.AskedAsync("fay", Own)));
}
