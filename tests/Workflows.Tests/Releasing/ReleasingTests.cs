using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Releasing;

public sealed class ReleasingTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_case_takes_the_release_of_its_legal_date_and_its_journal_names_it(DatabaseKind kind)
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(kind);
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1) });

        await world.StartAsync("before", new DateOnly(2026, 1, 31));
        await world.StartAsync("after", new DateOnly(2026, 2, 1));

        Assert.Equal([(newest - 1, newest - 1), (newest, newest)], await world.TakenAsync("before", "after"));
    }

    [Fact]
    public async Task A_release_for_one_court_is_for_no_other()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 1, 1), Area = "Merseyside", Court = "B05PK00" });

        await world.StartAsync("here", new DateOnly(2026, 2, 1), "B05PK00");
        await world.StartAsync("there", new DateOnly(2026, 2, 1), "B05XX00");

        Assert.Equal([newest, newest - 1], (await world.TakenAsync("here", "there")).Select(x => x.Version));
    }

    [Fact]
    public async Task A_release_of_the_same_day_ties_naming_both_unless_it_takes_the_place()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);
        ReleaseTerms terms = new() { From = new DateOnly(2026, 2, 1) };
        int newest = await world.PublishAsync(terms);
        string request = await world.AskAsync(terms);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.ApproveAsync(request));

        Assert.Equal("release-tied", refused.Code);
        Assert.Contains($"version {newest}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"version {newest + 1}", refused.Message, StringComparison.Ordinal);
        Assert.IsType<PublicationDecided>(await world.ApproveAsync(await world.AskAsync(terms with { TakesPlace = true })));
    }

    [Fact]
    public async Task A_returned_release_takes_no_new_cases_and_leaves_those_that_run()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1) });
        await world.StartAsync("running", new DateOnly(2026, 2, 1));

        Assert.IsType<ReleaseReturned>(await world.ReturnAsync(newest));
        await world.StartAsync("new", new DateOnly(2026, 2, 1));

        Assert.Equal([newest, newest - 1], (await world.TakenAsync("running", "new")).Select(x => x.Version));
        for (int earlier = newest - 1; earlier > 1; earlier--)
        {
            Assert.IsType<ReleaseReturned>(await world.ReturnAsync(earlier));
        }
        Assert.Equal("nothing-to-fall-back-to", Assert.IsType<DraftRefused>(await world.ReturnAsync(1)).Code);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_release_stops_by_itself_at_its_limit_of_incidents(DatabaseKind kind)
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(kind);
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1), Share = 100, IncidentLimit = 2 }, breaks: true);
        await world.StartAsync("one", new DateOnly(2026, 2, 1));
        Assert.Empty(await world.WatchAsync());
        await world.StartAsync("two", new DateOnly(2026, 2, 1));

        WorkflowRelease stopped = Assert.Single(await world.WatchAsync());
        await world.StartAsync("three", new DateOnly(2026, 2, 1));

        Assert.Equal(newest, stopped.Version);
        Assert.Contains("of 2 cases 2 have an incident", stopped.EndedReason, StringComparison.Ordinal);
        Assert.Equal([newest, newest, newest - 1], (await world.TakenAsync("one", "two", "three")).Select(x => x.Version));
    }

    [Fact]
    public async Task A_release_is_seen_by_another_host_within_a_second()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Postgres);
        RuleCatalog other = new();
        using CancellationTokenSource stop = new();
        Task watching = new CatalogWatch(world.Database, other).RunAsync(stop.Token);
        await Until(() => other.Plan(ReleaseWorld.Workflow) is not null, TimeSpan.FromSeconds(20));

        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1) });

        await Until(() => other.Plan(ReleaseWorld.Workflow)!.Releases.Any(x => x.Version == newest), TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    private static async Task Until(Func<bool> holds, TimeSpan within)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(10));
        DateTimeOffset end = DateTimeOffset.UtcNow + within;
        while (!holds())
        {
            Assert.True(DateTimeOffset.UtcNow < end, $"Expected it within {within}.");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>The published definitions, two process owners, and hands to release a further version of the charged case.</summary>
internal sealed class ReleaseWorld : IAsyncDisposable
{
    public const string Workflow = "mags-charged";

    private readonly PathWorld _paths;

    private ReleaseWorld(PathWorld paths) => _paths = paths;

    public CaseDatabase Database => _paths.Database;

    public static async Task<ReleaseWorld> OpenAsync(DatabaseKind kind)
    {
        ReleaseWorld world = new(await PathWorld.OpenAsync(kind));
        await using CaseDb db = world._paths.Context();
        foreach (string subject in (string[])["polly", "otto"])
        {
            db.Add(new Person { Subject = subject, Name = subject, Agency = "liverpool-magistrates", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = subject, Role = Roles.ProcessOwner, Agency = "liverpool-magistrates", From = DateTimeOffset.UnixEpoch });
        }
        await db.SaveChangesAsync();
        return world;
    }

    /// <summary>Publishes a version that does nothing under the next number, released by the terms; gives that number.</summary>
    public async Task<int> PublishAsync(ReleaseTerms terms, bool breaks = false)
    {
        PublicationDecided decided = Assert.IsType<PublicationDecided>(await ApproveAsync(await AskAsync(terms, breaks)));
        return decided.Request.Version;
    }

    public async Task<string> AskAsync(ReleaseTerms terms, bool breaks = false)
    {
        await using CaseDb db = _paths.Context();
        WorkflowDefinition drawn = Draw.Workflow(Draw.Flowchart("flow", [breaks ? Draw.Activity("fault", "Elsa.Fault", ("message", Draw.Literal("Broken"))) : Draw.Activity("start", "Elsa.Start")]), id: Workflow);
        Assert.IsType<DraftSaved>(await _paths.Saving.RunAsync(db, Caller("polly"), drawn, default));
        return Assert.IsType<PublicationRequested>(await _paths.Asking.RunAsync(db, Caller("polly"), Workflow, null, default, terms)).Request.Id;
    }

    public async Task<DraftAnswer> ApproveAsync(string request)
    {
        await using CaseDb db = _paths.Context();
        string hash = (await db.PublicationRequests.SingleAsync(x => x.Id == request)).Hash;
        db.ChangeTracker.Clear();
        return await _paths.Deciding.ApproveAsync(db, Caller("otto"), request, hash, default, _paths.Now);
    }

    public async Task<DraftAnswer> ReturnAsync(int number)
    {
        await using CaseDb db = _paths.Context();
        return await _paths.Returning.RunAsync(db, Caller("otto"), Workflow, number, "Tried", default);
    }

    public async Task<IReadOnlyList<WorkflowRelease>> WatchAsync()
    {
        await using CaseDb db = _paths.Context();
        return await _paths.Watching.RunAsync(db, _paths.Now, default);
    }

    public Task StartAsync(string caseId, DateOnly legalDate, string? court = null) =>
        _paths.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())) with { Urn = caseId, LegalDate = legalDate, CourtOu = court ?? "B05PK00", Area = "Merseyside" }, caseId);

    /// <summary>Of each case's first instance: its version, and the release in its journal.</summary>
    public async Task<List<(int Version, int Release)>> TakenAsync(params string[] cases)
    {
        await using CaseDb db = _paths.Context();
        List<(int, int)> taken = [];
        foreach (string unit in cases)
        {
            JournalRow start = await db.Set<JournalRow>().SingleAsync(x => x.UnitId == unit && x.Sequence == 1 && x.DefinitionId == Workflow);
            taken.Add((start.DefinitionVersion, start.Release ?? 0));
        }
        return taken;
    }

    public async ValueTask DisposeAsync() => await _paths.DisposeAsync();

    private static Caller Caller(string subject) => new(subject, "liverpool-magistrates", [Roles.ProcessOwner], subject, false, "tests");
}
