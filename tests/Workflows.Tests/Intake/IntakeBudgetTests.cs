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

        Taken faulty = Assert.IsType<Taken>(await MeasureAsync("receive, with faults", () => intake.SendAsync(IntakeExamples.With(Code, "TH680I0")), trips: 5, statements: 13));
        await MeasureAsync("correct, and open the case", () => intake.CorrectAsync(faulty.SubmissionId, IntakeHarness.System, (Code, "TH68010")), trips: 8, statements: 24);
        await MeasureAsync("receive, and open the case", () => intake.SendAsync(IntakeExamples.With(Urn, "05LV1111126")), trips: 8, statements: 24);

        async Task<IntakeAnswer> MeasureAsync(string command, Func<Task<IntakeAnswer>> run, int trips, int statements)
        {
            counter.Reset();
            IntakeAnswer answer = await run();
            output.WriteLine($"{command}: {counter.Trips.Count} round trips, {counter.Statements} statements");
            string all = string.Join('\n', counter.Trips.SelectMany((trip, number) => trip.Select(statement => $"{number + 1}: {statement}")));
            Assert.True(counter.Trips.Count <= trips, $"{command} took {counter.Trips.Count} round trips\n{all}");
            Assert.True(counter.Statements <= statements, $"{command} took {counter.Statements} statements\n{all}");
            return answer;
        }
    }
}
