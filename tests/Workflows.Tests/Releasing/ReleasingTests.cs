using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
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
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1), Share = 100, IncidentLimit = 2 }, Draw.Activity("fault", "Elsa.RunJavaScript", ("script", Draw.Literal("throw 'Broken'"))));
        await world.StartAsync("one", new DateOnly(2026, 2, 1));
        Assert.Empty(await world.WatchAsync());
        await world.StartAsync("two", new DateOnly(2026, 2, 1));

        WorkflowRelease stopped = Assert.Single(await world.WatchAsync());
        await world.StartAsync("three", new DateOnly(2026, 2, 1));

        Assert.Equal(newest, stopped.Version);
        Assert.Contains("of 2 cases 2 have an incident", stopped.EndedReason, StringComparison.Ordinal);
        Assert.Equal([newest, newest, newest - 1], (await world.TakenAsync("one", "two", "three")).Select(x => x.Version));
    }

    /// <summary>What an event or a clock begins has no case: the version released everywhere for every case, from its day on.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task What_an_event_begins_follows_the_releases_and_not_the_newest_version(DatabaseKind kind)
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(kind);
        DateOnly today = DateOnly.FromDateTime(PathWorld.Begin.Date);
        await world.PublishAsync(ReleaseTerms.Usual, ReleaseWorld.Event("bell"));
        int first = (await world.TriggersAsync()).Single().Version;

        int later = await world.PublishAsync(new ReleaseTerms { From = today.AddDays(10) }, ReleaseWorld.Event("bell"));
        int inOneCourt = await world.PublishAsync(new ReleaseTerms { From = today, Court = "B05PK00", Area = "Merseyside" }, ReleaseWorld.Event("gong"));
        int ofAShare = await world.PublishAsync(new ReleaseTerms { From = today, Share = 40 }, ReleaseWorld.Event("gong"));
        Assert.Equal([(first, "bell")], await world.TriggersAsync());
        Assert.Equal([first + 1, first + 2, first + 3], [later, inOneCourt, ofAShare]);

        await world.FollowAsync(PathWorld.Begin.AddDays(9));
        Assert.Equal([(first, "bell")], await world.TriggersAsync());
        await world.FollowAsync(PathWorld.Begin.AddDays(10));
        Assert.Equal([(later, "bell")], await world.TriggersAsync());
    }

    [Fact]
    public async Task What_an_event_begins_goes_back_with_a_returned_release_and_with_a_retracted_version()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);
        int first = await world.PublishAsync(ReleaseTerms.Usual, ReleaseWorld.Event("bell"));
        int second = await world.PublishAsync(ReleaseTerms.Usual, ReleaseWorld.Event("gong"));
        Assert.Equal([(second, "gong")], await world.TriggersAsync());

        Assert.IsType<ReleaseReturned>(await world.ReturnAsync(await world.ReleaseOfAsync(second)));
        Assert.Equal([(first, "bell")], await world.TriggersAsync());
        int third = await world.PublishAsync(ReleaseTerms.Usual, ReleaseWorld.Event("drum"));
        Assert.Equal([(third, "drum")], await world.TriggersAsync());
        Assert.IsType<VersionRetracted>(await world.RetractAsync());

        Assert.Equal([(first, "bell")], await world.TriggersAsync());
    }

    [Fact]
    public async Task A_release_stops_by_itself_at_its_limit_of_late_tasks()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1), LateLimit = 2 }, ReleaseWorld.Task);
        await world.StartAsync("one", new DateOnly(2026, 2, 1));
        await world.StartAsync("two", new DateOnly(2026, 2, 1));
        Assert.Empty(await world.WatchAsync());
        await world.MakeLateAsync("one");
        Assert.Empty(await world.WatchAsync());
        await world.MakeLateAsync("two");

        WorkflowRelease stopped = Assert.Single(await world.WatchAsync());
        await world.StartAsync("three", new DateOnly(2026, 2, 1));

        Assert.Contains("of 2 cases 2 have a late task", stopped.EndedReason, StringComparison.Ordinal);
        Assert.Equal([newest, newest, newest - 1], (await world.TakenAsync("one", "two", "three")).Select(x => x.Version));
    }

    [Fact]
    public async Task A_child_takes_the_release_of_the_same_case_as_its_parent()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 1, 1) }, ReleaseWorld.Children);
        await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 1, 1) }, of: ReleaseWorld.Child);
        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1) }, of: ReleaseWorld.Child);

        await world.StartAsync("before", new DateOnly(2026, 1, 31));
        await world.StartAsync("after", new DateOnly(2026, 2, 1));

        Assert.Equal([newest - 1, newest], (await world.TakenAsync(ReleaseWorld.Child, ["before", "after"])).Select(x => x.Version));
    }

    [Fact]
    public async Task A_release_is_seen_by_another_host_that_looks_several_times_a_second()
    {
        await using ReleaseWorld world = await ReleaseWorld.OpenAsync(DatabaseKind.Postgres);
        RuleCatalog other = new();
        using CancellationTokenSource stop = new();
        Task watching = new CatalogWatch(world.Database, other).RunAsync(stop.Token);
        await Until(() => other.Plan(ReleaseWorld.Workflow) is not null, TimeSpan.FromSeconds(20));

        int newest = await world.PublishAsync(new ReleaseTerms { From = new DateOnly(2026, 2, 1) });

        // How soon is measured by the bench: a second on a busy machine is no proof of anything.
        await Until(() => other.Plan(ReleaseWorld.Workflow)!.Releases.Any(x => x.Version == newest), TimeSpan.FromSeconds(20));
        Assert.True(CatalogWatch.Pause < TimeSpan.FromSeconds(0.5));
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
    public const string Child = "mags-charged-defendant";

    private readonly PathWorld _paths;

    private ReleaseWorld(PathWorld paths) => _paths = paths;

    public CaseDatabase Database => _paths.Database;

    /// <param name="verdicts">How soundness is looked at; as usual if absent.</param>
    public static async Task<ReleaseWorld> OpenAsync(DatabaseKind kind, SoundnessVerdicts? verdicts = null)
    {
        // Its versions have one step, and so not those that the law requires.
        ReleaseWorld world = new(await PathWorld.OpenAsync(kind, x => x.Kind is not (StatutorySteps.Kind or RuleName.Overlay)));
        world._paths.Verdicts = verdicts ?? world._paths.Verdicts;
        await using CaseDb db = world._paths.Context();
        foreach (string subject in (string[])["polly", "otto", "otto-again", "tess"])
        {
            db.Add(new Person { Subject = subject, PersonId = subject.Split('-')[0], Name = subject, Agency = "liverpool-magistrates", IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = subject, Role = Roles.ProcessOwner, Agency = "liverpool-magistrates", From = DateTimeOffset.UnixEpoch });
            db.Add(DraftingRight.First(subject, DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests"));
        }
        await db.SaveChangesAsync();
        return world;
    }

    public static JsonObject Task => Draw.Activity("task", "Assize.CaseTask", ("agency", Draw.Literal("prosecutor")), ("role", Draw.Literal("reviewing-lawyer")), ("title", Draw.Literal("Look")),
        ("form", Draw.Literal("initial-review")), ("outcomes", Draw.Wrapped("Object", "[\"Continue\"]")));

    public static JsonObject Children => Draw.Activity("children", "Assize.ForEachDefendant", ("workflow", Draw.Literal(Child)));

    public static JsonObject Event(string name) =>
        Draw.Activity(name, "Elsa.Event", ("eventName", Draw.Literal(name)), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));

    /// <summary>Publishes a version of one step under the next number, released by the terms; gives that number.</summary>
    /// <param name="step">Nothing but the start if absent.</param>
    public async Task<int> PublishAsync(ReleaseTerms terms, JsonObject? step = null, string of = Workflow)
    {
        PublicationDecided decided = Assert.IsType<PublicationDecided>(await ApproveAsync(await AskAsync(terms, step, of)));
        return decided.Request.Version;
    }

    public async Task<string> AskAsync(ReleaseTerms terms, JsonObject? step = null, string of = Workflow)
    {
        DraftAnswer asked = await AskForAsync(Draw.Flowchart("flow", [step ?? Draw.Activity("start", "Elsa.Start")]), terms, of);
        Assert.True(asked is PublicationRequested, string.Join(" ", (asked as DraftRefused)?.Problems.Select(x => x.Message) ?? []));
        return ((PublicationRequested)asked).Request.Id;
    }

    /// <summary>Saves a draft of that root, and asks that it be published.</summary>
    public async Task<DraftAnswer> AskForAsync(JsonObject root, ReleaseTerms terms, string of = Workflow)
    {
        await using CaseDb db = _paths.Context();
        WorkflowDefinition drawn = Draw.Workflow(root, x => x["description"] = Guid.NewGuid().ToString(), of);
        Assert.IsType<DraftSaved>(await _paths.Saving.RunAsync(db, Caller("polly"), drawn, default));
        return await _paths.Asking.RunAsync(db, Caller("polly"), of, null, default, terms);
    }

    public async Task<DraftAnswer> ApproveAsync(string request, string by = "otto")
    {
        await using CaseDb db = _paths.Context();
        string hash = (await db.PublicationRequests.SingleAsync(x => x.Id == request)).Hash;
        db.ChangeTracker.Clear();
        return await _paths.Deciding.ApproveAsync(db, Caller(by), request, hash, default, _paths.Now);
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

    public async Task<DraftAnswer> RetractAsync()
    {
        await using CaseDb db = _paths.Context();
        return await _paths.Retracting.RunAsync(db, Caller("otto"), Workflow, default, _paths.Now);
    }

    public async Task FollowAsync(DateTimeOffset business)
    {
        await using CaseDb db = _paths.Context();
        await _paths.Following.RunAsync(db, business, default);
    }

    /// <summary>What begins the workflow: of which version, and by which event.</summary>
    public async Task<IReadOnlyList<(int Version, string Event)>> TriggersAsync()
    {
        await using CaseDb db = _paths.Context();
        return [.. (await db.Set<TriggerRow>().Where(x => x.DefinitionId == Workflow).ToListAsync()).Select(x => (x.Version, x.Name))];
    }

    public async Task<int> ReleaseOfAsync(int version)
    {
        await using CaseDb db = _paths.Context();
        return (await db.Releases.SingleAsync(x => x.DefinitionId == Workflow && x.Version == version)).Number;
    }

    /// <summary>As time would.</summary>
    public async Task MakeLateAsync(string caseId)
    {
        await using CaseDb db = _paths.Context();
        Assert.Equal(1, await db.Tasks.Where(x => x.UnitId == caseId).ExecuteUpdateAsync(x => x.SetProperty(task => task.DueAt, _paths.Now.AddDays(-1))));
    }

    public Task StartAsync(string caseId, DateOnly legalDate, string? court = null) =>
        _paths.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())) with { Urn = caseId, LegalDate = legalDate, CourtOu = court ?? "B05PK00", Area = "Merseyside" }, caseId);

    /// <summary>Of each case's first instance: its version, and the release in its journal.</summary>
    public Task<List<(int Version, int Release)>> TakenAsync(params string[] cases) => TakenAsync(Workflow, cases);

    public async Task<List<(int Version, int Release)>> TakenAsync(string workflow, string[] cases)
    {
        await using CaseDb db = _paths.Context();
        List<(int, int)> taken = [];
        foreach (string unit in cases)
        {
            JournalRow start = await db.Set<JournalRow>().SingleAsync(x => x.UnitId == unit && x.Sequence == 1 && x.DefinitionId == workflow);
            taken.Add((start.DefinitionVersion, start.Release ?? 0));
        }
        return taken;
    }

    public async ValueTask DisposeAsync() => await _paths.DisposeAsync();

    private static Caller Caller(string subject) => new(subject, "liverpool-magistrates", [Roles.ProcessOwner], subject, false, "tests");
}
