using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Commands;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>A case whose alternative charge goes wrong before noon.</summary>
public sealed class RetryIncidentTests
{
    private const string NotBeforeNoon = "if (new Date().getUTCHours() < 12) { throw 'too early' } 'Lay it.'";

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_step_that_went_wrong_is_taken_again_until_it_goes_well(DatabaseKind kind)
    {
        await using PathWorld world = await HaltedAsync(kind);
        string first = await IncidentAsync(world);

        Completed again = Assert.IsType<Completed>(await RetryAsync(world, "r1", first));
        string second = await IncidentAsync(world);
        Assert.False((bool)again.Body!["goesOn"]!);
        Assert.NotEqual(first, second);
        Assert.True(Assert.IsType<Completed>(await RetryAsync(world, "r1", first)).Replayed);
        Assert.IsType<KeyReused>(await RetryAsync(world, "r1", second));
        Assert.Equal("incident-not-found", Assert.IsType<Refused>(await RetryAsync(world, "r2", first)).Code);

        world.Now = world.Now.AddHours(5);
        Completed well = Assert.IsType<Completed>(await RetryAsync(world, "r3", second));
        Assert.True((bool)well.Body!["goesOn"]!);
        Assert.Contains("m5-alternative-charge", await world.OpenAsync());
        Assert.Equal("incident-not-found", Assert.IsType<Refused>(await RetryAsync(world, "r4", second)).Code);
        await using CaseDb db = world.Context();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(x => x.Action == AccessActions.RetryIncident, TestContext.Current.CancellationToken));
        await world.RebuildAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whoever_does_not_run_the_case_is_refused(DatabaseKind kind)
    {
        await using PathWorld world = await HaltedAsync(kind);
        string incident = await IncidentAsync(world);

        Assert.Equal(AccessCodes.RoleMissing, Assert.IsType<Refused>(await RetryAsync(world, "r1", incident, "legal-adviser")).Code);

        Assert.Equal(incident, await IncidentAsync(world));
    }

    [Fact]
    public async Task A_retry_keeps_within_the_budget()
    {
        await using PathWorld world = await HaltedAsync(DatabaseKind.Postgres);
        Assert.IsType<Completed>(await RetryAsync(world, "r1", await IncidentAsync(world)));
        string incident = await IncidentAsync(world);
        await using StatementCounter counter = world.Watch();

        Assert.IsType<Completed>(await RetryAsync(world, "r2", incident));

        Assert.Null(CommandBudgets.Of("retry an incident").Exceeded("retry an incident of a case", counter));
    }

    private static async Task<PathWorld> HaltedAsync(DatabaseKind kind)
    {
        PathWorld world = await PathWorld.OpenAsync(kind, change: Faulty);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Theft())));
        await world.DoAsync(
            "m5-initial-review", "AlternativeCharge", """{ "test": "met", "anticipatedPlea": "UNKNOWN", "alternativeCode": "TH68001", "alternativeWording": "Another one." }""");
        return world;
    }

    private static DefinitionFile Faulty(DefinitionFile file)
    {
        if (file is not { Kind: "workflow", Id: "mags-charged", Version: 3 })
        {
            return file;
        }
        JsonNode drawing = JsonNode.Parse(file.Text)!;
        JsonNode step = drawing["root"]!["activities"]!.AsArray().Single(x => (string)x!["id"]! == "m5-alternative-charge")!;
        step["instructions"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = NotBeforeNoon } };
        return file with { Text = drawing.ToJsonString() };
    }

    private static async Task<CommandAnswer> RetryAsync(PathWorld world, string request, string incident, string by = "reviewing-lawyer")
    {
        await using CaseDb db = world.Context();
        return await world.Retrying.RunAsync(db, PathWorld.Caller(by), request, world.Now, PathWorld.CaseId, incident, "It is later now", TestContext.Current.CancellationToken);
    }

    private static async Task<string> IncidentAsync(PathWorld world)
    {
        await using CaseDb db = world.Context();
        string state = await db.Set<InstanceRow>().AsNoTracking().Where(x => x.Incidents > 0).Select(x => x.State).SingleAsync(TestContext.Current.CancellationToken);
        return Engine.Instances.InstanceJson.ReadState(state).Incidents.Single().Id;
    }
}
