using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

public sealed class MigrateCasesTests
{
    private const string Served = """{ "material": ["charge", "summary"], "servedOn": "2026-03-02" }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Migrate_KeepsClaimedTasksAndInstants_GoesOn_AndComesBack(DatabaseKind kind)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        WorkTask claimed = await world.TaskAsync("m4-serve-initial-details");
        await ClaimAsync(world, claimed);
        int version = await PublishAsync(world, Titled());
        Dictionary<string, string> before = await StatesAsync(world);

        WorkflowMigration forth = await MigrateAsync(world, await RehearsedWorld.RehearseAsync(world, Titled(version)), StepMapping.None);
        await world.RebuildAsync();
        WorkTask held = await world.TaskAsync("m4-serve-initial-details");
        WorkflowMigration back = await ReverseAsync(world, forth.Id);

        Assert.Equal((2, 0, 2, 0), (forth.Moved, forth.Skipped, back.Moved, back.Skipped));
        Assert.Equal((claimed.Id, TaskState.Claimed, "M4 Send the initial details", claimed.DueAt), (held.Id, held.State, held.Title, held.DueAt));
        await world.RebuildAsync();
        Dictionary<string, string> after = await StatesAsync(world);
        Assert.Equal(before.Select(x => (x.Key, x.Value)).Order(), after.Select(x => (x.Key, x.Value)).Order());
        Assert.Equal("M4 Serve the initial details", (await world.TaskAsync("m4-serve-initial-details")).Title);
    }

    [Fact]
    public async Task Migrate_HalfWayThenAgain_MovesNothingTwice_AndTheCasesGoOn()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        int version = await PublishAsync(world, Titled());
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, Titled(version));
        await using CaseDb db = world.Context();
        string id = (await Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, StepMapping.None, Stop)).Id!;
        // A batch whose commands were committed and whose progress was not: its process died.
        Assert.True(await Runner(world, fails: true).RunTurnAsync(id, TimeSpan.Zero, Stop));
        await db.Operations.Where(x => x.Id == id).ExecuteUpdateAsync(x => x.SetProperty(o => o.FreeAt, DateTimeOffset.UnixEpoch), Stop);

        Assert.True(await Runner(world).RunTurnAsync(id, TimeSpan.FromMinutes(1), Stop));
        await world.DoAsync("m4-serve-initial-details", "Served", Served);

        WorkflowMigration done = await db.Migrations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
        Assert.Equal((2, 0), (done.Moved, done.Skipped));
        Assert.Equal(2, await db.Set<JournalRow>().CountAsync(x => x.Kind == "migrate", Stop));
        await world.RebuildAsync();
    }

    [Fact]
    public async Task Begin_WithAMappingThatPointsNowhere_OrToAVersionThatIsNoneOfOurs_IsRefused()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        WorkflowRehearsal draft = await RehearsedWorld.RehearseAsync(world, Titled(9));
        int version = await PublishAsync(world, Titled());
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, Titled(version));
        StepMapping nowhere = StepMapping.None with { Renamed = StepMapping.None.Renamed.Add("m6-defence", "nowhere"), Withdrawn = ["neither"] };
        await using CaseDb db = world.Context();

        MigrationAnswer denied = await Begin(world).RunAsync(db, PathWorld.Caller("solicitor"), rehearsal.Id, StepMapping.None, Stop);
        MigrationAnswer unpublished = await Begin(world).RunAsync(db, RehearsedWorld.Owner, draft.Id, StepMapping.None, Stop);
        MigrationAnswer mapped = await Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, nowhere, Stop);
        MigrationAnswer first = await Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, StepMapping.None, Stop);
        MigrationAnswer second = await Begin(world).RunAsync(world.Context(), RehearsedWorld.Owner, rehearsal.Id, StepMapping.None, Stop);

        Assert.Equal((AccessCodes.RoleMissing, "not-published", "mapping-invalid", "migration-running"), (denied.Code, unpublished.Code, mapped.Code, second.Code));
        Assert.Equal(2, mapped.Problems.Count);
        Assert.NotNull(first.Id);
    }

    [Theory]
    [InlineData("""{ "renamed": { "nowhere": "m6-defence" } }""", "No version that a case runs on has a step “nowhere”")]
    [InlineData("""{ "renamed": { "m6-defence": "nowhere" } }""", "The new version has no step “nowhere”")]
    [InlineData("""{ "renamed": { "m6-defence": "m7-court-preparation", "m5-initial-review": "m7-court-preparation" } }""", "Two steps would become “m7-court-preparation”")]
    [InlineData("""{ "passed": { "nowhere": { "outcome": "Done" } } }""", "The new version has no step “nowhere”")]
    [InlineData("""{ "leftUndone": ["nowhere"] }""", "The new version has no step “nowhere”")]
    [InlineData("""{ "begun": ["nowhere"] }""", "The new version has no step “nowhere”")]
    [InlineData("""{ "withdrawn": ["nowhere"] }""", "No version that a case runs on has a step “nowhere” to withdraw")]
    public async Task Begin_WithAMappingThatPointsNowhere_SaysWhere_AndMovesNothing(string mapping, string problem)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        int version = await PublishAsync(world, Titled());
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, Titled(version));
        await using CaseDb db = world.Context();

        MigrationAnswer refused = await Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, MappingJson.Read(mapping), Stop);

        Assert.Equal("mapping-invalid", refused.Code);
        Assert.StartsWith(problem, Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal(0, await db.Migrations.CountAsync(Stop));
    }

    [Fact]
    public async Task Begin_OfDifferentCasesOfAWorkflow_GoesOnBesideEachOther_AndOfTheSameIsRefused()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        int version = await PublishAsync(world, Titled());
        WorkflowMigration early = await MigrateAsync(world, await RehearsedWorld.RehearseAsync(world, Titled(version)), StepMapping.None);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Carter", PathFacts.Theft())) with { Urn = "05ZD1000003" }, "case-3");
        WorkflowRehearsal again = await RehearsedWorld.RehearseAsync(world, Titled(version));
        WorkflowMigration late = await MigrateAsync(world, again, StepMapping.None);
        await using CaseDb db = world.Context();

        MigrationAnswer first = await Begin(world).ReverseAsync(db, RehearsedWorld.Owner, early.Id, Stop);
        MigrationAnswer second = await Begin(world).ReverseAsync(world.Context(), RehearsedWorld.Owner, late.Id, Stop);
        MigrationAnswer same = await Begin(world).ReverseAsync(world.Context(), RehearsedWorld.Owner, early.Id, Stop);
        MigrationAnswer forth = await Begin(world).RunAsync(world.Context(), RehearsedWorld.Owner, again.Id, StepMapping.None, Stop);
        WorkflowMigration[] back = [await RunAsync(world, first.Id!), await RunAsync(world, second.Id!)];

        Assert.Equal(("migration-running", "migration-running"), (same.Code, forth.Code));
        Assert.Equal((2, 1), (early.Moved, late.Moved));
        Assert.Equal([(2, 0), (1, 0)], back.Select(x => (x.Moved, x.Skipped)));
        await world.RebuildAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Migrate_ACaseThatBreaks_IsLeftWithTheReason_AndTheOthersMove(DatabaseKind kind)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        int version = await PublishAsync(world, Titled());
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, Titled(version));
        await using CaseDb db = world.Context();
        InstanceRow broken = await db.Set<InstanceRow>().SingleAsync(x => x.UnitId == "case-1" && x.DefinitionId == "mags-charged", Stop);
        broken.State = InstanceJson.Write(InstanceJson.ReadState(broken.State) with { Name = "somebody changed this" });
        await db.SaveChangesAsync(Stop);

        WorkflowMigration done = await MigrateAsync(world, rehearsal, StepMapping.None);

        MigratedCase left = await db.Set<MigratedCase>().SingleAsync(x => x.MigrationId == done.Id && !x.Moved, Stop);
        Assert.Equal((1, 1, "case-1", "could-not-move"), (done.Moved, done.Skipped, left.UnitId, left.Code));
        Assert.Contains("come to its stored state", left.Words, StringComparison.Ordinal);
        Assert.Equal(["case-2"], await db.Set<JournalRow>().Where(x => x.Kind == "migrate").Select(x => x.UnitId).ToListAsync(Stop));
    }

    internal static BeginMigration Begin(PathWorld world) => new(new DraftingRights(world.Access, TimeProvider.System), world.Rules, TimeProvider.System);

    private static RunOperations Runner(PathWorld world, bool fails = false)
    {
        OperationKind kind = new MigrateCases(world.Runner, world.Rules, world.Access, world.Database, TimeProvider.System).Kind;
        return new RunOperations(world.Database, [fails ? kind with { Advance = async (db, operation, ct) => { await kind.Advance(db, operation, ct); throw new TimeoutException(); } } : kind], TimeProvider.System);
    }

    internal static async Task<WorkflowMigration> MigrateAsync(PathWorld world, WorkflowRehearsal rehearsal, StepMapping mapping)
    {
        await using CaseDb db = world.Context();
        MigrationAnswer answer = await Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, mapping, Stop);
        Assert.True(answer.Id is not null, answer.Message);
        return await RunAsync(world, answer.Id);
    }

    internal static async Task<WorkflowMigration> ReverseAsync(PathWorld world, string id)
    {
        await using CaseDb db = world.Context();
        return await RunAsync(world, (await Begin(world).ReverseAsync(db, RehearsedWorld.Owner, id, Stop)).Id!);
    }

    private static async Task<WorkflowMigration> RunAsync(PathWorld world, string id)
    {
        Assert.True(await Runner(world).RunTurnAsync(id, TimeSpan.FromMinutes(5), Stop));
        await using CaseDb db = world.Context();
        TrackedOperation ended = await db.Operations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
        Assert.True(ended.State == OperationState.Completed, ended.Failure);
        return await db.Migrations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
    }

    internal static async Task<int> PublishAsync(PathWorld world, string text)
    {
        await using CaseDb db = world.Context();
        WorkflowDefinition definition = DefinitionReader.Read(text);
        Assert.Null(await PublishedVersions.PublishAsync(db, text, "tests", PathWorld.Begin, PathWorld.Begin, Stop));
        await world.Rules.ReloadAsync(db, Stop);
        return definition.Version;
    }

    internal static async Task ClaimAsync(PathWorld world, WorkTask task)
    {
        await using CaseDb db = world.Context();
        Assert.IsType<Completed>(await world.Claiming.RunAsync(db, PathWorld.Caller(task.LaneRole), world.NextRequest(), world.Now, task.Id, Stop));
    }

    // Without the number of steps, which goes on also where a migration is taken back.
    internal static async Task<Dictionary<string, string>> StatesAsync(PathWorld world)
    {
        await using CaseDb db = world.Context();
        return (await db.Set<InstanceRow>().AsNoTracking().ToListAsync(Stop)).ToDictionary(x => x.Id, x => InstanceJson.Write(InstanceJson.ReadState(x.State) with { Sequence = 0 }));
    }

    private static string Titled(int version = 4)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Repository.PathOf("definitions/mags-charged/3.json"))
            .Replace("M4 Serve the initial details", "M4 Send the initial details", StringComparison.Ordinal))!.AsObject();
        json["version"] = version;
        return json.ToJsonString();
    }
}
