using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Intake.Submissions;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

/// <summary>Intake has a counted budget of its own: it checks, and opens a case, in one transaction.</summary>
public sealed class IntakeBudgetTests(ITestOutputHelper output)
{
    private const string Code = "/defendants/0/offences/0/offenceDetails/cjsOffenceCode";
    private const string Urn = "/prosecutionSubmissionDetails/urn";

    [Fact]
    public async Task Intake_KeepsWithinItsBudget()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Postgres);
        // Once unwatched, so that definitions are compiled and lists are read.
        await intake.SendAsync(IntakeExamples.With(Urn, "05LV0000026"));
        await using StatementCounter counter = intake.Watch();

        Taken faulty = Assert.IsType<Taken>(await MeasureAsync("receive, with faults", () => intake.SendAsync(IntakeExamples.With(Code, "TH680I0")), CommandBudget.FanOut(5, 13, "it reads reference data for every rule")));
        await MeasureAsync("correct, and open the case", () => intake.CorrectAsync(faulty.SubmissionId, IntakeHarness.System, (Code, "TH68010")), CommandBudget.FanOut(8, 24, "it checks, and opens a case"));
        await MeasureAsync("receive, and open the case", () => intake.SendAsync(IntakeExamples.With(Urn, "05LV1111126")), CommandBudget.FanOut(8, 24, "it checks, and opens a case"));

        async Task<IntakeAnswer> MeasureAsync(string command, Func<Task<IntakeAnswer>> run, CommandBudget budget)
        {
            counter.Reset();
            IntakeAnswer answer = await run();
            output.WriteLine($"{command}: {counter.Trips.Count} round trips, {counter.Statements} statements ({budget.Kind})");
            Assert.Null(budget.Exceeded(command, counter));
            return answer;
        }
    }
}
