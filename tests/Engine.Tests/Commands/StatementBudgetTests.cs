using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Exchange;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Engine.Tests.Commands;

/// <summary>Law 11 for the engine's own commands: all of them are plain. Budgets of fan-out and of effects with a reply are counted where they are used.</summary>
public sealed class StatementBudgetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryCommand_KeepsWithinTwoRoundTripsAndEightStatements()
    {
        await using UnitHarness unit = await UnitHarness.CreateAsync(DatabaseKind.Postgres);
        await using StatementCounter counter = new(unit.ConnectionString);
        await unit.PublishAsync(Flows.TwoTasks, Flows.Child, Flows.Parent, Flows.Delay, Flows.Listener, Flows.Ringer, Flows.Scripted("nobody.knows"));
        unit.Owner.OnLoad = load => load.One<WorkTask>($"t.id = (SELECT t2.id FROM work_task t2 WHERE t2.unit_id = {load.UnitId} LIMIT 1)");
        unit.Owner.OnAdvanced = WriteTasksAndAudit;
        // Once unwatched, so that definitions are compiled.
        await unit.StartAsync("two-tasks", "warm");
        unit.Open = counter.Database.CreateDbContext;

        await MeasureAsync("start", () => unit.MustAsync(UnitAddress.New("unit"), new StartStep("two-tasks", [], Version: 1)));
        string first = await unit.WaitAsync("first", "unit");
        await MeasureAsync("resume", () => unit.MustAsync(UnitAddress.ByWait(first), new ResumeStep(first, null, null)));
        await MeasureAsync("refuse", () => unit.RunAsync(unit.Command(UnitAddress.ByWait(first), new ResumeStep(first, null, null))));
        await unit.StartAsync("parent", "family");
        string child = await unit.WaitAsync("child-task", "family");
        await MeasureAsync("resume a child that wakes its parent", () => unit.MustAsync(UnitAddress.ByWait(child), new ResumeStep(child, null, null)));
        await unit.StartAsync("listener", "ears");
        await MeasureAsync("raise an event", () => unit.MustAsync(UnitAddress.Existing("ears"), new RaiseEventStep("bell", null, null, Buffered: true)));
        await unit.StartAsync("ringer", "tower");
        string ready = await unit.WaitAsync("ready", "tower");
        await MeasureAsync("resume a step that raises an event", () => unit.MustAsync(UnitAddress.ByWait(ready), new ResumeStep(ready, null, null)));
        await MeasureAsync("cancel", () => unit.MustAsync(UnitAddress.Existing("ears"), new CancelStep()));
        string broken = await unit.StartAsync("scripted", "broken");
        string task = await unit.WaitAsync("first", "broken");
        await unit.MustAsync(UnitAddress.ByWait(task), new ResumeStep(task, null, null));
        Incident incident = Assert.Single((await unit.StateAsync(broken)).Incidents);
        await MeasureAsync("retry an incident", () => unit.MustAsync(UnitAddress.ByInstance(broken), new RetryStep(broken, incident.Id)));
        await unit.StartAsync("delay", "clock");
        string timer = await unit.WaitAsync("wait", "clock");
        unit.Now = unit.Now.AddHours(2);
        await MeasureAsync("fire a timer", () => unit.RunAsync(unit.Command(UnitAddress.Existing("clock"), new TimerStep(timer)) with { Remember = false }));

        async Task MeasureAsync(string command, Func<Task> run)
        {
            counter.Reset();
            await run();
            output.WriteLine(CommandBudgets.Of(command).Said(command, counter));
            Assert.Null(CommandBudgets.Of(command).Exceeded(command, counter));
        }
    }

    private static void WriteTasksAndAudit(UnitSession session)
    {
        foreach (WaitChange change in session.Opened.Concat(session.Closed).Where(c => c.Wait.Kind == WaitKind.Task))
        {
            session.Write(new WorkTask
            {
                Id = change.Wait.Id,
                UnitId = session.UnitId,
                InstanceId = change.Instance.Id,
                ActivityId = change.Wait.ActivityId,
                Title = change.Wait.Name,
                Instructions = "",
                LaneAgency = "court",
                LaneRole = "clerk",
                FormId = "",
                FormVersion = 1,
                Outcomes = "[]",
                Priority = 2,
                Statutory = false,
                NotBy = "[]",
                State = change.By is null ? TaskState.Open : TaskState.Completed,
                CreatedAt = change.Wait.CreatedAt,
            });
        }
        session.Write(new AgencyMessage
        {
            Id = session.NewId(),
            CaseId = session.UnitId,
            Agency = "court",
            Kind = "audit",
            InstanceId = session.Taken[^1].After.Id,
            Payload = "{}",
            State = MessageState.Queued,
            CreatedAt = session.Now,
        });
    }
}
