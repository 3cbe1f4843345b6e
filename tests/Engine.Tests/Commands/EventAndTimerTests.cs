using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class EventAndTimerTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task FireTimers_WhenDue_FireOnce(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Delay);
        await unit.StartAsync("delay", "unit-1");
        await unit.StartAsync("delay", "unit-2");

        Assert.Equal(0, (await unit.FireTimersAsync()).Fired);
        unit.Now = unit.Now.AddHours(1);
        TimerRound[] rounds = await Task.WhenAll(unit.FireTimersAsync(), unit.FireTimersAsync());

        Assert.Equal(2, rounds.Sum(r => r.Fired) + (await unit.FireTimersAsync()).Fired);
        Assert.Equal(["later", "later"], (await unit.RowsAsync<WaitRow>()).Where(w => w.Open).Select(w => w.ActivityId));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task FireTimers_OneUnitFails_OthersFireAndItIsNamed(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Delay);
        await unit.StartAsync("delay", "unit-1");
        await unit.StartAsync("delay", "unit-2");
        unit.Owner.OnAdvanced = session => _ = session.UnitId == "unit-1" ? throw new TimeoutException("no") : 0;
        unit.Now = unit.Now.AddHours(2);

        TimerRound round = await unit.FireTimersAsync();

        Assert.Equal(1, round.Fired);
        Assert.Contains("unit-1", Assert.Single(round.Broken));
        unit.Owner.OnAdvanced = null;
        Assert.Equal(1, (await unit.FireTimersAsync()).Fired);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task PublishEvent_OtherUnits_HearThroughTheOutbox(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Listener, Flows.Ringer);
        await unit.StartAsync("listener", "unit-1");
        await unit.CompleteAsync("before");
        await unit.StartAsync("ringer", "unit-2");
        List<OutboxMessage> seen = [];
        OutboxDispatcher outbox = new(unit.Runner, (message, _) =>
        {
            seen.Add(message);
            return Task.CompletedTask;
        });

        await unit.CompleteAsync("ready");
        int delivered = await outbox.RunOnceAsync(unit.Open, unit.Now, TestContext.Current.CancellationToken);

        Assert.Equal((1, 0), (delivered, await outbox.RunOnceAsync(unit.Open, unit.Now, TestContext.Current.CancellationToken)));
        Assert.Empty(seen);
        Assert.NotNull(await unit.WaitAsync("heard"));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Outbox_DeliveryThatThrows_IsTriedAgainLater(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.RunAsync(unit.Command(UnitAddress.New("unit")) with
        {
            Record = (session, _) =>
            {
                session.Send("message-1", "letter", new JsonObject { ["to"] = "court" });
                return Task.FromResult<JsonNode?>(null);
            },
        });
        OutboxDispatcher outbox = new(unit.Runner, (_, _) => throw new TimeoutException("nobody home"));

        Assert.Equal(0, await outbox.RunOnceAsync(unit.Open, unit.Now, TestContext.Current.CancellationToken));

        OutboxRow row = Assert.Single(await unit.RowsAsync<OutboxRow>());
        Assert.Equal((OutboxState.Waiting, 1, "nobody home"), (row.State, row.Attempts, row.LastError));
        Assert.True(row.NextAt > row.CreatedAt);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RaiseEvent_ForAWaitOfTheUnit_ResumesIt(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Listener);
        string id = await unit.StartAsync("listener");

        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("bell", null, "early", Buffered: true));
        await unit.CompleteAsync("before");

        // Elsa.Event hears only what is raised while it waits.
        Assert.Equal("listen", Assert.Single((await unit.StateAsync(id)).Waits).ActivityId);
        await unit.MustAsync(UnitAddress.Existing("unit"), new RaiseEventStep("bell", null, "now", Buffered: true));
        Assert.Equal("heard", Assert.Single((await unit.StateAsync(id)).Waits).ActivityId);
        Assert.Equal(2, (await unit.RowsAsync<EventRow>()).Count);
        await unit.HoldsAsync();
    }
}
