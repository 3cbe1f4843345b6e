using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Migrating;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Rehearsing;

public sealed class LawfulMappingTests
{
    private const string Step = "m4-serve-initial-details";
    private const string Renamed = """{ "renamed": { "m4-serve-initial-details": "m4-send-initial-details" } }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{ "withdrawn": ["m4-serve-initial-details"] }""")]
    [InlineData("""{ "passed": { "m4-serve-initial-details": { "outcome": "Served" } } }""")]
    [InlineData("""{ "leftUndone": ["m4-serve-initial-details"] }""")]
    [InlineData("""{ "renamed": { "m4-serve-initial-details": "m6-defence" } }""")]
    [InlineData("""{ "renamed": { "m6-defence": "m4-serve-initial-details" } }""")]
    public async Task Begin_WithAMappingOfAStepThatTheLawRequires_IsRefused_WithItsSource(string mapping)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(DatabaseKind.Sqlite);
        int version = await MigrateCasesTests.PublishAsync(world, Drawn(Step));
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, Drawn(Step, version));
        await using CaseDb db = world.Context();

        MigrationAnswer refused = await MigrateCasesTests.Begin(world).RunAsync(db, RehearsedWorld.Owner, rehearsal.Id, MappingJson.Read(mapping), Stop);

        Assert.Equal("mapping-invalid", refused.Code);
        Assert.StartsWith("The law requires the step “Serve the initial details” (Criminal Procedure Rules, r. 8.2).", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal(0, await db.Migrations.CountAsync(Stop));
    }

    // The cases of this world were charged in March 2026.
    [Theory]
    [InlineData(DatabaseKind.Sqlite, "2025-01-01", "2025-12-31", 2)]
    [InlineData(DatabaseKind.Sqlite, "2025-01-01", "2026-12-31", 0)]
    [InlineData(DatabaseKind.Postgres, "2027-01-01", null, 2)]
    [InlineData(DatabaseKind.Postgres, "2026-01-01", null, 0)]
    public async Task Migrate_WithAMappingOfAStepOfAnotherDaysLaw_MovesTheCasesThatTheLawIsNotFor_AndNoOther(DatabaseKind kind, string from, string? to, int moved)
    {
        await using PathWorld world = await RehearsedWorld.OpenAsync(kind);
        await RequireAsync(world, from, to);
        string drawn = Drawn("m4-send-initial-details");
        await MigrateCasesTests.PublishAsync(world, drawn);
        WorkflowRehearsal rehearsal = await RehearsedWorld.RehearseAsync(world, drawn);
        Dictionary<string, string> before = await MigrateCasesTests.StatesAsync(world);

        WorkflowMigration done = await MigrateCasesTests.MigrateAsync(world, rehearsal, MappingJson.Read(Renamed));

        Assert.Equal((0, 2), (rehearsal.Same + rehearsal.Moves, rehearsal.NeedsMapping));
        Assert.Equal((moved, 2 - moved), (done.Moved, done.Skipped));
        await using CaseDb db = world.Context();
        Assert.All(await db.Set<MigratedCase>().Where(x => x.MigrationId == done.Id && !x.Moved).ToListAsync(Stop), left =>
        {
            Assert.Equal("needs-mapping", left.Code);
            Assert.EndsWith("The law of its day requires a step that the mapping names, so nothing is decided about that step.", left.Words, StringComparison.Ordinal);
        });
        if (moved == 0)
        {
            Assert.Equal(before.Select(x => (x.Key, x.Value)).Order(), (await MigrateCasesTests.StatesAsync(world)).Select(x => (x.Key, x.Value)).Order());
        }
        await world.RebuildAsync();
    }

    private static string Drawn(string id, int version = 4)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Repository.PathOf("definitions/mags-charged/3.json")).Replace(Step, id, StringComparison.Ordinal))!.AsObject();
        json["version"] = version;
        return json.ToJsonString();
    }

    private static async Task RequireAsync(PathWorld world, string from, string? to)
    {
        JsonObject table = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("definitions/statutory/required-steps/1.json"), Stop))!.AsObject();
        table["version"] = 2;
        foreach (JsonNode? step in table["steps"]!.AsArray())
        {
            (step!["from"], step["to"]) = (from, to);
        }
        string text = table.ToJsonString();
        await using CaseDb db = world.Context();
        db.Add(new PublishedResource
        {
            Kind = StatutorySteps.Kind,
            Id = StatutorySteps.Required,
            Version = 2,
            Hash = "tests",
            EffectiveFrom = null,
            Text = text,
            PublishedAt = PathWorld.Begin,
        });
        await db.SaveChangesAsync(Stop);
        await world.Rules.ReloadAsync(db, Stop);
    }
}
