using Assize.Engine.Commands;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>Law 11 for the commands on tasks: two round trips and eight statements before the commit; a step that asks for a slot may add one and two.</summary>
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
        Note(counter, over, "acknowledge", (2, 8));
        await using (PathWorld error = await PathWorld.OpenAsync(DatabaseKind.Postgres))
        {
            await CloseAsync(error, over);
        }
        Assert.True(over.Count == 0, string.Join('\n', over));
    }

    /// <summary>The last preparation step starts a child for each defendant; an adjournment asks for a slot.</summary>
    private static (int Trips, int Statements) Allowed(string step, string outcome) => (step, outcome) switch
    {
        ("m7-court-preparation", _) => (6, 14),
        ("m15-results", "Adjourned") => (3, 10),
        _ => (2, 8),
    };

    private async Task ClaimAndReleaseAsync(PathWorld world, StatementCounter counter, List<string> over)
    {
        WorkTask task = await world.TaskAsync("m5-initial-review");
        await using CaseDb db = world.Context();
        counter.Reset();
        Assert.IsType<Completed>(await world.Claiming.RunAsync(db, PathWorld.Caller("reviewing-lawyer"), "b1", world.Now, task.Id, CancellationToken.None));
        Note(counter, over, "claim", (2, 8));
        Assert.IsType<Completed>(await world.Releasing.RunAsync(db, PathWorld.Caller("reviewing-lawyer"), "b2", world.Now, task.Id, CancellationToken.None));
        Note(counter, over, "release", (2, 8));
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
        Note(counter, over, "close in error", (2, 8));
    }

    private void Note(StatementCounter counter, List<string> over, string command, (int Trips, int Statements) allowed)
    {
        output.WriteLine($"{command}: {counter.Trips.Count} round trips, {counter.Statements} statements");
        if (counter.Trips.Count > allowed.Trips || counter.Statements > allowed.Statements)
        {
            string all = string.Join('\n', counter.Trips.SelectMany((trip, number) => trip.Select(statement => $"  {number + 1}: {statement[..Math.Min(110, statement.Length)]}")));
            over.Add($"{command} took {counter.Trips.Count} round trips and {counter.Statements} statements; {allowed} are allowed\n{all}");
        }
        counter.Reset();
    }
}
