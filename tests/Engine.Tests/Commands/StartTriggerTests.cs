using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.TestKit.Units;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class StartTriggerTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task PublishEvent_WorkflowThatBeginsWithIt_StartsOnceHoweverOftenItIsDelivered(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Ringer, Begins("alarm", Event("bell")));
        await unit.StartAsync("ringer", "tower");

        await unit.CompleteAsync("ready");
        // A process that is killed here leaves the message and nothing else.
        Assert.Equal("ringer", Assert.Single(await unit.RowsAsync<InstanceRow>()).DefinitionId);
        await DispatchAsync(unit);
        await DeliverAgainAsync(unit);

        InstanceRow begun = Assert.Single(await unit.RowsAsync<InstanceRow>(), i => i.DefinitionId == "alarm");
        Assert.NotEqual("tower", begun.UnitId);
        Assert.Contains(begun.UnitId, (await unit.RowsAsync<UnitRow>()).Select(u => u.Id));
        Assert.Equal("heard", Assert.Single((await unit.StateAsync(begun.Id)).Waits).ActivityId);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, true)]
    [InlineData(DatabaseKind.Sqlite, false)]
    [InlineData(DatabaseKind.Postgres, true)]
    [InlineData(DatabaseKind.Postgres, false)]
    public async Task RaiseEvent_StartsWithPayloadAndKey(DatabaseKind kind, bool buffered)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Begins("alarm", Event("bell")), Begins("other", Event("gong")), Flows.Listener);
        await unit.StartAsync("listener", "ears");

        await unit.MustAsync(UnitAddress.Existing("ears"), new RaiseEventStep("bell", "case-7", new JsonObject { ["tone"] = "low" }, buffered));
        await DispatchAsync(unit);

        InstanceRow begun = Assert.Single(await unit.RowsAsync<InstanceRow>(), i => i.DefinitionId != "listener");
        Assert.Equal(("alarm", "case-7"), (begun.DefinitionId, begun.CorrelationId));
        InstanceState state = await unit.StateAsync(begun.Id);
        Assert.Equal("low", (string?)state.Results["bell"]!["Result"]!["tone"]);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task PublishEvent_HeardInOtherUnitsToo_StartsOnce(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Listener, Flows.Ringer, Begins("alarm", Event("bell")));
        foreach (string listener in (string[])["one", "two"])
        {
            await unit.StartAsync("listener", listener);
            string before = await unit.WaitAsync("before", listener);
            await unit.MustAsync(UnitAddress.ByWait(before), new ResumeStep(before, null, null));
        }
        await unit.StartAsync("ringer", "tower");

        await unit.CompleteAsync("ready");
        while (await DispatchAsync(unit) > 0)
        {
        }

        Assert.Single(await unit.RowsAsync<InstanceRow>(), i => i.DefinitionId == "alarm");
        Assert.Equal(3, (await unit.RowsAsync<WaitRow>()).Count(w => w is { Open: true, ActivityId: "heard" }));
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task PublishEvent_Local_StartsNothing()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        JsonObject ring = Draw.Activity("ring", "Elsa.PublishEvent", ("eventName", Draw.Literal("bell")), ("isLocalEvent", Draw.Literal("True")));
        await unit.PublishAsync(Begins("alarm", Event("bell")), Draw.Workflow(Draw.Flowchart("flow", [ring]), id: "whisper"));

        await unit.StartAsync("whisper");

        Assert.Empty(await unit.RowsAsync<OutboxRow>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Publish_NewerVersion_TakesThePlaceOfTheOlderOnesTriggers(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Listener, Begins("alarm", Event("bell")), Begins("alarm", Event("gong"), version: 2), Begins("alarm", Event("bell"), version: 1));
        await unit.StartAsync("listener", "ears");

        await unit.MustAsync(UnitAddress.Existing("ears"), new RaiseEventStep("bell", null, null, Buffered: false));
        await unit.MustAsync(UnitAddress.Existing("ears"), new RaiseEventStep("gong", null, null, Buffered: false));
        await DispatchAsync(unit);

        Assert.Equal(2, Assert.Single(await unit.RowsAsync<InstanceRow>(), i => i.DefinitionId == "alarm").DefinitionVersion);
        await unit.PublishAsync(Draw.Workflow(Draw.Flowchart("flow", [Draw.Task("only")]), d => d["version"] = 3, "alarm"));
        Assert.Empty(await unit.RowsAsync<TriggerRow>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Timer_EveryInstant_StartsOnceOverSeveralHosts(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Begins("sweep", Trigger("every", "Elsa.Timer", ("interval", "01:00:00"))));
        DateTimeOffset published = unit.Now;
        Assert.Equal(0, await PumpAsync(unit));

        unit.Now = published.AddHours(1);
        int[] rounds = await Task.WhenAll(PumpAsync(unit), PumpAsync(unit), PumpAsync(unit));
        Assert.Equal(1, rounds.Sum());
        await Task.WhenAll(DispatchAsync(unit), DispatchAsync(unit));
        Assert.Single(await unit.RowsAsync<InstanceRow>());

        // Three instants were missed: the one that was due counts, the others are not made up for.
        unit.Now = published.AddHours(5.5);
        Assert.Equal((1, 0), (await PumpAsync(unit), await PumpAsync(unit)));
        await DispatchAsync(unit);
        await DeliverAgainAsync(unit);

        List<InstanceRow> begun = await unit.RowsAsync<InstanceRow>();
        Assert.Equal(2, begun.Select(i => i.UnitId).Distinct().Count());
        Assert.Equal(2, begun.Count);
        Assert.Equal(published.AddHours(6), Assert.Single(await unit.RowsAsync<TriggerRow>()).Due);
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Timer_ThatStaysAsItWas_KeepsItsInstantWhenANewVersionIsPublished()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        DateTimeOffset first = unit.Now;
        await unit.PublishAsync(Begins("sweep", Trigger("every", "Elsa.Timer", ("interval", "01:00:00"))));

        unit.Now = first.AddMinutes(50);
        await unit.PublishAsync(Begins("sweep", Trigger("every", "Elsa.Timer", ("interval", "01:00:00")), version: 2));
        Assert.Equal((2, first.AddHours(1)), Assert.Single(await unit.RowsAsync<TriggerRow>()) is var row ? (row.Version, row.Due!.Value) : default);

        await unit.PublishAsync(Begins("sweep", Trigger("every", "Elsa.Timer", ("interval", "02:00:00")), version: 3));
        Assert.Equal(unit.Now.AddHours(2), Assert.Single(await unit.RowsAsync<TriggerRow>()).Due);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Cron_IsInLondonTime_AndKeepsItsHourWhenTheClocksChange(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        unit.Now = new DateTimeOffset(2026, 3, 28, 8, 0, 0, TimeSpan.Zero);
        await unit.PublishAsync(Begins("morning", Trigger("nine", "Elsa.Cron", ("cronExpression", "0 9 * * *"))));

        unit.Now = unit.Now.AddHours(1);
        Assert.Equal(1, await PumpAsync(unit));

        Assert.Equal(new DateTimeOffset(2026, 3, 29, 8, 0, 0, TimeSpan.Zero), Assert.Single(await unit.RowsAsync<TriggerRow>()).Due);
        await DispatchAsync(unit);
        Assert.Equal("heard", Assert.Single((await unit.RowsAsync<WaitRow>()), w => w.Open).ActivityId);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task StartAt_ComesOnce_AndNotAgainWhenTheClockGoesBack(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        DateTimeOffset begin = unit.Now;
        static WorkflowDefinition At(DateTimeOffset instant, string id) => Begins(id, Trigger("then", "Elsa.StartAt", ("dateTime", instant.ToString("O"))));
        await unit.PublishAsync(At(begin.AddDays(1), "tomorrow"), At(begin.AddDays(-1), "yesterday"));

        unit.Now = begin.AddDays(2);
        await PumpAsync(unit);
        await DispatchAsync(unit);
        await using (CaseDb db = unit.Open())
        {
            // The clock went back, and a restored row would have the instant before it once more.
            await db.Set<TriggerRow>().Where(t => t.DefinitionId == "tomorrow")
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Due, begin.AddDays(1)), TestContext.Current.CancellationToken);
        }
        unit.Now = begin.AddDays(1);
        Assert.Equal(1, await PumpAsync(unit));
        await DispatchAsync(unit);

        Assert.Equal("tomorrow", Assert.Single(await unit.RowsAsync<InstanceRow>()).DefinitionId);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Retracted_StartsNothing_AndAMessageUnderWayIsGivenUp(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Begins("alarm", Event("bell")), Flows.Listener);
        await unit.StartAsync("listener", "ears");
        await unit.MustAsync(UnitAddress.Existing("ears"), new RaiseEventStep("bell", null, null, Buffered: false));
        await using (CaseDb db = unit.Open())
        {
            await db.Set<DefinitionRow>().Where(d => d.Id == "alarm").ExecuteUpdateAsync(set => set.SetProperty(d => d.RetractedAt, unit.Now), TestContext.Current.CancellationToken);
        }
        unit.Owner.IsPublished = (_, _) => false;

        await unit.MustAsync(UnitAddress.Existing("ears"), new RaiseEventStep("bell", null, null, Buffered: false));
        await DispatchAsync(unit);

        OutboxRow message = Assert.Single(await unit.RowsAsync<OutboxRow>());
        Assert.Equal(OutboxState.Failed, message.State);
        Assert.Contains("alarm", message.LastError);
        Assert.Single(await unit.RowsAsync<InstanceRow>());
    }

    [Fact]
    public async Task Reinstate_BeforeTheMessageWentOut_StartsNothing()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.Ringer, Begins("alarm", Event("bell")));
        await unit.StartAsync("ringer");
        string wait = await unit.WaitAsync("ready");
        await unit.CompleteAsync("ready");

        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));
        await DispatchAsync(unit);

        Assert.DoesNotContain(await unit.RowsAsync<InstanceRow>(), i => i.DefinitionId == "alarm");
        Assert.All(await unit.RowsAsync<OutboxRow>(), o => Assert.Equal(OutboxState.Withdrawn, o.State));
    }

    private static JsonObject Event(string name) => Trigger(name, "Elsa.Event", ("eventName", name));

    private static JsonObject Trigger(string id, string type, (string Member, string Value) input) => Draw.Activity(
        id, type, (input.Member, Draw.Literal(input.Value)), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));

    private static WorkflowDefinition Begins(string id, JsonObject trigger, int version = 1) => Draw.Workflow(
        Draw.Flowchart("flow", [trigger, Draw.Task("heard")], $"{(string)trigger["id"]!} -> heard"), d => d["version"] = version, id);

    private static Task<int> PumpAsync(UnitHarness unit) => new StartPump(TimeProvider.System).RunOnceAsync(unit.Open, unit.Now, TestContext.Current.CancellationToken);

    private static Task<int> DispatchAsync(UnitHarness unit) =>
        new OutboxDispatcher(unit.Runner, (_, _) => Task.CompletedTask).RunOnceAsync(unit.Open, unit.Now, TestContext.Current.CancellationToken);

    // As after a process that was killed between the start and the note that it is done.
    private static async Task DeliverAgainAsync(UnitHarness unit)
    {
        await using (CaseDb db = unit.Open())
        {
            await db.Set<OutboxRow>().ExecuteUpdateAsync(
                set => set.SetProperty(o => o.State, OutboxState.Waiting).SetProperty(o => o.NextAt, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        }
        Assert.True(await DispatchAsync(unit) > 0);
    }
}
