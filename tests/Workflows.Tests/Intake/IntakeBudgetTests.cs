using System.Text.Json.Nodes;
using Assize.TestKit.Databases;
using Assize.TestKit.Units;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
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

        Taken faulty = Assert.IsType<Taken>(await MeasureAsync("receive, with faults", () => intake.SendAsync(IntakeExamples.With(Code, "TH680I0"))));
        await MeasureAsync("correct, and open the case", () => intake.CorrectAsync(faulty.SubmissionId, IntakeHarness.System, (Code, "TH68010")));
        await MeasureAsync("receive, and open the case", () => intake.SendAsync(IntakeExamples.With(Urn, "05LV1111126")));
        await MeasureAsync("receive the same again", () => intake.SendAsync(IntakeExamples.With(Urn, "05LV1111126")));
        await CorrectedAsync("complete a correction, and open the case", "05LV2222226", "Corrected", new JsonObject { [Code] = "TH68010" });
        await CorrectedAsync("withdraw a prosecution", "05LV3333326", "Withdrawn", new JsonObject { ["withdrawalReason"] = "Sent by mistake" });

        async Task CorrectedAsync(string command, string urn, string outcome, JsonObject fields)
        {
            JsonObject charge = IntakeExamples.With(Code, "TH680I0");
            charge["prosecutionSubmissionDetails"]!["urn"] = urn;
            await intake.SendAsync(charge);
            await using CaseDb db = intake.Context();
            string task = await db.Tasks.Where(x => x.SubmissionId != null && x.State == TaskState.Open).Select(x => x.Id).SingleAsync(TestContext.Current.CancellationToken);
            await MeasureAsync(command, () => intake.CompleteAsync(IntakeHarness.Builder, task, outcome, fields));
        }

        async Task<T> MeasureAsync<T>(string command, Func<Task<T>> run)
        {
            counter.Reset();
            T answer = await run();
            CommandBudget budget = CommandBudgets.Of(command);
            output.WriteLine(budget.Said(command, counter));
            Assert.Null(budget.Exceeded(command, counter));
            return answer;
        }
    }
}
