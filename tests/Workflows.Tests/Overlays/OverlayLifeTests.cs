using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.TestKit.Databases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Migrating;
using Assize.Workflows.Overlays;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Rehearsing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Overlays;

public sealed class OverlayLifeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task New_cases_of_the_force_take_it_from_its_day_and_no_other_does(DatabaseKind kind)
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(kind);
        await world.StartAsync("running");

        await world.PublishAsync(DrawnOverlay.File(DrawnOverlay.Gate, from: "2026-03-01"));
        await world.StartAsync("new");
        await world.StartAsync("before", legalDate: new DateOnly(2026, 2, 28));
        await world.StartAsync("elsewhere", force: "cheshire-police");

        Assert.Equal((int[])[3, -1, 3, 3], await world.VersionsAsync("running", "new", "before", "elsewhere"));
        Assert.Contains("merseyside-police-gate", await world.StepsAsync("new"));
        Assert.DoesNotContain("m4-serve-initial-details", await world.StepsAsync("new"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_area_comes_after_the_force_and_running_cases_keep_what_they_began_with(DatabaseKind kind)
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(kind);
        await world.PublishAsync(DrawnOverlay.File(DrawnOverlay.Gate));
        await world.StartAsync("force");
        await world.PublishAsync(DrawnOverlay.File("""{ "id": "sooner", "does": "due", "activity": "m7-court-preparation", "value": "5 working days before hearing" }""", "Merseyside", "area"));
        await world.StartAsync("both");
        await world.StartAsync("area", force: "cheshire-police");
        await world.PublishAsync(DrawnOverlay.File("""{ "id": "urgent", "does": "input", "activity": "m5-initial-review", "input": "priority", "value": "Urgent" }""", from: "2026-03-02"));
        await world.StartAsync("newer");

        Assert.Equal((int[])[-1, -3, -2], await world.VersionsAsync("force", "both", "area"));
        int version = await world.VersionAsync("newer");
        await using CaseDb db = world.Paths.Context();
        EffectiveVersion newer = await db.Set<EffectiveVersion>().SingleAsync(x => x.Version == version, TestContext.Current.CancellationToken);
        Assert.True(version < -3);
        Assert.Equal((3, 2, 1), (newer.Baseline, newer.ForceVersion, newer.AreaVersion));
    }

    [Fact]
    public async Task A_retired_overlay_leaves_its_cases_as_they_are()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(DrawnOverlay.File(DrawnOverlay.Gate));
        await world.StartAsync("case-1");

        Assert.Equal(DraftingRights.Missing, Assert.IsType<DraftRefused>(await world.RetireAsync("merseyside-police.mags-charged", "basil")).Code);
        Assert.IsType<OverlayRetired>(await world.RetireAsync("merseyside-police.mags-charged"));
        Assert.Equal("overlay-not-found", Assert.IsType<DraftRefused>(await world.RetireAsync("merseyside-police.mags-charged")).Code);
        await world.StartAsync("after");
        await world.Paths.DoAsync("merseyside-police-gate", "Passed", """{ "material": ["charge", "summary"], "servedOn": "2026-03-02" }""");

        Assert.Equal((int[])[-1, 3], await world.VersionsAsync("case-1", "after"));
        Assert.Contains("m4-serve-initial-details", await world.StepsAsync("case-1"));
        await world.Paths.RebuildAsync();
    }

    [Fact]
    public async Task Whoever_holds_the_baseline_drafts_no_overlay_of_a_force()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.SaveAsync(DrawnOverlay.File(DrawnOverlay.Gate), "basil"));

        Assert.Equal(DraftingRights.Missing, refused.Code);
        Assert.Contains("merseyside-police", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_that_loses_a_step_of_an_overlay_waits_until_the_overlay_fits_or_is_retired()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(DrawnOverlay.File("""{ "id": "sooner", "does": "due", "activity": "m6-defence", "value": "3 working days before hearing" }"""));

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskBaselineAsync(x => Rename(x, "m6-defence", "m6-represent")));
        Assert.Contains("“As merseyside-police does it” (merseyside-police.mags-charged 1) no longer fits. Operation “sooner”, step “m6-defence”", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);

        // The overlay can be made for the version that is still a draft.
        await world.PublishAsync(DrawnOverlay.File("""{ "id": "sooner", "does": "due", "activity": "m6-represent", "value": "3 working days before hearing" }""", first: 4, from: "2026-03-01"));
        PublicationRequest asked = Assert.IsType<PublicationRequested>(await world.AskBaselineAsync(x => Rename(x, "m6-defence", "m6-represent"))).Request;
        Assert.Contains("no longer fits", OverlayWorld.Said(Assert.IsType<DraftRefused>(await world.AskBaselineAsync(x => Rename(x, "m6-defence", "m6-other")))), StringComparison.Ordinal);
        Assert.IsType<PublicationDecided>(await world.ApproveAsync(asked));
        await world.StartAsync("case-1");
        Assert.Contains("m6-represent", await world.StepsAsync("case-1"));
        Assert.True(await world.VersionAsync("case-1") < 0);
    }

    [Fact]
    public async Task A_baseline_that_still_fits_takes_the_overlay_along()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(DrawnOverlay.File(DrawnOverlay.Gate));

        PublicationRequest asked = Assert.IsType<PublicationRequested>(await world.AskBaselineAsync(x => Step(x, "m6-defence")["metadata"]!["displayText"] = "Another title")).Request;
        Assert.IsType<PublicationDecided>(await world.ApproveAsync(asked));
        await world.StartAsync("case-1");

        Assert.Equal(-2, await world.VersionAsync("case-1"));
        Assert.Contains("merseyside-police-gate", await world.StepsAsync("case-1"));
    }

    [Fact]
    public async Task A_migrated_case_keeps_what_its_force_does_otherwise()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);
        await world.PublishAsync(DrawnOverlay.File("""{ "id": "sooner", "does": "due", "activity": "m6-defence", "value": "3 working days before hearing" }"""));
        await world.StartAsync("case-1");
        await world.StartAsync("elsewhere", force: "cheshire-police");
        PublicationRequest asked = Assert.IsType<PublicationRequested>(await world.AskBaselineAsync(x => Step(x, "m6-defence")["metadata"]!["displayText"] = "Another title")).Request;
        Assert.IsType<PublicationDecided>(await world.ApproveAsync(asked));
        await world.AddOwnerOfMigrationsAsync();

        WorkflowMigration done = await MigrateCasesTests.MigrateAsync(world.Paths, await RehearsedWorld.RehearseAsync(world.Paths, asked.Text), StepMapping.None);

        Assert.Equal((2, 0), (done.Moved, done.Skipped));
        Assert.Equal((-2, 4), (await world.RunsOnAsync("case-1"), await world.RunsOnAsync("elsewhere")));
        await world.Paths.RebuildAsync();
    }

    [Theory]
    [InlineData("statutory-step-changed", """{ "id": "x", "does": "due", "activity": "m4-serve-initial-details", "value": "on hearing" }""")]
    [InlineData("statutory-step-changed", """{ "id": "x", "does": "role", "activity": "m4-serve-initial-details", "value": "advocate" }""")]
    [InlineData("statutory-step-changed", """{ "id": "x", "does": "queue", "activity": "m4-deadline", "value": "police" }""")]
    [InlineData("statutory-step-changed", """{ "id": "x", "does": "input", "activity": "m4-serve-initial-details", "input": "outcomes", "value": "Served" }""")]
    [InlineData("flow-runs-dry", """{ "id": "x", "does": "input", "activity": "m3-find-day", "input": "outcomes", "value": "Listed, Never" }""")]
    [InlineData("role-unknown", """{ "id": "x", "does": "role", "activity": "m3-find-day", "value": "wizard" }""")]
    [InlineData("date-rule-unreadable", """{ "id": "x", "does": "due", "activity": "m3-find-day", "value": "soon" }""")]
    public async Task What_the_law_or_soundness_forbids_is_refused_by_operation_step_and_reason(string code, string operations)
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskAsync(DrawnOverlay.File(operations)));

        Assert.Contains(refused.Problems, x => x.Code == code);
        if (code.StartsWith("statutory", StringComparison.Ordinal))
        {
            Assert.Contains("Operation “x”, step “", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_way_round_a_required_step_is_refused_with_the_way()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskAsync(DrawnOverlay.File("""
            { "id": "short", "does": "add", "activity": "m10-plea-before-venue", "port": "NotGuiltyIndicated", "type": "Assize.CaseTask", "title": "Agree on the court",
              "inputs": { "agency": "court", "role": "legal-adviser", "form": "attendance", "outcomes": "Disagreed, Agreed" }, "leads": { "Agreed": "m13-case-management" } }
            """, workflow: "mags-charged-defendant", first: 2)));

        DefinitionProblem problem = Assert.Single(refused.Problems);
        Assert.Equal(("statutory-trace-differs", "merseyside-police-short"), (problem.Code, problem.ActivityId));
        Assert.Contains("Operation “short”", problem.Message, StringComparison.Ordinal);
        Assert.Contains("“Agree on the court” answers Agreed", problem.Message, StringComparison.Ordinal);
        output.WriteLine(problem.Message);
    }

    [Fact]
    public async Task A_step_before_a_deadline_that_counts_from_its_beginning_is_refused()
    {
        await using OverlayWorld world = await OverlayWorld.OpenAsync(DatabaseKind.Sqlite);

        DraftRefused refused = Assert.IsType<DraftRefused>(await world.AskAsync(DrawnOverlay.File("""
            { "id": "x", "does": "add", "activity": "x-next", "port": "Trial", "type": "Assize.CaseTask", "title": "Wait a little",
              "inputs": { "agency": "police", "role": "case-builder", "form": "initial-details", "outcomes": "Waited" } }
            """, workflow: "mags-charged-defendant", first: 2)));

        Assert.Equal("statutory-deadline-moved", Assert.Single(refused.Problems).Code);
    }

    private static void Rename(JsonObject json, string step, string to)
    {
        Step(json, step)["id"] = to;
        foreach (JsonNode? line in json["root"]!["connections"]!.AsArray())
        {
            foreach (string end in (string[])["source", "target"])
            {
                if (line![end]!["activity"]!.GetValue<string>() == step)
                {
                    line[end]!["activity"] = to;
                }
            }
        }
    }

    private static JsonObject Step(JsonObject json, string id) => json["root"]!["activities"]!.AsArray().Select(x => x!.AsObject()).Single(x => x["id"]!.GetValue<string>() == id);
}
