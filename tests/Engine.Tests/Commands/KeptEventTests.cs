using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class KeptEventTests
{
    private static readonly WorkflowDefinition TwoAwaits = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [Draw.Task("before"), Draw.Activity("bell", UnitActivities.Await), Draw.Task("between"), Draw.Sequence("again", Draw.Activity("bell2", "Elsa.Event", ("eventName", Draw.Literal("bell"))))],
            "before -> bell", "bell -> between", "between -> again"),
        id: "two-awaits");

    private static readonly WorkflowDefinition Asking = Draw.Workflow(
        Draw.Flowchart("flow", [Draw.Task("before"), Draw.Activity("ask", UnitActivities.Ask), Draw.Task("after")], "before -> ask", "ask -> after"),
        id: "asking");

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Event_BeforeItsWait_IsTakenOnceOldestFirst(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(TwoAwaits);
        string id = await unit.StartAsync("two-awaits");
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("bell", null, "older", Buffered: true));
        unit.Now = unit.Now.AddMinutes(1);
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("bell", null, "newer", Buffered: true));

        await unit.CompleteAsync("before");

        InstanceState state = await unit.StateAsync(id);
        Assert.Equal("between", Assert.Single(state.Waits).ActivityId);
        Assert.Contains("older", InstanceJson.Write(state));
        List<EventRow> events = [.. (await unit.RowsAsync<EventRow>()).OrderBy(e => e.At)];
        Assert.Equal([true, false], events.Select(e => e.Taken.Contains(id, StringComparison.Ordinal)));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Event_ThatAMigrationMakesAWaitingStepWaitFor_IsTakenWhereItWasKept(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Awaiting("bell", 1), Awaiting("horn", 2));
        string id = "instance-1";
        await unit.MustAsync(UnitAddress.New("unit"), new StartStep("awaiting", [], Version: 1, InstanceId: id));
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("horn", null, "kept", Buffered: true));

        await unit.MustAsync(UnitAddress.Existing("unit"), new MigrateStep("awaiting", 2, _ => StepMapping.None with { Renamed = StepMapping.None.Renamed.Add("bell", "horn") }, (_, then) => then));

        InstanceState state = await unit.StateAsync(id);
        Assert.Equal("after", Assert.Single(state.Waits).ActivityId);
        Assert.Contains("kept", InstanceJson.Write(state));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reinstate_OfWhatTookAnEvent_GivesItBack(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(TwoAwaits);
        await unit.StartAsync("two-awaits");
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("bell", null, null, Buffered: true));
        string wait = await unit.WaitAsync("before");
        await unit.CompleteAsync("before");

        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));

        Assert.Equal("{}", Assert.Single(await unit.RowsAsync<EventRow>()).Taken);
        await unit.CompleteAsync("before");
        Assert.NotNull(await unit.WaitAsync("between"));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Request_IsAnsweredInItsOwnTransaction_AndReplayedWithoutTheOwner(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Asking);
        string id = await unit.StartAsync("asking");
        int asked = 0;
        unit.Owner.Work["ask"] = (_, _) => new JsonObject { ["slot"] = ++asked };

        await unit.CompleteAsync("before");

        InstanceState state = await unit.StateAsync(id);
        Assert.Equal("after", Assert.Single(state.Waits).ActivityId);
        Assert.Contains("\"slot\":1", InstanceJson.Write(state));
        await unit.HoldsAsync();
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Erase_PayloadReadsAsErased_AndTheRebuildStillHolds()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.TwoTasks);
        await unit.StartAsync("two-tasks");
        string wait = await unit.WaitAsync("first");
        string digest = "";
        await unit.RunAsync(unit.Command(UnitAddress.ByWait(wait)) with
        {
            Check = (session, ct) =>
            {
                JsonObject kept = session.Keep("Ada Example");
                digest = (string)kept["$erasable"]!;
                return session.StepAsync(new ResumeStep(wait, null, kept), ct);
            },
        });
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using var db = unit.Open();
        Assert.Equal("\"Ada Example\"", (await Payloads.ReadAsync(db, digest, ct))!.ToJsonString());

        await Payloads.EraseAsync(db, digest, unit.Now, ct);

        Assert.Equal("""{"$erased":true}""", (await Payloads.ReadAsync(db, digest, ct))!.ToJsonString());
        await unit.HoldsAsync();
    }

    // The activity's id is the event's name.
    private static WorkflowDefinition Awaiting(string name, int version) => Draw.Workflow(
        Draw.Flowchart("flow", [Draw.Activity(name, UnitActivities.Await), Draw.Task("after")], $"{name} -> after"), x => (x["id"], x["version"]) = ($"awaiting-{version}", version), id: "awaiting");
}
