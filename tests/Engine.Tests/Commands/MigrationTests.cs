using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class MigrationTests
{
    // Few, so that most are still open when they are to move.
    private const int Steps = 3;

    private static readonly Gen<(DrawnCase Drawn, int[] Edits, int[] Later)> s_pair =
        Gen.Select(DefinitionGenerator.Gen, Gen.Int[0, 999].Array[3, 12], Gen.Int[0, 999].Array[0, 8]);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AnyPairOfVersions_MigratesOrIsRefused_AndComesBack(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(DefinitionReader.Read(DefinitionGenerator.ChildJson));
        (int number, int moved, int refused) = (0, 0, 0);

        string done = "";
        if (SeedRange.Of("ASSIZE_MIGRATION_PAIRS") is { } range)
        {
            done = await range.RunAsync(s_pair, Hold);
        }
        else
        {
            await s_pair.SampleAsync(Hold, iter: 60, threads: 1);
        }

        Console.WriteLine($"Pairs of versions on {kind}: {number}, moved {moved}, refused {refused}. {done}");
        Assert.True(moved > 0 && refused > 0, $"moved {moved}, refused {refused}");

        async Task Hold((DrawnCase Drawn, int[] Edits, int[] Later) pair)
        {
            switch (await PairAsync(unit, pair.Drawn, pair.Edits, pair.Later, ++number))
            {
                case true:
                    moved++;
                    break;
                case false:
                    refused++;
                    break;
            }
        }
    }

    [Fact]
    public async Task Migrate_ATokenAtAJoin_AChildAndATimer_StayAsTheyAre_AndGoOn()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(DefinitionReader.Read(DefinitionGenerator.ChildJson), Joined(1), Joined(2, "checked"));
        string id = "instance-1";
        await unit.MustAsync(UnitAddress.New("unit"), new StartStep("drawn", [], Version: 1, InstanceId: id));
        await unit.CompleteAsync("a");
        InstanceState before = await unit.StateAsync(id);

        await unit.MustAsync(UnitAddress.Existing("unit"), Step(2));
        InstanceState after = await unit.StateAsync(id);
        await unit.HoldsAsync();
        unit.Now = before.Waits.Single(w => w.Kind == WaitKind.Timer).Due!.Value;
        await unit.FireTimersAsync();
        await unit.CompleteAsync("child-task");

        Assert.Equal(2, after.DefinitionVersion);
        Assert.Equal(before.Waits.Select(w => (w.Id, w.Due, w.ChildId)).Order(), after.Waits.Select(w => (w.Id, w.Due, w.ChildId)).Order());
        Assert.Equal("checked", (await unit.StateAsync(id)).Waits.Single().ActivityId);
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Migrate_Twice_OrBackAfterItWentOn_IsRefusedWithAReason()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Tasks(1, "a", "b"), Tasks(2, "a", "b", "c"));
        await unit.MustAsync(UnitAddress.New("unit"), new StartStep("drawn", [], Version: 1));
        UnitCommand migrate = unit.Command(UnitAddress.Existing("unit"), Step(2));
        Assert.IsType<Completed>(await unit.RunAsync(migrate));

        Refused again = Assert.IsType<Refused>(await unit.RunAsync(UnitAddress.Existing("unit"), Step(2)));
        await unit.CompleteAsync("a");
        Refused back = Assert.IsType<Refused>(await unit.RunAsync(UnitAddress.Existing("unit"), new ReverseMigrationStep($"test/{migrate.RequestId}")));

        Assert.Equal(("version-same", "acted-since"), (again.Code, back.Code));
        await unit.HoldsAsync();
    }

    // Null where the instance had ended before.
    private static async Task<bool?> PairAsync(UnitHarness unit, DrawnCase drawn, int[] edits, int[] later, int number)
    {
        string id = $"drawn-{number}";
        await unit.PublishAsync(Version(drawn.Json, id, 1), Version(DefinitionMutant.Of(drawn.Json, edits), id, 2));
        string instance = $"instance-{id}";
        await unit.MustAsync(UnitAddress.New(id), new StartStep(id, [], Version: 1, CorrelationId: id, InstanceId: instance));
        await RandomUnit.PlayAsync(unit, id, [.. drawn.Dice.Take(Steps)]);
        InstanceState before = await unit.StateAsync(instance);
        if (before.Status == InstanceStatus.Finished)
        {
            return null;
        }
        UnitCommand migrate = unit.Command(UnitAddress.Existing(id), Step(2, id));
        if (await unit.RunAsync(migrate) is Refused)
        {
            Assert.Equal(InstanceJson.Write(before), InstanceJson.Write(await unit.StateAsync(instance)));
            return false;
        }
        await unit.HoldsAsync(id);
        InstanceState after = await unit.StateAsync(instance);
        Assert.Equal(before.Incidents.Select(i => i.Id).Order(StringComparer.Ordinal), after.Incidents.Select(i => i.Id).Order(StringComparer.Ordinal));
        await unit.MustAsync(UnitAddress.Existing(id), new ReverseMigrationStep($"test/{migrate.RequestId}"));
        InstanceState back = await unit.StateAsync(instance);
        Assert.Equal(InstanceJson.Write(before), InstanceJson.Write(back with { Sequence = before.Sequence }));
        await unit.HoldsAsync(id);
        await unit.MustAsync(UnitAddress.Existing(id), Step(2, id));
        await RandomUnit.PlayAsync(unit, id, later);
        await unit.HoldsAsync(id);
        return true;
    }

    private static MigrateStep Step(int version, string id = "drawn") => new(id, version, _ => StepMapping.None, (_, then) => then);

    private static WorkflowDefinition Version(string json, string id, int version)
    {
        JsonObject changed = JsonNode.Parse(json)!.AsObject();
        (changed["definitionId"], changed["version"]) = (id, version);
        return DefinitionReader.Read(changed.ToJsonString());
    }

    private static WorkflowDefinition Tasks(int version, params string[] tasks) =>
        Version(DefinitionWriter.Write(Draw.Flow([.. tasks.Select(Draw.Task)], [.. tasks.Zip(tasks.Skip(1)).Select(x => $"{x.First} -> {x.Second}")])), "drawn", version);

    private static WorkflowDefinition Joined(int version, params string[] more) => Version(
        DefinitionWriter.Write(Draw.Flow(
            [
                Draw.Fork("f", "A", "B", "C"), Draw.Task("a"), Draw.Activity("d", "Elsa.Delay", ("timeSpan", Draw.Literal("02:00:00"))),
                Draw.Activity("kid", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal(DefinitionGenerator.ChildId)), ("waitForCompletion", Draw.Literal("True"))),
                Draw.Join("j", "WaitAll"), Draw.Task("last"), .. more.Select(Draw.Task),
            ],
            [.. (string[])["f:A -> a", "f:B -> d", "f:C -> kid", "a -> j", "d -> j", "kid -> j"], .. more.Length == 0 ? (string[])["j -> last"] : [$"j -> {more[0]}", $"{more[0]} -> last"]])),
        "drawn", version);
}
