using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class IncidentAndReinstateTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_ScriptEatsMemory_OneIncidentAndNoReplayRunsIt(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Scripted("new Array(1e9)"));
        string id = await unit.StartAsync("scripted");

        Assert.IsType<Completed>(await unit.CompleteAsync("first"));

        InstanceState state = await unit.StateAsync(id);
        Assert.Equal("script", Assert.Single(state.Incidents).ActivityId);
        Assert.Equal(["start", "limit"], (await unit.RowsAsync<JournalRow>()).OrderBy(j => j.Position).Select(j => j.Kind));
        // A replay that ran the script would throw.
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Retry_OfAScriptThatAteMemory_IsJournaledAsALimitAgain()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.Scripted("new Array(1e9)"));
        string id = await unit.StartAsync("scripted");
        await unit.CompleteAsync("first");
        Incident incident = Assert.Single((await unit.StateAsync(id)).Incidents);

        await unit.MustAsync(UnitAddress.ByInstance(id), new RetryStep(id, incident.Id));

        Assert.NotEqual(incident.Id, Assert.Single((await unit.StateAsync(id)).Incidents).Id);
        Assert.Equal(["start", "limit", "limit"], (await unit.RowsAsync<JournalRow>()).OrderBy(j => j.Position).Select(j => j.Kind));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Retry_OfAFailedScript_FailsAgainAsANewIncident(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Scripted("nobody.knows"));
        string id = await unit.StartAsync("scripted");
        await unit.CompleteAsync("first");
        Incident incident = Assert.Single((await unit.StateAsync(id)).Incidents);

        await unit.MustAsync(UnitAddress.ByInstance(id), new RetryStep(id, incident.Id));

        Assert.NotEqual(incident.Id, Assert.Single((await unit.StateAsync(id)).Incidents).Id);
        Assert.IsType<Refused>(await unit.RunAsync(UnitAddress.ByInstance(id), new RetryStep(id, incident.Id)));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reinstate_WrongCompletion_OpensTheSameWaitAgain(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Choice);
        string id = await unit.StartAsync("choice");
        string wait = await unit.WaitAsync("choose");
        await unit.CompleteAsync("choose", "Yes");

        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));

        Assert.Equal(wait, await unit.WaitAsync("choose"));
        Assert.Equal(wait, Assert.Single((await unit.StateAsync(id)).Waits).Id);
        await unit.HoldsAsync();
        Assert.IsType<Completed>(await unit.CompleteAsync("choose", "No"));
        Assert.Equal(InstanceSubStatus.Finished, (await unit.StateAsync(id)).SubStatus);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reinstate_ChildThatEnded_RunsAgainAndItsParentWaits(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Child, Flows.Parent);
        string id = await unit.StartAsync("parent");
        string wait = await unit.WaitAsync("child-task");
        await unit.CompleteAsync("child-task");

        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));

        Assert.Equal("run", Assert.Single((await unit.StateAsync(id)).Waits).ActivityId);
        await unit.HoldsAsync();
        await unit.CompleteAsync("child-task");
        Assert.Equal("after", Assert.Single((await unit.StateAsync(id)).Waits).ActivityId);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reinstate_ChildThatItBegan_IsCancelled(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Child, Flows.TaskThenChild);
        await unit.StartAsync("task-then-child");
        string wait = await unit.WaitAsync("first");
        await unit.CompleteAsync("first");

        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));

        Assert.Equal(wait, Assert.Single((await unit.RowsAsync<WaitRow>()), w => w.Open).Id);
        Assert.Equal("Cancelled", Assert.Single(await unit.RowsAsync<InstanceRow>(), i => i.ParentId is not null).SubStatus);
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Reinstate_SomebodyActedSince_IsRefused()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.TwoTasks);
        await unit.StartAsync("two-tasks");
        string wait = await unit.WaitAsync("first");
        await unit.CompleteAsync("first");
        await unit.CompleteAsync("second");

        Refused refused = Assert.IsType<Refused>(await unit.RunAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait)));

        Assert.Equal("acted-since", refused.Code);
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Reinstate_MessageWentOut_IsRefusedAndBeforeThatWithdrawn()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.Ringer);
        await unit.StartAsync("ringer");
        string wait = await unit.WaitAsync("ready");
        await unit.CompleteAsync("ready");
        await unit.MustAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait));
        Assert.Equal(OutboxState.Withdrawn, Assert.Single(await unit.RowsAsync<OutboxRow>()).State);
        await unit.CompleteAsync("ready");
        await new OutboxDispatcher(unit.Runner, (_, _) => Task.CompletedTask).RunOnceAsync(unit.Open, unit.Now, TestContext.Current.CancellationToken);

        Refused refused = Assert.IsType<Refused>(await unit.RunAsync(UnitAddress.ByWait(wait), new ReinstateStep(wait)));

        Assert.Equal("message-delivered", refused.Code);
        await unit.HoldsAsync();
    }
}
