using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Migrating;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

public sealed class LaneChangeTests
{
    private const string Step = "m4-serve-initial-details";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Migrate_ToAnotherAgency_FreesTheTask_WhichThatAgencyTakes_AndGivesItBackWithTheMigration(DatabaseKind kind)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        WorkTask claimed = await ClaimedAsync(world);

        WorkflowMigration forth = await MigrateAsync(world, "defence", "solicitor");
        WorkTask freed = await world.TaskAsync(Step);
        await MigrateCasesTests.ClaimAsync(world, freed);
        WorkTask taken = await world.TaskAsync(Step);
        await MigrateCasesTests.ReverseAsync(world, forth.Id);

        Assert.Equal((claimed.Id, TaskState.Open, null, null), (freed.Id, freed.State, freed.Assignee, freed.ClaimedAt));
        Assert.Equal(("harbour-defence", "solicitor"), (freed.LaneAgency, freed.LaneRole));
        Assert.Equal("solicitor", taken.Assignee);
        Assert.Equivalent(claimed, await world.TaskAsync(Step), strict: true);
        Assert.Equal(
            [(AccessActions.ReleaseTask, "paralegal-officer"), (AccessActions.ReleaseTask, "solicitor"), (AccessActions.ClaimTask, "paralegal-officer")], await ToldAsync(world, claimed.Id));
        await world.RebuildAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Migrate_ToAnAgencyThatHadNoPart_MakesItOne_SoThatItSeesAndTakesTheTask(DatabaseKind kind)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        WorkTask task = await world.TaskAsync(Step);
        Caller wanda = new("wanda", "wirral-defence", [], "Wanda", false, "tests");
        await using CaseDb db = world.Context();
        db.Add(new Agency { Id = wanda.Agency, Kind = "defence", Name = "Wirral Defence", Status = DirectoryStatus.Active });
        db.Add(new Person { Subject = wanda.Subject, Name = "Wanda", Agency = wanda.Agency, IsSystem = false, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = wanda.Subject, Role = "solicitor", Agency = wanda.Agency, From = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync(Stop);

        await MigrateAsync(world, wanda.Agency, "solicitor");

        Assert.True(await world.Access.VisibleTasks(db, wanda).AnyAsync(x => x.Id == task.Id, Stop));
        Assert.IsType<Completed>(await world.Claiming.RunAsync(world.Context(), wanda, world.NextRequest(), world.Now, task.Id, Stop));
        Assert.Equal("Task: M4 Serve the initial details", (await db.Participants.SingleAsync(x => x.CaseId == task.CaseId && x.Agency == wanda.Agency, Stop)).Reason);
    }

    [Theory]
    [InlineData(false, TaskState.Open, null)]
    [InlineData(true, TaskState.Claimed, "paralegal-officer")]
    public async Task Migrate_ToAnotherRole_KeepsTheTaskWithWhoeverHasThatRoleToo(bool hasBoth, string state, string? holder)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        WorkTask claimed = await ClaimedAsync(world);
        if (hasBoth)
        {
            await using CaseDb db = world.Context();
            db.Add(new HomeRole { Subject = claimed.Assignee!, Role = "reviewing-lawyer", Agency = claimed.LaneAgency, From = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(Stop);
        }

        WorkflowMigration forth = await MigrateAsync(world, "prosecutor", "reviewing-lawyer");
        WorkTask moved = await world.TaskAsync(Step);
        await MigrateCasesTests.ReverseAsync(world, forth.Id);

        Assert.Equal((state, holder), (moved.State, moved.Assignee));
        Assert.Equivalent(claimed, await world.TaskAsync(Step), strict: true);
    }

    [Fact]
    public async Task TakeBack_OfATaskWhoseHolderHasLeftTheLane_LeavesItFree()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        WorkTask claimed = await ClaimedAsync(world);
        WorkflowMigration forth = await MigrateAsync(world, "defence", "solicitor");
        await using CaseDb db = world.Context();
        await db.Set<HomeRole>().Where(x => x.Subject == claimed.Assignee).ExecuteDeleteAsync(Stop);

        await MigrateCasesTests.ReverseAsync(world, forth.Id);

        WorkTask back = await world.TaskAsync(Step);
        Assert.Equal((TaskState.Open, null, "paralegal-officer"), (back.State, back.Assignee, back.LaneRole));
    }

    [Fact]
    public async Task TakeBack_OfACompletionInTheNewLane_GivesTheTaskToThatLane()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        WorkTask claimed = await ClaimedAsync(world);
        await MigrateAsync(world, "defence", "solicitor");
        await world.DoAsync(Step, "Served", """{ "material": ["charge", "summary"], "servedOn": "2026-03-02" }""");
        await using CaseDb db = world.Context();

        Assert.IsType<Completed>(await world.Reinstating.RunAsync(db, PathWorld.Caller("solicitor"), world.NextRequest(), world.Now, claimed.Id, "Too early", Stop));

        WorkTask again = await world.TaskAsync(Step);
        Assert.Equal((TaskState.Open, null, null), (again.State, again.Assignee, again.Undo));
    }

    private static async Task<WorkTask> ClaimedAsync(PathWorld world)
    {
        await MigrateCasesTests.ClaimAsync(world, await world.TaskAsync(Step));
        return await world.TaskAsync(Step);
    }

    private static async Task<WorkflowMigration> MigrateAsync(PathWorld world, string agency, string role)
    {
        JsonObject text = JsonNode.Parse(File.ReadAllText(Repository.PathOf("definitions/mags-charged/3.json")))!.AsObject();
        text["version"] = 4;
        JsonNode step = text["root"]!["activities"]!.AsArray().Single(x => (string?)x!["id"] == Step)!;
        (step["agency"]!["expression"]!["value"], step["role"]!["expression"]!["value"]) = (agency, role);
        await MigrateCasesTests.PublishAsync(world, text.ToJsonString());
        WorkflowMigration done = await MigrateCasesTests.MigrateAsync(world, await RehearsedWorld.RehearseAsync(world, text.ToJsonString()), StepMapping.None);
        Assert.Equal((2, 0), (done.Moved, done.Skipped));
        return done;
    }

    private static async Task<List<(string Action, string? Holder)>> ToldAsync(PathWorld world, string task)
    {
        await using CaseDb db = world.Context();
        List<AuditEntry> told = await db.Set<AuditEntry>().AsNoTracking().Where(x => x.SubjectKind == "task" && x.SubjectId == task && x.Actor == RehearsedWorld.Owner.Subject).ToListAsync(Stop);
        return [.. told.OrderBy(x => x.At).ThenBy(x => x.Action == AccessActions.ClaimTask).Select(x => (x.Action, (string?)JsonNode.Parse(x.Detail!)!["holder"]))];
    }
}
