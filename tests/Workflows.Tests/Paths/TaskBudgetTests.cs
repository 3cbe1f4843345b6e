using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>Law 11 for the commands on tasks and cases, as <see cref="CommandBudgets"/> allows them.</summary>
public sealed class TaskBudgetTests(ITestOutputHelper output)
{
    private readonly List<string> _over = [];

    [Fact]
    public async Task Commands_on_a_case_that_goes_to_trial_keep_within_the_budget()
    {
        await using (PathWorld warm = await PathWorld.OpenAsync(DatabaseKind.Postgres))
        {
            await Scenarios.All["trial-ineffective-then-convicted"](warm);
        }
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Postgres);
        await using StatementCounter counter = world.Watch();
        world.Completed = (step, outcome) => Note(counter, Kind(step, outcome), $"{step} as {outcome}");
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Burglary())));
        await ClaimAndReleaseAsync(world, counter);
        await Scenarios.PrepareAsync(world);
        await Scenarios.ToTrialAndSentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
        Note(counter, "acknowledge a message");
        Assert.True(_over.Count == 0, string.Join('\n', _over));
    }

    [Fact]
    public async Task Commands_on_a_case_that_is_discontinued_keep_within_the_budget()
    {
        await using (PathWorld warm = await PathWorld.OpenAsync(DatabaseKind.Postgres))
        {
            await Scenarios.All["discontinued-at-review"](warm);
        }
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Postgres);
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Baker", PathFacts.Theft())));
        await using StatementCounter counter = world.Watch();
        await world.OpenAsync();
        world.Completed = (step, outcome) => Note(counter, Kind(step, outcome), $"{step} as {outcome}");
        await LateAsync(world, counter);
        await world.DoAsync("m5-initial-review", "Discontinue", """{ "test": "interest", "reason": "Restitution." }""");
        await world.DoAsync("x-second-review", "Approved", """{ "reason": "Agreed." }""", "reviewing-lawyer-2");
        await TakeBackAsync(world, counter);
        await CloseAsync(world, counter);
        Assert.True(_over.Count == 0, string.Join('\n', _over));
    }

    private static string Kind(string step, string outcome) => (step, outcome) switch
    {
        ("m7-court-preparation", _) => "complete the last preparation",
        ("m15-results", "Adjourned") => "complete, and ask for a slot",
        ("x-second-review", "Approved") => "complete, and vacate a hearing",
        _ => "complete",
    };

    private async Task ClaimAndReleaseAsync(PathWorld world, StatementCounter counter)
    {
        WorkTask task = await world.TaskAsync("m5-initial-review");
        await using CaseDb db = world.Context();
        counter.Reset();
        Assert.IsType<Completed>(await world.Claiming.RunAsync(db, PathWorld.Caller("reviewing-lawyer"), "b1", world.Now, task.Id, CancellationToken.None));
        Note(counter, "claim");
        Assert.IsType<Completed>(await world.Releasing.RunAsync(db, PathWorld.Caller("reviewing-lawyer"), "b2", world.Now, task.Id, CancellationToken.None));
        Note(counter, "release");
    }

    // The last warning of the time limit and its end are two timers, each fired by a round of the pump.
    private async Task LateAsync(PathWorld world, StatementCounter counter)
    {
        await world.GoToAsync(new DateTimeOffset(2026, 3, 16, 0, 0, 0, TimeSpan.Zero).AddDays(-1));
        world.Now = new DateTimeOffset(2026, 3, 17, 8, 0, 0, TimeSpan.Zero);
        counter.Reset();
        TimerRound round = await new TimerPump(world.Runner).RunOnceAsync(world.Context, world.Now, CancellationToken.None);
        Assert.Equal(1, round.Fired);
        Note(counter, "a case's time limit passes");
    }

    private async Task TakeBackAsync(PathWorld world, StatementCounter counter)
    {
        WorkTask approval = await world.TaskAsync("x-second-review", TaskState.Completed);
        await using CaseDb db = world.Context();
        counter.Reset();
        Assert.IsType<Completed>(await world.Reinstating.RunAsync(db, PathWorld.Caller("reviewing-lawyer-2"), "b3", world.Now, approval.Id, "Wrong case", CancellationToken.None));
        Note(counter, "take a completion back");
    }

    private async Task CloseAsync(PathWorld world, StatementCounter counter)
    {
        await using CaseDb db = world.Context();
        counter.Reset();
        Assert.IsType<Completed>(await world.Closing.RunAsync(db, PathWorld.Caller("court-administrator"), "b4", world.Now, PathWorld.CaseId, "Sent twice", CancellationToken.None));
        Note(counter, "close a case in error");
    }

    private void Note(StatementCounter counter, string command, string? what = null)
    {
        CommandBudget budget = CommandBudgets.Of(command);
        string said = what is null ? command : $"{command} ({what})";
        output.WriteLine(budget.Said(said, counter));
        if (budget.Exceeded(said, counter) is { } exceeded)
        {
            _over.Add(exceeded);
        }
        counter.Reset();
    }
}
