using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class StormTests
{
    private static readonly WorkflowDefinition Busy = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [
                Draw.Fork("fork", "a", "b", "c"),
                Draw.Task("left"),
                Draw.Activity("pause", "Elsa.Delay", ("timeSpan", Draw.Literal("00:10:00"))),
                Draw.Activity("run", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal("child")), ("waitForCompletion", Draw.Wrapped("JavaScript", "true"))),
                Draw.Join("join", "WaitAll"),
                Draw.End("end"),
            ],
            "fork:a -> left", "fork:b -> pause", "fork:c -> run", "left -> join", "pause -> join", "run -> join", "join -> end"),
        id: "busy");

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task EverythingAtOnce_EachBranchOnce_AllEnd(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Child, Busy);
        string[] units = [.. Enumerable.Range(0, 6).Select(n => $"unit-{n}")];
        foreach (string id in units)
        {
            await unit.StartAsync("busy", id);
        }
        List<WaitRow> tasks = [.. (await unit.RowsAsync<WaitRow>()).Where(w => w.Open && w.Kind == nameof(WaitKind.Task))];
        unit.Now = unit.Now.AddHours(1);

        IEnumerable<Task> completions = tasks.SelectMany(t => Enumerable.Range(0, 3).Select(_ =>
            Task.Run(() => unit.RunAsync(UnitAddress.ByWait(t.Id), new ResumeStep(t.Id, null, null)) as Task)));
        IEnumerable<Task> pumps = Enumerable.Range(0, 3).Select(_ => Task.Run(() => unit.FireTimersAsync() as Task));
        await Task.WhenAll(completions.Concat(pumps));
        while ((await unit.FireTimersAsync()).Fired > 0)
        {
        }

        Assert.All(await unit.RowsAsync<InstanceRow>(), i => Assert.Equal(nameof(InstanceSubStatus.Finished), i.SubStatus));
        Assert.Equal(2 * units.Length, (await unit.RowsAsync<InstanceRow>()).Count);
        Assert.Equal(6 * units.Length, (await unit.RowsAsync<JournalRow>()).Count);
        await unit.HoldsAsync();
    }
}
