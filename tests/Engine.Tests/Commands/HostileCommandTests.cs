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

/// <summary>What a command comes to whose script runs on, or eats, within one call of the script engine.</summary>
public sealed class HostileCommandTests
{
    private const string Loops = "Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs)";
    private const string Eats = "const x = 'a'.repeat(4e6), y = []; for (let i = 0; i < 400; i++) { y.push(x + i) } y.map(encodeURIComponent)";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, string, string> Hostile => new()
    {
        { DatabaseKind.Sqlite, Loops, "time" },
        { DatabaseKind.Sqlite, Eats, "memory" },
        { DatabaseKind.Postgres, Loops, "time" },
        { DatabaseKind.Postgres, Eats, "memory" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Script_GivenUp_IsOneIncidentOfItsStep_AndNothingIsHalfDone(DatabaseKind kind, string script, string limit)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Until(script));
        string id = await unit.StartAsync("until");
        string wait = await unit.WaitAsync("first");
        UnitCommand command = unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null));

        Assert.IsType<Completed>(await unit.RunAsync(command));

        InstanceState state = await unit.StateAsync(id);
        Incident incident = Assert.Single(state.Incidents);
        Assert.Equal(("script-limit", "bad"), (incident.Code, incident.ActivityId));
        Assert.Contains(limit, incident.Message, StringComparison.Ordinal);
        Assert.Equal(["start", "limit"], await JournalAsync(unit));
        Assert.Equal("0", Variable(state, "touched"));
        Assert.Equal(["fix"], (await unit.RowsAsync<WaitRow>()).Where(w => w.Open).Select(w => w.ActivityId));
        Assert.True(Assert.IsType<Completed>(await unit.RunAsync(command)).Replayed);
        await unit.HoldsAsync();
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Retry_OfAGivenUpScript_FailsAgain_UntilItsDataAreRight(DatabaseKind kind, string script, string limit)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Until(script));
        string id = await unit.StartAsync("until");
        await unit.CompleteAsync("first");
        Incident first = Assert.Single((await unit.StateAsync(id)).Incidents);

        await unit.MustAsync(UnitAddress.ByInstance(id), new RetryStep(id, first.Id));
        Incident second = Assert.Single((await unit.StateAsync(id)).Incidents);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Contains(limit, second.Message, StringComparison.Ordinal);
        await unit.CompleteAsync("fix", payload: JsonValue.Create(5));
        await unit.MustAsync(UnitAddress.ByInstance(id), new RetryStep(id, second.Id));

        InstanceState state = await unit.StateAsync(id);
        Assert.Empty(state.Incidents);
        Assert.Equal(["after"], state.Waits.Select(w => w.ActivityId));
        Assert.Equal("1", Variable(state, "touched"));
        Assert.Equal(["start", "limit", "limit", "resume", "retry"], await JournalAsync(unit));
        await unit.HoldsAsync();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task OtherUnits_WhileAScriptRunsOn_GoOn_AndItsOwnUnitAfterwards(DatabaseKind kind)
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(kind);
        await unit.PublishAsync(Until(Loops), Flows.TwoTasks);
        string id = await unit.StartAsync("until");
        string other = await unit.StartAsync("two-tasks", "other");
        string wait = await unit.WaitAsync("first", "unit");
        TaskCompletionSource locked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        UnitCommand hostile = unit.Command(UnitAddress.ByWait(wait), new ResumeStep(wait, null, null)) with
        {
            Check = (_, _) =>
            {
                locked.TrySetResult();
                return Task.FromResult<Rejection?>(null);
            },
        };

        Task<CommandAnswer> running = Task.Run(() => unit.RunAsync(hostile), Stop);
        await locked.Task.WaitAsync(Stop);
        string seen = await unit.WaitAsync("first", "other");
        Assert.False(running.IsCompleted);
        await unit.MustAsync(UnitAddress.ByWait(seen), new ResumeStep(seen, null, null));
        // One writer at a time is all that SQLite has: there the other unit goes on once the script is given up, and which is told first is open.
        Assert.True(kind == DatabaseKind.Sqlite || !running.IsCompleted);

        Assert.IsType<Completed>(await running);
        Assert.Equal(["second"], (await unit.StateAsync(other)).Waits.Select(w => w.ActivityId));
        await unit.CompleteAsync("fix", payload: JsonValue.Create(5));
        Assert.Equal("5", Variable(await unit.StateAsync(id), "n"));
        await unit.HoldsAsync();
    }

    /// <summary>Beside a task that sets it right, a script that runs away as long as <c>n</c> is less than one.</summary>
    private static WorkflowDefinition Until(string script)
    {
        JsonObject fix = Draw.Task("fix");
        fix["result"] = new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "n" } };
        JsonObject bad = Draw.Activity("bad", "Elsa.RunJavaScript", ("script", Draw.Literal($"setVariable('touched', 1); if (getVariable('n') < 1) {{ {script} }}")));
        return Draw.Workflow(
            Draw.Flowchart(
                "flow",
                [Draw.Task("first"), Draw.Fork("fork", "A", "B"), fix, bad, Draw.Task("after")],
                "first -> fork", "fork:A -> bad", "bad -> after", "fork:B -> fix"),
            drawing =>
            {
                drawing["variables"] = new JsonArray(Draw.Variable("n", "Int32", "0"), Draw.Variable("touched", "Int32", "0"));
                drawing["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
            },
            id: "until");
    }

    private static string? Variable(InstanceState state, string name) =>
        state.Activities.Values.Select(a => a.Variables.GetValueOrDefault(name)).FirstOrDefault(v => v is not null)?.ToJsonString();

    private static async Task<IEnumerable<string>> JournalAsync(UnitHarness unit) =>
        (await unit.RowsAsync<JournalRow>()).OrderBy(j => j.Position).Select(j => j.Kind);
}
