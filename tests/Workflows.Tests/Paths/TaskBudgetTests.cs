using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>Law 11 for the commands on tasks; each line says which kind of budget it has.</summary>
public sealed class TaskBudgetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Commands_on_tasks_keep_within_the_budget()
    {
        await using (PathWorld warm = await PathWorld.OpenAsync(DatabaseKind.Postgres))
        {
            await Scenarios.All["trial-ineffective-then-convicted"](warm);
        }
        await using PathWorld world = await PathWorld.OpenAsync(DatabaseKind.Postgres);
        await using StatementCounter counter = world.Watch();
        List<string> over = [];
        world.Completed = (step, outcome) => Note(counter, over, $"complete {step} as {outcome}", Allowed(step, outcome));
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Able", PathFacts.Burglary())));
        await ClaimAndReleaseAsync(world, counter, over);
        await Scenarios.PrepareAsync(world);
        await Scenarios.ToTrialAndSentenceAsync(world);
        await world.AcknowledgeAsync("hearing-results");
        Note(counter, over, "acknowledge", CommandBudget.Plain);
        await using (PathWorld error = await PathWorld.OpenAsync(DatabaseKind.Postgres))
        {
            await CloseAsync(error, over);
        }
        Assert.True(over.Count == 0, string.Join('\n', over));
    }

    private static CommandBudget Allowed(string step, string outcome) => (step, outcome) switch
    {
        ("m7-court-preparation", _) => CommandBudget.FanOut(6, 14, "the last preparation step starts a workflow and asks for a slot for each defendant"),
        ("m15-results", "Adjourned") => CommandBudget.WithReply,
        _ => CommandBudget.Plain,
    };

    private async Task ClaimAndReleaseAsync(PathWorld world, StatementCounter counter, List<string> over)
    {
        WorkTask task = await world.TaskAsync("m5-initial-review");
        await using CaseDb db = world.Context();
        counter.Reset();
        Assert.IsType<Completed>(await world.Claiming.RunAsync(db, PathWorld.Caller("reviewing-lawyer"), "b1", world.Now, task.Id, CancellationToken.None));
        Note(counter, over, "claim", CommandBudget.Plain);
        Assert.IsType<Completed>(await world.Releasing.RunAsync(db, PathWorld.Caller("reviewing-lawyer"), "b2", world.Now, task.Id, CancellationToken.None));
        Note(counter, over, "release", CommandBudget.Plain);
    }

    private async Task CloseAsync(PathWorld world, List<string> over)
    {
        await world.StartAsync(PathFacts.Case(PathFacts.Defendant("Baker", PathFacts.Theft())));
        await using StatementCounter counter = world.Watch();
        await world.OpenAsync();
        await using CaseDb db = world.Context();
        // A definition is read when a host first meets it, which is no cost of the step.
        Assert.IsType<Refused>(await world.Closing.RunAsync(db, PathWorld.Caller("solicitor"), "b3", world.Now, PathWorld.CaseId, "Mine", CancellationToken.None));
        counter.Reset();
        Assert.IsType<Completed>(await world.Closing.RunAsync(db, PathWorld.Caller("court-administrator"), "b4", world.Now, PathWorld.CaseId, "Sent twice", CancellationToken.None));
        Note(counter, over, "close in error", CommandBudget.Plain);
    }

    private void Note(StatementCounter counter, List<string> over, string command, CommandBudget budget)
    {
        output.WriteLine($"{command}: {counter.Trips.Count} round trips, {counter.Statements} statements ({budget.Kind})");
        if (budget.Exceeded(command, counter) is { } exceeded)
        {
            over.Add(exceeded);
        }
        counter.Reset();
    }
}
