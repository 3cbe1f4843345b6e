using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

/// <summary>Nobody stops working while a version is rehearsed and cases move to it.</summary>
public sealed class CasesThatGoOnTests
{
    private const string Served = """{ "material": ["charge", "summary"], "servedOn": "2026-03-02" }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_ACaseThatWentOnSinceThePlan_MovesAsItStandsNow_OrIsLeftWithTheReason()
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        string text = WithoutLateService();
        await PublishAsync(world, text);
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, text);
        await using CaseDb db = world.Context();
        string id = (await MigrateCasesTests.Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, StepMapping.None, Stop)).Id!;
        // One goes the way that the new version no longer has, after the plan was made and before its turn.
        await world.DoAsync("m4-serve-initial-details", "ServedLate", """{ "material": ["charge", "summary"], "servedOn": "2026-03-02", "lateReason": "It was mislaid." }""");

        Assert.True(await Runner(world).RunTurnAsync(id, TimeSpan.FromMinutes(5), Stop));

        Assert.Equal((2, 0), (rehearsal.Same + rehearsal.Moves, rehearsal.NeedsMapping));
        WorkflowMigration done = await db.Migrations.AsNoTracking().SingleAsync(x => x.Id == id, Stop);
        Assert.Equal((1, 1), (done.Moved, done.Skipped));
        MigratedCase left = await db.Set<MigratedCase>().AsNoTracking().SingleAsync(x => x.MigrationId == id && !x.Moved, Stop);
        Assert.Equal(("case-2", "needs-mapping"), (left.UnitId, left.Code));
        Assert.Contains("was ended by an outcome that it does not have in the new version", left.Words, StringComparison.Ordinal);
        await world.RebuildAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Rehearse_WhileCasesMoveAndBegin_ComesToAnEnd_AndTheirJournalsStayAsTheyWere(DatabaseKind kind)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        string text = WithoutLateService();
        await PublishAsync(world, text);
        WorkflowRehearsal before = await RehearsedWorld.RehearseAsync(world, text);
        await using CaseDb db = world.Context();
        string migration = (await MigrateCasesTests.Begin(world).RunAsync(db, RehearsedWorld.Owner, before.Id, StepMapping.None, Stop)).Id!;

        Task<bool> moving = Runner(world).RunTurnAsync(migration, TimeSpan.FromMinutes(5), Stop);
        Task working = WorkAsync(world);
        List<WorkflowRehearsal> meanwhile = [];
        do
        {
            meanwhile.Add(await RehearsedWorld.RehearseAsync(world, text));
        }
        while (!moving.IsCompleted || !working.IsCompleted);

        Assert.True(await moving);
        await working;
        WorkflowRehearsal after = await RehearsedWorld.RehearseAsync(world, text);
        Assert.All(meanwhile, x => Assert.InRange(x.Same + x.Moves, 2, 4));
        Assert.Equal((4, 0, 0), (after.Same + after.Moves, after.NeedsMapping, after.Stranded));
        await world.RebuildAsync();
    }

    private static async Task WorkAsync(PathWorld world)
    {
        await world.DoAsync("m4-serve-initial-details", "Served", Served);
        foreach (int number in (int[])[3, 4])
        {
            await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Carter", PathFacts.Theft())) with { Urn = $"05ZD100000{number}" }, $"case-{number}");
        }
    }

    private static RunOperations Runner(PathWorld world) =>
        new(world.Database, [new MigrateCases(world.Runner, world.Rules, world.Access, world.Database, TimeProvider.System).Kind], TimeProvider.System);

    private static async Task PublishAsync(PathWorld world, string text)
    {
        await using CaseDb db = world.Context();
        Assert.Null(await PublishedVersions.PublishAsync(db, text, "tests", PathWorld.Begin, PathWorld.Begin, Stop));
        await world.Rules.ReloadAsync(db, Stop);
    }

    // The next version, in which the initial details are served or not, and never late.
    private static string WithoutLateService()
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Repository.PathOf("definitions/mags-charged/3.json")).Replace("""[\"Served\", \"ServedLate\"]""", """[\"Served\"]""", StringComparison.Ordinal))!.AsObject();
        json["version"] = 4;
        JsonArray arrows = json["root"]!["connections"]!.AsArray();
        arrows.Remove(arrows.Single(x => x!["source"]!["port"]?.GetValue<string>() == "ServedLate"));
        return json.ToJsonString();
    }
}
