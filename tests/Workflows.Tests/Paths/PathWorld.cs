using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Moments;
using Assize.Engine.Storage;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Simulating;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>A case database with the published definitions and one person for every role, and hands to drive a case with.</summary>
internal sealed class PathWorld : IAsyncDisposable
{
    public const string CaseId = "case-1";
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly (string Agency, string Kind, string[] Roles)[] s_agencies =
    [
        ("merseyside-police", "police", ["case-builder", "officer-in-case", "warrants-officer", "case-system"]),
        ("cps-mersey-cheshire", "prosecutor", ["paralegal-officer", "reviewing-lawyer", "advocate"]),
        ("liverpool-magistrates", "court", ["listing-officer", "court-administrator", "legal-adviser"]),
        ("harbour-defence", "defence", ["solicitor"]),
    ];

    // The real clock stands still: request ids of timers tell its time, and a history must come out the same again.
    private static readonly TimeProvider s_clock = new StoppedClock();

    private readonly TestCaseDatabase _database;
    private readonly RuleCatalog _rules = new();
    private readonly ReferenceStore _reference = new();
    private readonly DefinitionCatalog _definitions = new(CaseActivities.Table);
    private readonly CaseOwner _owner;
    private readonly AccessEvaluator _access = new(s_clock);
    private StatementCounter? _watched;
    private int _requests;

    private PathWorld(TestCaseDatabase database)
    {
        _database = database;
        _owner = new CaseOwner(_rules, CasePerformers.All);
        Runner = new UnitRunner(_definitions, _owner, s_clock);
    }

    public AccessEvaluator Access => _access;
    public UnitRunner Runner { get; }
    public DefinitionCatalog Definitions => _definitions;
    public RuleCatalog Rules => _rules;
    public DateTimeOffset Now { get; set; } = Begin;

    public CompleteTask Completing => new(Runner, _access, _rules, _reference, s_clock);
    public ReinstateTask Reinstating => new(Runner, _access, s_clock);
    public ClaimTask Claiming => new(Runner, _access, s_clock);
    public ReleaseTask Releasing => new(Runner, _access, s_clock);
    public CloseCaseInError Closing => new(Runner, _access, s_clock);
    public RetryIncident Retrying => new(Runner, _access, s_clock);

    public CaseDatabase Database => _database.Database;
    public SoundnessVerdicts Verdicts { get; set; } = new();
    private TraceVerdicts Traces { get; } = new(TimeSpan.FromMinutes(1));
    private DefinitionCheck Drawing => new(_rules, Verdicts, s_clock);
    public OverlayCheck Overlaying => new(_rules, new OverlaySetCheck(_rules, Drawing, Traces), new TermsCheck(_reference));
    public RetireOverlay Retiring => new(Rights, _rules, s_clock);
    private DraftCheck Check => new(Drawing, new RuleCheck(_rules, _reference, Overlaying, s_clock), Overlaying);
    private DraftingRights Rights => new(_access, s_clock);
    public RequestPublication Asking => new(Rights, Check, s_clock);
    public DecidePublication Deciding => new(Rights, new PublishRequested(Check, Overlaying), _rules, s_clock);
    public ReturnRelease Returning => new(Rights, _rules, s_clock);

    public RetractVersion Retracting => new(Rights, _rules, s_clock);
    public FollowReleases Following => new(_rules);

    public WatchReleases Watching => new(_rules, s_clock);
    public SimulateYear Simulating => new(_access, Rights, _rules, new DefinitionCheck(_rules, Verdicts, s_clock));
    public SaveDraft Saving => new(Rights, s_clock);

    /// <param name="isPublished">Which of our files are published; all but the overlays if absent.</param>
    /// <param name="change">What a test would have otherwise in them.</param>
    public static async Task<PathWorld> OpenAsync(DatabaseKind kind, Func<DefinitionFile, bool>? isPublished = null, Func<DefinitionFile, DefinitionFile>? change = null)
    {
        PathWorld world = new(await TestCaseDatabase.CreateAsync(kind));
        await using CaseDb db = world.Context();
        Published published = await new PublishDefinitions(world._rules)
            .RunAsync(db, [.. DefinitionFiles.Read(Repository.PathOf("definitions")).Where(isPublished ?? (x => x.Kind != RuleName.Overlay)).Select(change ?? (x => x))], "the tests", Begin, CancellationToken.None);
        Assert.Empty(published.Problems);
        foreach ((string agency, string agencyKind, string[] roles) in s_agencies)
        {
            db.Add(new Agency { Id = agency, Kind = agencyKind, Name = agency, Status = DirectoryStatus.Active });
            foreach (string role in roles.Append("reviewing-lawyer-2").Where(x => x != "reviewing-lawyer-2" || agencyKind == "prosecutor"))
            {
                db.Add(new Person { Subject = role, Name = role, Agency = agency, IsSystem = role == "case-system", Status = DirectoryStatus.Active });
                db.Add(new HomeRole { Subject = role, Role = role.Replace("-2", "", StringComparison.Ordinal), Agency = agency, From = DateTimeOffset.UnixEpoch });
            }
        }
        await db.SaveChangesAsync();
        return world;
    }

    public CaseDb Context() => _watched?.Database.CreateDbContext() ?? _database.Context();

    /// <summary>From here on statements are counted.</summary>
    public StatementCounter Watch() => _watched = new StatementCounter(_database.ConnectionString);

    /// <summary>Called after each completion; what is counted is then that completion alone.</summary>
    public Action<string, string>? Completed { get; set; }

    public static Caller Caller(string subject) => new(
        subject, s_agencies.First(x => x.Roles.Contains(subject.Replace("-2", "", StringComparison.Ordinal))).Agency, [], subject, subject == "case-system", "tests");

    public async Task StartAsync(NewCase facts, string caseId = CaseId)
    {
        await using CaseDb db = Context();
        Assert.IsType<Engine.Commands.Completed>(await Runner.RunAsync(db, StartCase.Command(NextRequest(), caseId, facts, Now), CancellationToken.None));
    }

    /// <summary>Completes the open task of that step as somebody of its role.</summary>
    public async Task DoAsync(string activityId, string outcome, string fields = "{}", string? by = null)
    {
        CommandAnswer answer = await TryAsync(activityId, outcome, fields, by);
        Assert.True(answer is Engine.Commands.Completed, answer is Refused refused ? $"{activityId}: {refused.Message} {refused.Detail?.ToJsonString()}" : activityId);
    }

    public async Task<CommandAnswer> TryAsync(string activityId, string outcome, string fields = "{}", string? by = null, string? request = null)
    {
        WorkTask task = await TaskAsync(activityId);
        await using CaseDb db = Context();
        _watched?.Reset();
        CommandAnswer answer = await Completing.RunAsync(
            db, Caller(by ?? task.LaneRole), request ?? NextRequest(), Now, task.Id, outcome, JsonNode.Parse(fields)!.AsObject(), CancellationToken.None);
        Completed?.Invoke(activityId, outcome);
        return answer;
    }

    public async Task<WorkTask> TaskAsync(string activityId, string state = TaskState.Open)
    {
        await using CaseDb db = Context();
        List<WorkTask> tasks = await db.Tasks.AsNoTracking().Where(x => x.ActivityId == activityId && (x.State == state || (state == TaskState.Open && x.State == TaskState.Claimed))).ToListAsync();
        Assert.True(tasks.Count > 0, $"Expected an open task {activityId}, but there are {string.Join(", ", await OpenAsync())}. {await IncidentsAsync()}");
        return tasks.OrderBy(x => x.CreatedAt).ThenBy(x => x.Id, StringComparer.Ordinal).Last();
    }

    /// <summary>The steps that people can work on now.</summary>
    public async Task<string[]> OpenAsync()
    {
        await using CaseDb db = Context();
        return [.. (await db.Tasks.Where(x => x.State == TaskState.Open || x.State == TaskState.Claimed).Select(x => x.ActivityId).ToListAsync()).Order(StringComparer.Ordinal)];
    }

    public async Task AcknowledgeAsync(string kind)
    {
        await using CaseDb db = Context();
        AgencyMessage message = await db.Messages.AsNoTracking().Where(x => x.Kind == kind && x.WaitId != null).SingleAsync();
        _watched?.Reset();
        Assert.IsType<Engine.Commands.Completed>(await new AcknowledgeMessage(Runner, _access, s_clock).RunAsync(db, Caller("case-system"), NextRequest(), Now, message.Id, CancellationToken.None));
    }

    /// <summary>Sets the business clock and fires what is due.</summary>
    public async Task<int> GoToAsync(DateTimeOffset now)
    {
        Now = now;
        int fired = 0;
        for (int last = -1; last != 0; fired += last)
        {
            last = (await new TimerPump(Runner).RunOnceAsync(Context, Now, CancellationToken.None)).Fired;
        }
        return fired;
    }

    /// <summary>The day of the defendant's hearing, an hour after it began.</summary>
    public async Task GoToHearingAsync(string activityId = "m8-hearing") => Now = (await TaskAsync(activityId)).NotBefore!.Value.AddHours(11);

    /// <summary>Every instance made again from its journal is what is stored.</summary>
    public async Task RebuildAsync()
    {
        await using CaseDb db = Context();
        Rebuild rebuild = new(_definitions, _owner.ResourcesAsync);
        foreach (InstanceRow row in await db.Set<InstanceRow>().AsNoTracking().ToListAsync())
        {
            Assert.Equal(row.State, InstanceJson.Write((await rebuild.FromJournalAsync(db, row.Id, null, CancellationToken.None))!));
        }
        UnitMoments moments = new(_definitions, _owner);
        int entries = await db.Set<JournalRow>().CountAsync(x => x.UnitId == CaseId);
        UnitMoment last = (await moments.AfterAsync(db, CaseId, entries, CancellationToken.None))!;
        Assert.Equal(
            (await db.Set<InstanceRow>().AsNoTracking().Where(x => x.UnitId == CaseId).ToListAsync()).ToDictionary(x => x.Id, x => x.State),
            last.States.ToDictionary(x => x.Id, InstanceJson.Write));
        Assert.Null(await moments.AfterAsync(db, CaseId, entries + 1, CancellationToken.None));
    }

    public async Task<PathHistory> HistoryAsync() => await PathHistory.OfAsync(Context());

    public string NextRequest() => $"request-{++_requests}";

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    private async Task<string> IncidentsAsync()
    {
        await using CaseDb db = Context();
        return string.Join(" ", (await db.Set<InstanceRow>().AsNoTracking().ToListAsync())
            .SelectMany(x => InstanceJson.ReadState(x.State).Incidents).Select(x => $"{x.ActivityId}: {x.Code} {x.Message}"));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Begin;
    }
}
