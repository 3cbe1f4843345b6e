using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Tests.Commands;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Storage;

public sealed class RebuildPropertyTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AnyDefinition_AnyStimuli_JournalRebuildsWhatIsStored(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(DefinitionReader.Read(DefinitionGenerator.ChildJson));
        Met met = new();
        int steps = 0;
        unit.Owner.OnAdvanced = session =>
        {
            steps += session.Taken.Count;
            foreach (StepTaken step in session.Taken)
            {
                met.Count([.. step.Notes], [.. step.Before is null && step.After.ParentId is not null
                    ? [new StartChild(step.After.Id, step.After.DefinitionId, null, [], null, null, null)] : Array.Empty<Effect>()]);
            }
        };
        int cases = 0;

        await DefinitionGenerator.Gen.SampleAsync(drawn => CaseAsync(unit, drawn, Interlocked.Increment(ref cases)), iter: 100, threads: 1, seed: "0000KOIKICU5");

        // To the console, so that a run of all tests shows it.
        Console.WriteLine($"Rebuilt from the journal on {kind}: {cases} cases, {steps} steps: {met}");
        Assert.True(met is { Joins: > 0, BackwardConnections: > 0, Cancellations: > 0, Children: > 0, Incidents: > 0, EarlyLeaves: > 0 }, met.ToString());
    }

    private static async Task CaseAsync(UnitHarness unit, DrawnCase drawn, int number)
    {
        JsonObject json = JsonNode.Parse(drawn.Json)!.AsObject();
        json["definitionId"] = $"drawn-{number}";
        await unit.PublishAsync(DefinitionReader.Read(json.ToJsonString()));
        string unitId = $"unit-{number}";
        await unit.StartAsync($"drawn-{number}", unitId);
        await unit.HoldsAsync(unitId);
        await RandomUnit.PlayAsync(unit, unitId, drawn.Dice, () => unit.HoldsAsync(unitId));
    }
}
