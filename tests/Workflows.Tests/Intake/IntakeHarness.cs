using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Storage;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

/// <summary>A case database with the definitions of the tree, two agencies of police and their people.</summary>
internal sealed class IntakeHarness : IAsyncDisposable
{
    public static readonly Caller System = new("merseyside-system", "merseyside-police", [Roles.CaseSystem], "Case system", true, "merseyside-system");
    public static readonly Caller Builder = new("casey", "merseyside-police", [Roles.CaseBuilder], "Casey", false, "host");
    public static readonly Caller OtherSystem = new("cheshire-system", "cheshire-police", [Roles.CaseSystem], "Case system", true, "cheshire-system");
    public static readonly Caller Lawyer = new("lena", "cps-mersey-cheshire", [Roles.ReviewingLawyer], "Lena", false, "host");

    private readonly TestCaseDatabase _database;
    private readonly ReferenceStore _lists = new() { TakesUnlistedAuthorities = true };
    private readonly UnitRunner _runner;
    private StatementCounter? _watched;
    private readonly AccessEvaluator _access = new(TimeProvider.System);

    private IntakeHarness(TestCaseDatabase database)
    {
        _database = database;
        RuleCatalog = new RuleCatalog();
        Definitions = new DefinitionCatalog(CaseActivities.Table);
        _runner = new UnitRunner(Definitions, new CaseOwner(RuleCatalog, [.. CasePerformers.All, .. IntakePerformers.All(_lists)]), TimeProvider.System);
    }

    public CaseDatabase Database => _database.Database;
    public UnitRunner Runner => _runner;
    public AccessEvaluator Access => _access;
    public DateTimeOffset Now { get; set; } = new(2026, 7, 6, 9, 0, 0, TimeSpan.Zero);
    public RuleCatalog RuleCatalog { get; }

    /// <summary>As in a demonstration, which takes examples of forces that are not enrolled.</summary>
    public bool TakesUnlisted { get; set; } = true;

    private ReferenceStore Reference => TakesUnlisted ? _lists : new ReferenceStore();
    public DefinitionCatalog Definitions { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<IntakeHarness> CreateAsync(DatabaseKind kind)
    {
        IntakeHarness harness = new(await TestCaseDatabase.CreateAsync(kind));
        await using CaseDb db = harness.Context();
        foreach (Caller caller in (Caller[])[System, Builder, OtherSystem, Lawyer])
        {
            if (await db.FindAsync<Agency>([caller.Agency], Stop) is null)
            {
                db.Add(new Agency { Id = caller.Agency, Kind = "police", Name = caller.Agency, Status = DirectoryStatus.Active });
            }

            db.Add(new Person { Subject = caller.Subject, Name = caller.DisplayName, Agency = caller.Agency, IsSystem = caller.IsSystem, Status = DirectoryStatus.Active });
            db.Add(new HomeRole { Subject = caller.Subject, Role = caller.Roles[0], Agency = caller.Agency, From = DateTimeOffset.UnixEpoch });
        }

        await db.SaveChangesAsync(Stop);
        Published published = await new PublishDefinitions(harness.RuleCatalog).RunAsync(
            db, DefinitionFiles.Read(Repository.PathOf("definitions")), "build", harness.Now, Stop);
        Assert.Empty(published.Problems);
        return harness;
    }

    public CaseDb Context() => _watched?.Database.CreateDbContext() ?? _database.Context();

    /// <summary>From now on every statement is counted; the caller disposes of the counter.</summary>
    public StatementCounter Watch() => _watched = new StatementCounter(_database.ConnectionString);

    public Task<IntakeAnswer> SendAsync(JsonObject charge, Caller? caller = null, string? requestId = null) =>
        SendAsync(Encoding.UTF8.GetBytes(charge.ToJsonString()), "application/json", caller, requestId);

    public async Task<IntakeAnswer> SendAsync(byte[] body, string contentType, Caller? caller = null, string? requestId = null)
    {
        await using CaseDb db = Context();
        return await new ReceiveProsecution(_runner, _access, Reference, IntakeLimits.Default).RunAsync(
            db, new ProsecutionReceived(caller ?? System, body, contentType, null, requestId, Now), Stop);
    }

    public async Task<IntakeAnswer> CorrectAsync(string id, Caller caller, params (string Pointer, JsonNode? Value)[] corrections)
    {
        await using CaseDb db = Context();
        return await new CorrectProsecution(_runner, _access, Reference).RunAsync(db, new CorrectionsSent(caller, id, corrections, null, Now), Stop);
    }

    public async Task<CommandAnswer> CompleteAsync(Caller caller, string taskId, string outcome, JsonObject fields)
    {
        await using CaseDb db = Context();
        return await new CompleteTask(_runner, _access, RuleCatalog, Reference, TimeProvider.System).RunAsync(
            db, caller, $"complete-{taskId}-{outcome}-{fields.Count}", Now, taskId, outcome, fields, Stop);
    }

    public async Task<SubmissionView> ViewAsync(string id, Caller? caller = null) => (await FindAsync(id, caller ?? System)).View!;

    public async Task<(SubmissionView? View, AccessDecision Decision)> FindAsync(string id, Caller caller)
    {
        await using CaseDb db = Context();
        return await new SubmissionQueries(_access).FindAsync(db, caller, id, Stop);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
