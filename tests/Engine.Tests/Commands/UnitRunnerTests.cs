using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Xunit;

namespace Assize.Engine.Tests.Commands;

public sealed class UnitRunnerTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_StartAndComplete_EndsTheInstance(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks);

        string id = await unit.StartAsync("two-tasks");
        Assert.IsType<Completed>(await unit.CompleteAsync("first", payload: "well"));
        Assert.IsType<Completed>(await unit.CompleteAsync("second"));

        InstanceState state = await unit.StateAsync(id);
        Assert.Equal(InstanceSubStatus.Finished, state.SubStatus);
        Assert.Equal(3, state.Sequence);
        Assert.Equal(["start", "resume", "resume"], (await unit.RowsAsync<JournalRow>()).OrderBy(j => j.Position).Select(j => j.Kind));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_SameRequestTwice_GivesTheSameAnswerOnce(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks);
        await unit.StartAsync("two-tasks");
        string wait = await unit.WaitAsync("first");
        UnitCommand command = unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null)) with
        {
            Record = (session, _) => Task.FromResult<JsonNode?>(new JsonObject { ["closed"] = session.Closed.Count }),
        };

        Completed first = Assert.IsType<Completed>(await unit.RunAsync(command));
        Completed again = Assert.IsType<Completed>(await unit.RunAsync(command));
        CommandAnswer other = await unit.RunAsync(command with { BodyDigest = "2" });
        Completed elsewhere = Assert.IsType<Completed>(await unit.RunAsync(command with { Caller = "another", Steps = [] }));

        Assert.Equal((false, true), (first.Replayed, again.Replayed));
        Assert.Equal("""{"closed":1}""", again.Body!.ToJsonString());
        Assert.IsType<KeyReused>(other);
        Assert.False(elsewhere.Replayed);
        Assert.Equal(2, (await unit.RowsAsync<JournalRow>()).Count);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_WhatMayNotHappen_IsRefusedAndRemembered(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks, Flows.Choice);
        await unit.StartAsync("choice");
        string wait = await unit.WaitAsync("choose");
        UnitCommand maybe = unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, "Maybe", null));

        Assert.Equal(("outcome-unknown", false), Code(await unit.RunAsync(maybe)));
        Assert.Equal(("outcome-unknown", true), Code(await unit.RunAsync(maybe)));
        Assert.Equal("unit-not-found", Code(await unit.RunAsync(UnitAddress.ByWait("nothing"), new ResumeStep("nothing", null, null))).Code);
        Assert.Equal("wait-not-found", Code(await unit.RunAsync(UnitAddress.Existing("unit"), new ResumeStep("nothing", null, null))).Code);
        Assert.Equal("definition-not-found", Code(await unit.RunAsync(UnitAddress.New("another"), new StartStep("nothing", []))).Code);
        Assert.Equal("no", Code(await unit.RunAsync(unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, "Yes", null)) with
        {
            Check = (_, _) => Task.FromResult<Rejection?>(new Rejection("no", "Not you")),
        })).Code);
        Assert.Single(await unit.RowsAsync<JournalRow>());
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_ParallelCompletionsOfOneTask_OneWins(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks);
        await unit.StartAsync("two-tasks");
        string wait = await unit.WaitAsync("first");

        CommandAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => unit.RunAsync(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null)))));

        Assert.Single(answers.OfType<Completed>());
        Assert.All(answers.OfType<Refused>(), r => Assert.Equal("wait-not-found", r.Code));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_TheSameRequestInParallel_IsDoneOnce(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks);
        UnitCommand command = unit.Command(UnitAddress.New("unit"), new StartStep("two-tasks", []));

        CommandAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n =>
            Task.Run(() => unit.RunAsync(n % 2 == 0 ? command : command with { Unit = UnitAddress.New("unit-2") }))));

        Assert.Single(answers.OfType<Completed>(), a => !a.Replayed);
        Assert.Equal(5, answers.OfType<Completed>().Count(a => a.Replayed));
        Assert.Single(await unit.RowsAsync<InstanceRow>());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_CrashBeforeCommit_LeavesNothing(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.TwoTasks);
        string id = await unit.StartAsync("two-tasks");
        string wait = await unit.WaitAsync("first");
        UnitCommand command = unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null));

        await Assert.ThrowsAsync<TimeoutException>(() => unit.RunAsync(command with { Record = (_, _) => throw new TimeoutException("the power went") }));

        Assert.Equal(1, (await unit.StateAsync(id)).Sequence);
        Assert.Single(await unit.RowsAsync<RequestRow>());
        Assert.False(Assert.IsType<Completed>(await unit.RunAsync(command)).Replayed);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_ChildEnds_ParentGoesOnInTheSameCommand(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Child, Flows.Parent);
        string id = await unit.StartAsync("parent");

        Assert.IsType<Completed>(await unit.CompleteAsync("child-task"));

        InstanceState parent = await unit.StateAsync(id);
        Assert.Equal("after", Assert.Single(parent.Waits).ActivityId);
        Assert.Contains("done", InstanceJson.Write(parent));
        Assert.Equal(4, (await unit.RowsAsync<JournalRow>()).Count);
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Run_Cancel_EndsParentAndChildren(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Flows.Child, Flows.Parent);
        await unit.StartAsync("parent");

        await unit.MustAsync(UnitAddress.Existing("unit"), new CancelStep());

        Assert.All(await unit.RowsAsync<InstanceRow>(), i => Assert.Equal(("Cancelled", false), (i.SubStatus, i.Running)));
        Assert.All(await unit.RowsAsync<WaitRow>(), w => Assert.False(w.Open));
        Assert.Equal("instance-finished", Code(await unit.RunAsync(UnitAddress.Existing("unit"), new CancelStep())).Code);
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Run_NewUnitOutOfAnother_CommitsBothOrNeither()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.TwoTasks);
        await unit.StartAsync("two-tasks", "submission");
        string wait = await unit.WaitAsync("first");
        UnitCommand command = unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null)) with
        {
            Check = async (session, ct) =>
            {
                UnitSession made = await session.NewUnitAsync("case", ct);
                return await made.StepAsync(new StartStep("two-tasks", []), ct);
            },
        };

        await Assert.ThrowsAsync<TimeoutException>(() => unit.RunAsync(command with { Record = (_, _) => throw new TimeoutException() }));
        Assert.Single(await unit.RowsAsync<UnitRow>());
        Assert.IsType<Completed>(await unit.RunAsync(command));

        Assert.Equal(["case", "submission"], (await unit.RowsAsync<InstanceRow>()).Select(i => i.UnitId).Order());
        await unit.HoldsAsync();
    }

    [Fact]
    public async Task Run_LargeAndPersonalPayloads_StandBesideTheJournal()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Sqlite);
        await unit.PublishAsync(Flows.TwoTasks);
        await unit.StartAsync("two-tasks", input: new JsonObject { ["text"] = new string('x', 5000) });
        string wait = await unit.WaitAsync("first");
        UnitCommand command = unit.Command(UnitAddress.ByWait(wait)) with
        {
            Check = (session, ct) => session.StepAsync(new ResumeStep(wait, null, new JsonObject { ["name"] = session.Keep("Ada Example") }), ct),
        };

        Assert.IsType<Completed>(await unit.RunAsync(command));

        List<PayloadRow> payloads = await unit.RowsAsync<PayloadRow>();
        Assert.Equal(2, payloads.Count);
        Assert.All(await unit.RowsAsync<JournalRow>(), j => Assert.DoesNotContain("Ada Example", j.Stimulus));
        Assert.All(await unit.RowsAsync<InstanceRow>(), i => Assert.DoesNotContain("Ada Example", i.State));
        await unit.HoldsAsync();
    }

    private static (string Code, bool Replayed) Code(CommandAnswer answer)
    {
        Refused refused = Assert.IsType<Refused>(answer);
        return (refused.Code, refused.Replayed);
    }
}
