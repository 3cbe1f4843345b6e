using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.TestKit.Databases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Migrating;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Rehearsing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Overlays;

/// <summary>Cases of a force with an overlay are rehearsed on what they would get of a new baseline, which is where they move.</summary>
public sealed class OverlaidCasesMoveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_case_at_a_step_of_its_force_moves_by_itself_to_the_new_baseline_and_comes_back(DatabaseKind kind)
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(kind);
        await world.PublishAsync(DrawnOverlay.File(DrawnOverlay.Gate));
        await world.StartAsync("case-1");
        await world.StartAsync("elsewhere", force: "cheshire-police");
        PublicationRequest asked = Assert.IsType<PublicationRequested>(await world.AskBaselineAsync(Retitle)).Request;
        await world.AddOwnerOfMigrationsAsync();

        WorkflowRehearsal draft = await RehearsedWorld.RehearseAsync(world.Paths, asked.Text);
        Assert.IsType<PublicationDecided>(await world.ApproveAsync(asked));
        Dictionary<string, string> before = await MigrateCasesTests.StatesAsync(world.Paths);
        WorkflowMigration forth = await MigrateCasesTests.MigrateAsync(world.Paths, await RehearsedWorld.RehearseAsync(world.Paths, asked.Text), StepMapping.None);
        (int With, int Without) moved = (await world.RunsOnAsync("case-1"), await world.RunsOnAsync("elsewhere"));
        string[] steps = await world.StepsAsync("case-1");
        WorkflowMigration back = await MigrateCasesTests.ReverseAsync(world.Paths, forth.Id);

        Assert.Equal((2, 0, 0), (draft.Same + draft.Moves, draft.NeedsMapping, draft.Stranded));
        Assert.Equal((2, 0, 2, 0), (forth.Moved, forth.Skipped, back.Moved, back.Skipped));
        Assert.Equal((-2, 4), moved);
        Assert.Contains("merseyside-police-gate", steps);
        Assert.Equal((-1, 3), (await world.RunsOnAsync("case-1"), await world.RunsOnAsync("elsewhere")));
        Assert.Equivalent(before, await MigrateCasesTests.StatesAsync(world.Paths), strict: true);
        await world.Paths.RebuildAsync();
    }

    [Fact]
    public async Task A_draft_that_the_overlay_does_not_fit_strands_the_cases_of_its_force_and_says_why()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(DrawnOverlay.File("""{ "id": "sooner", "does": "due", "activity": "m6-defence", "value": "3 working days before hearing" }"""));
        await world.StartAsync("case-1");
        await world.StartAsync("elsewhere", force: "cheshire-police");
        await world.AddOwnerOfMigrationsAsync();

        WorkflowRehearsal draft = await RehearsedWorld.RehearseAsync(world.Paths, Next(DrawnOverlay.Baseline().Json.ToJsonString().Replace("\"m6-defence\"", "\"m6-represent\"", StringComparison.Ordinal)));

        await using CaseDb db = world.Paths.Context();
        List<RehearsedCase> rows = await db.Set<RehearsedCase>().Where(x => x.RehearsalId == draft.Id).OrderBy(x => x.UnitId).ToListAsync(Stop);
        Assert.Equal([("case-1", RehearsalClass.Stranded), ("elsewhere", RehearsalClass.NeedsMapping)], rows.Select(x => (x.UnitId, (RehearsalClass)x.Class)));
        Assert.Equal(("overlay-unfit", "m6-defence"), (rows[0].Code, rows[0].ActivityId));
        Assert.Contains("“As merseyside-police does it”", rows[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_case_takes_up_an_overlay_that_came_later_and_what_it_has_gone_past_is_mapped()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.StartAsync("case-1");
        await world.StartAsync("elsewhere", force: "cheshire-police");
        await world.PublishAsync(DrawnOverlay.File(DrawnOverlay.Gate));
        await world.AddOwnerOfMigrationsAsync();
        StepMapping passed = StepMapping.None with { Passed = StepMapping.None.Passed.Add("merseyside-police-gate", new PassedStep("Passed")) };

        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world.Paths, DrawnOverlay.Baseline().Json.ToJsonString());
        WorkflowMigration done = await MigrateCasesTests.MigrateAsync(world.Paths, rehearsal, passed);

        Assert.Equal((1, 0, 1, 0), (rehearsal.Same, rehearsal.Moves, rehearsal.NeedsMapping, rehearsal.Stranded));
        Assert.Equal((1, 1), (done.Moved, done.Skipped));
        Assert.Equal((-1, 3), (await world.RunsOnAsync("case-1"), await world.RunsOnAsync("elsewhere")));
        Assert.Contains("m4-serve-initial-details", await world.StepsAsync("case-1"));
        await world.Paths.RebuildAsync();
    }

    private static void Retitle(JsonObject json) =>
        json["root"]!["activities"]!.AsArray().Single(x => x!["id"]!.GetValue<string>() == "m6-defence")!["metadata"]!["displayText"] = "Another title";

    private static string Next(string text)
    {
        JsonObject json = JsonNode.Parse(text)!.AsObject();
        json["version"] = DrawnOverlay.Baseline().Version + 1;
        return json.ToJsonString();
    }
}
