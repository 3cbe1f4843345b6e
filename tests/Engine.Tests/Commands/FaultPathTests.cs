using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class FaultPathTests
{
    // Goes on once it is retried in the afternoon.
    private const string NotBeforeNoon = "if (new Date().getUTCHours() < 12) { throw 'too early' }";

    private static readonly WorkflowDefinition Halting = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [
                Draw.Fork("fork", "A", "B", "C"),
                Draw.Activity("gong", "Elsa.Event", ("eventName", Draw.Literal("gong"))),
                Draw.Activity("script", "Elsa.RunJavaScript", ("script", Draw.Literal(NotBeforeNoon))),
                Draw.Activity("bell", UnitActivities.Await),
                Draw.Task("bell-heard"),
                Draw.Activity("horn", "Elsa.Event", ("eventName", Draw.Literal("horn"))),
                Draw.Task("horn-heard"),
            ],
            "fork:A -> gong", "gong -> script", "fork:B -> bell", "bell -> bell-heard", "fork:C -> horn", "horn -> horn-heard"),
        id: "halting");

    private static readonly WorkflowDefinition Band = Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [
                Draw.Task("ready"),
                Draw.Activity("gong", "Elsa.PublishEvent", ("eventName", Draw.Literal("gong"))),
                Draw.Activity("bell", UnitActivities.Raise),
                Draw.Activity("horn", "Elsa.PublishEvent", ("eventName", Draw.Literal("horn"))),
                Draw.End("end"),
            ],
            "ready -> gong", "gong -> bell", "bell -> horn", "horn -> end"),
        id: "band");

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_RaisedWhileAnIncidentHalts_AreTakenByTheRetry(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Halting);
        string id = await unit.StartAsync("halting");
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("gong", null, null, Buffered: false));
        Assert.Equal(InstanceSubStatus.Faulted, (await unit.StateAsync(id)).SubStatus);

        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("bell", null, "kept", Buffered: true));
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("horn", null, "first", Buffered: false));
        unit.Now = unit.Now.AddMinutes(1);
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("horn", null, "second", Buffered: false));

        await RetryInTheAfternoonAsync(unit, id);
        InstanceState state = await unit.StateAsync(id);
        Assert.Equal(["bell-heard", "horn-heard"], state.Waits.Select(w => w.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("kept", "first"), ((string?)state.Results["bell"]!["Result"], (string?)state.Results["horn"]!["Result"]));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Events_UnderWayInTheCommandThatHalts_AreNotLost(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Halting, Band);
        string id = await unit.StartAsync("halting");
        await unit.StartAsync("band");

        await unit.CompleteAsync("ready");

        Assert.Equal(InstanceSubStatus.Faulted, (await unit.StateAsync(id)).SubStatus);
        Assert.DoesNotContain((await unit.RowsAsync<EventRow>()), e => e.Taken.Contains(id, StringComparison.Ordinal));
        await RetryInTheAfternoonAsync(unit, id);
        Assert.Equal(["bell-heard", "horn-heard"], (await unit.StateAsync(id)).Waits.Select(w => w.Name).Order(StringComparer.Ordinal));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Scripts_TogetherOverTheirTime_AreOneIncidentAndNoReplayRunsThem(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        JsonObject small = Draw.Activity("small", "Elsa.RunJavaScript", ("script", Draw.Literal("let n = 0; for (let i = 0; i < 5000; i++) { n += i } n")));
        await unit.PublishAsync(Draw.Workflow(
            Draw.Flowchart("flow", [Draw.Task("first"), Draw.Activity("loop", "Elsa.For", ("end", Draw.Literal("3000")), ("body", small))], "first -> loop"), id: "many"));
        string id = await unit.StartAsync("many");
        string wait = await unit.WaitAsync("first");
        UnitRunner hurried = new(unit.Catalog, unit.Owner, TimeProvider.System) { ScriptTime = TimeSpan.FromMilliseconds(200) };
        await using CaseDb db = unit.Open();

        Assert.IsType<Completed>(await hurried.RunAsync(db, unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null)), TestContext.Current.CancellationToken));

        Incident incident = Assert.Single((await unit.StateAsync(id)).Incidents);
        Assert.Equal(("script-limit", "small"), (incident.Code, incident.ActivityId));
        Assert.Equal(["start", "limit"], (await unit.RowsAsync<JournalRow>()).OrderBy(j => j.Position).Select(j => j.Kind));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reinstate_ChildThatNobodyWaitsFor_IsCancelledToo(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        JsonObject dispatch = Draw.Activity("dispatch", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Draw.Literal("child")));
        await unit.PublishAsync(Flows.Child, Draw.Workflow(Draw.Flowchart("flow", [Draw.Task("first"), dispatch, Draw.Task("second")], "first -> dispatch", "dispatch -> second"), id: "dispatching"));
        await unit.StartAsync("dispatching");
        string wait = await unit.WaitAsync("first");
        await unit.CompleteAsync("first");

        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));

        Assert.Equal(wait, Assert.Single((await unit.RowsAsync<WaitRow>()), w => w.Open).Id);
        Assert.Equal("Cancelled", Assert.Single(await unit.RowsAsync<InstanceRow>(), i => i.DefinitionId == "child").SubStatus);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reinstate_OfWhatBeganAUnitOfItsOwn_IsRefused(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks, Flows.Child);
        await unit.StartAsync("two-tasks");
        string wait = await unit.WaitAsync("first");
        await unit.RunAsync(unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null)) with
        {
            Record = async (session, ct) =>
            {
                await (await session.NewUnitAsync("another", ct)).StepAsync(new StartStep("child", []), ct);
                return null;
            },
        });

        Refused refused = Assert.IsType<Refused>(await unit.RunAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait)));

        Assert.Equal("unit-begun", refused.Code);
        Assert.NotNull(await unit.WaitAsync("second"));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Children_ThatRunOn_HoldTheEndBack_AndEndWithACancelledParent(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Child, Draw.Workflow(Draw.Flowchart("flow", [TestActivities.Each("each", 2, "child"), Draw.Task("after")], "each -> after"), id: "family"));
        string id = await unit.StartAsync("family");
        string cancelled = await unit.StartAsync("family", "other");

        await EndOneChildAsync(unit, "unit");
        await unit.CompleteAsync("after");
        Assert.Equal("each", Assert.Single((await unit.StateAsync(id)).Waits).ActivityId);
        await EndOneChildAsync(unit, "unit");
        Assert.Equal(InstanceSubStatus.Finished, (await unit.StateAsync(id)).SubStatus);

        await EndOneChildAsync(unit, "other");
        await unit.MustAsync(UnitAddress.Existing("other"), new CancelStep(cancelled));
        Assert.Equal(
            ["Cancelled", "Cancelled", "Finished"],
            (await unit.RowsAsync<InstanceRow>()).Where(i => i.UnitId == "other").Select(i => i.SubStatus).Order(StringComparer.Ordinal));
        await unit.HoldsAsync();
    }

    private static async Task EndOneChildAsync(UnitHarness unit, string unitId)
    {
        string wait = (await unit.RowsAsync<WaitRow>()).First(w => w.Open && w.UnitId == unitId && w.ActivityId == "child-task").Id;
        await unit.MustAsync(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null));
    }

    private static async Task RetryInTheAfternoonAsync(UnitHarness unit, string id)
    {
        unit.Now = unit.Now.AddHours(6);
        await unit.MustAsync(UnitAddress.ByInstance(id), new RetryStep(id, Assert.Single((await unit.StateAsync(id)).Incidents).Id));
    }
}
