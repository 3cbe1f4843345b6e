using Assize.Engine.Soundness;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Releasing;

public sealed class SecondApprovalTests
{
    private static readonly ReleaseTerms s_terms = new() { From = new DateOnly(2026, 2, 1) };

    // So few states that nothing can be shown of any workflow.
    private static readonly SoundnessBounds s_none = new(0, 0, 0, 0);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_nobody_can_prove_takes_two_approvers_of_whom_each_human_counts_once(DatabaseKind kind)
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(kind, new SoundnessVerdicts(bounds: s_none));
        string request = await world.AskAsync(s_terms);

        PublicationRequest first = Assert.IsType<PublicationDecided>(await world.ApproveAsync(request)).Request;
        Assert.Equal((PublicationState.Waiting, "otto", null), (first.State, first.FirstApprovedBy, first.DecidedBy));
        Assert.DoesNotContain(first.Version, await VersionsAsync(world));

        foreach ((string by, string code) in (IEnumerable<(string, string)>)[("otto", "approved-once"), ("otto-again", "approved-once"), ("polly", "same-person")])
        {
            Assert.Equal(code, Assert.IsType<DraftRefused>(await world.ApproveAsync(request, by)).Code);
        }

        PublicationRequest second = Assert.IsType<PublicationDecided>(await world.ApproveAsync(request, "tess")).Request;
        Assert.Equal((PublicationState.Approved, "otto", "tess"), (second.State, second.FirstApprovedBy, second.DecidedBy));
        Assert.Contains(second.Version, await VersionsAsync(world));
    }

    [Fact]
    public async Task What_is_proved_takes_one()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);

        PublicationRequest decided = Assert.IsType<PublicationDecided>(await world.ApproveAsync(await world.AskAsync(s_terms))).Request;

        Assert.Equal((PublicationState.Approved, null), (decided.State, decided.FirstApprovedBy));
    }

    [Fact]
    public async Task What_is_unsound_is_refused_with_the_way_there_and_the_draft_stays()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskForAsync(
            Draw.Flowchart("flow", [Draw.Fork("fork", "A", "B"), Draw.Task("a"), Draw.Task("b"), Draw.End("end")], "fork:A -> a", "fork:B -> b", "a -> end"), s_terms));

        Assert.Equal("definition-invalid", refused.Code);
        Assert.Contains("The flow ends at “end” while “b” still runs, and is cut off. Let the branches meet before the end.", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        await using CaseDb db = world.Database.CreateDbContext();
        Assert.NotNull(await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == ReleaseWorld.Workflow, TestContext.Current.CancellationToken));
        Assert.Empty(await db.PublicationRequests.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_takes_longer_than_anybody_waits_is_not_published_before_it_is_known()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite, new SoundnessVerdicts(TimeSpan.Zero, new SoundnessBounds(1_000, 3_000, 100_000, 500)));
        // Whichever branch is first ends all others, so that no order of them comes to the same.
        string[] branches = [.. Enumerable.Range(0, 10).Select(i => $"B{i}")];

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskForAsync(
            Draw.Flowchart(
                "flow",
                [Draw.Fork("fork", branches), .. branches.SelectMany(b => new[] { Draw.Task($"{b}a"), Draw.Task($"{b}b") }), Draw.Join("join", "WaitAny"), Draw.End("end")],
                [.. branches.SelectMany(b => new[] { $"fork:{b} -> {b}a", $"{b}a -> {b}b", $"{b}b -> join" }), "join -> end"]),
            s_terms));

        Assert.Equal("still-verifying", refused.Code);
    }

    private static async Task<IReadOnlyList<int>> VersionsAsync(ReleaseWorld world)
    {
        await using CaseDb db = world.Database.CreateDbContext();
        return await PublishedVersions.LiveNumbersAsync(db, ReleaseWorld.Workflow, TestContext.Current.CancellationToken);
    }
}
