using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Hearings;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

public sealed class SubmissionTests
{
    private const string Code = "/defendants/0/offences/0/offenceDetails/cjsOffenceCode";
    private const string Postcode = "/defendants/0/defendantDetails/address/postcode";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Receive_ValidCharge_IsARunningCaseAtOnce(DatabaseKind kind)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(kind);

        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.ChargeBytes, "application/json"));

        Assert.Equal(SubmissionState.Success, taken.State);
        SubmissionView view = await intake.ViewAsync(taken.SubmissionId);
        Assert.Equal("05LV1234526", view.CaseUrn);
        await using var db = intake.Context();
        CaseFile file = await db.Cases.SingleAsync(Stop);
        Defendant defendant = await db.Defendants.SingleAsync(Stop);
        Assert.Equal(("merseyside-police", "either-way", new DateOnly(2026, 7, 3)), (file.OwnerAgency, file.GravestModeOfTrial, file.LegalDate));
        Assert.Equal(("Callum DEARDEN", "B", false), (defendant.Name, defendant.BailStatus, defendant.IsYouth));
        Assert.Equal(["Theft from a shop", "Assault by beating"], await db.Offences.OrderBy(x => x.Sequence).Select(x => x.Title).ToListAsync(Stop));
        Hearing hearing = await db.Hearings.SingleAsync(Stop);
        Assert.Equal((new DateTimeOffset(2026, 7, 20, 9, 0, 0, TimeSpan.Zero), "B05PK00"), (hearing.StartsAt, hearing.CourtOu));
        Assert.Contains(await db.Tasks.ToListAsync(Stop), task => task.CaseId == file.Id && task.State == TaskState.Open);
        Assert.Equal(IntakeExamples.ChargeBytes, (await db.Set<ReceivedMessage>().SingleAsync(Stop)).Bytes);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Correct_OnlyTheFaults_MakesTheCase(DatabaseKind kind)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(kind);
        JsonObject charge = IntakeExamples.With(Code, "TH680I0");
        charge["defendants"]![0]!["defendantDetails"]!["address"]!["postcode"] = "M1 1A";
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(charge));
        Assert.Equal(SubmissionState.Failed, taken.State);
        Assert.Equal(["INVALID_DEFENDANT_POST_CODE", "OFFENCE_CODE_IS_INVALID"], (await intake.ViewAsync(taken.SubmissionId)).Problems.Select(problem => problem.Code).Order());
        await using var db = intake.Context();
        WorkTask task = await db.Tasks.AsNoTracking().SingleAsync(Stop);
        Assert.Equal(("merseyside-police", "case-builder", "correct-prosecution", taken.SubmissionId), (task.LaneAgency, task.LaneRole, task.FormId, task.SubmissionId));

        Taken half = Assert.IsType<Taken>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Code, "TH68010")));
        Taken whole = Assert.IsType<Taken>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.Builder, (Postcode, "M1 1AA")));

        Assert.Equal((SubmissionState.Failed, SubmissionState.Success), (half.State, whole.State));
        SubmissionView view = await intake.ViewAsync(taken.SubmissionId);
        Assert.Equal([("merseyside-system", Code), ("casey", Postcode)], view.Corrections.Select(correction => (correction.By, correction.Pointer)));
        Assert.Equal("TH68010", view.Prosecution["defendants"]![0]!["offences"]![0]!["offenceDetails"]!["cjsOffenceCode"]!.GetValue<string>());
        Assert.Equal("05LV1234526", view.CaseUrn);
        string received = global::System.Text.Encoding.UTF8.GetString((await db.Set<ReceivedMessage>().SingleAsync(Stop)).Bytes);
        Assert.Equal(charge.ToJsonString(), received);
        Assert.Equal(2, await db.Tasks.CountAsync(row => row.SubmissionId == taken.SubmissionId && row.State == TaskState.Completed, Stop));
    }

    [Fact]
    public async Task Correct_WhatIsNotFaulty_ChangesNothing()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.With(Code, "TH680I0")));

        CorrectionsRefused refused = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(
            taken.SubmissionId, IntakeHarness.System, (Code, "TH68010"), ("/defendants/0/individual/nameDetails/surname", "OTHER"), ("nonsense", 1)));

        Assert.Equal(422, refused.Status);
        Assert.Equal(["/defendants/0/individual/nameDetails/surname", "nonsense"], refused.Faults.Select(fault => fault.Pointer));
        Assert.Empty((await intake.ViewAsync(taken.SubmissionId)).Corrections);
        Assert.Equal(422, Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System)).Status);
    }

    [Fact]
    public async Task Correct_OneValueTwice_OrIntoNoReference_ChangesNothing()
    {
        const string Urn = "/prosecutionSubmissionDetails/urn";
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        JsonObject charge = IntakeExamples.With(Code, "TH680I0");
        charge["prosecutionSubmissionDetails"]!["urn"] = "05/LV";
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(charge));

        CorrectionsRefused twice = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Code, "TH68010"), (Code, "TH68011")));
        CorrectionsRefused longer = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Urn, new string('X', 37))));
        CorrectionsRefused control = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Urn, "05LV\u00001234526")));
        CorrectionsRefused none = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Urn, null)));

        Assert.Equal(["pointer-repeated", "value-unfit", "value-unfit", "value-required"], new[] { twice, longer, control, none }.Select(refused => Assert.Single(refused.Faults).Code));
        SubmissionView view = await intake.ViewAsync(taken.SubmissionId);
        Assert.Equal((SubmissionState.Failed, "05/LV"), (view.State, view.Urn));
        Assert.Empty(view.Corrections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Correct_IntoAReferenceThatIsTaken_IsRefused_AndKeepsTheSubmissionWaiting(bool isOpenSubmission)
    {
        const string Urn = "/prosecutionSubmissionDetails/urn";
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        await intake.SendAsync(isOpenSubmission ? IntakeExamples.With(Code, "TH680I0") : IntakeExamples.Charge());
        JsonObject charge = IntakeExamples.With(Code, "TH680I0");
        charge["prosecutionSubmissionDetails"]!["urn"] = "05/LV";
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(charge));

        CorrectionsRefused refused = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Code, "TH68010"), (Urn, "05LV1234526")));
        SubmissionView waiting = await intake.ViewAsync(taken.SubmissionId);
        Taken accepted = Assert.IsType<Taken>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Code, "TH68010"), (Urn, "05LV1234626")));

        Assert.Equal((422, Urn, "reference-taken"), (refused.Status, Assert.Single(refused.Faults).Pointer, refused.Faults[0].Code));
        Assert.Equal((SubmissionState.Failed, "05/LV"), (waiting.State, waiting.Urn));
        Assert.Equal(SubmissionState.Success, accepted.State);
    }

    [Fact]
    public async Task Correct_IntoTheReferenceOfASealedCase_TellsNothingOfIt()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        await intake.SendAsync(IntakeExamples.Charge());
        await using (var db = intake.Context())
        {
            await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(file => file.Sealed, true), Stop);
        }
        JsonObject charge = IntakeExamples.Charge();
        charge["prosecutionSubmissionDetails"]!["urn"] = "05/LV";
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(charge));

        Taken held = Assert.IsType<Taken>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, ("/prosecutionSubmissionDetails/urn", "05LV1234526")));

        Assert.Equal(SubmissionState.Pending, held.State);
    }

    [Fact]
    public async Task Correct_WhenNothingWaits_IsAConflict()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.Charge()));

        CorrectionsRefused refused = Assert.IsType<CorrectionsRefused>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (Code, "TH68010")));

        Assert.Equal(("submission-not-waiting", 409), (refused.Code, refused.Status));
    }

    [Fact]
    public async Task CorrectionTask_CompletedWithPointersAsFields_MakesTheCase()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.With(Code, "TH680I0")));
        string task = await OnlyTaskAsync(intake);

        Refused empty = Assert.IsType<Refused>(await intake.CompleteAsync(IntakeHarness.Builder, task, "Corrected", []));
        Refused other = Assert.IsType<Refused>(await intake.CompleteAsync(IntakeHarness.Builder, task, "Corrected", new JsonObject { [Code] = "TH68010", [Postcode] = "M1 1AA" }));
        Refused system = Assert.IsType<Refused>(await intake.CompleteAsync(IntakeHarness.System, task, "Corrected", new JsonObject { [Code] = "TH68010" }));
        Assert.IsType<Completed>(await intake.CompleteAsync(IntakeHarness.Builder, task, "Corrected", new JsonObject { [Code] = "TH68010" }));

        Assert.Equal(("corrections-missing", "corrections-refused"), (empty.Code, other.Code));
        Assert.Contains("value-not-faulty", other.Detail!.ToJsonString());
        Assert.NotEqual("corrections-refused", system.Code);
        SubmissionView view = await intake.ViewAsync(taken.SubmissionId);
        Assert.Equal((SubmissionState.Success, "casey"), (view.State, Assert.Single(view.Corrections).By));
    }

    [Fact]
    public async Task CorrectionTask_Withdrawn_FreesTheReference()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.With(Code, "TH680I0")));

        Completed done = Assert.IsType<Completed>(await intake.CompleteAsync(
            IntakeHarness.Builder, await OnlyTaskAsync(intake), "Withdrawn", new JsonObject { ["withdrawalReason"] = "Sent by mistake" }));

        Assert.False(done.Replayed);
        Assert.Equal(SubmissionState.Rejected, (await intake.ViewAsync(taken.SubmissionId)).State);
        Assert.Equal(SubmissionState.Success, Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.Charge())).State);
    }

    [Fact]
    public async Task Receive_WithWarningsOnly_GoesOn()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);

        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.With("/defendants/0/defendantDetails/asn", "2605LV0100000009171A")));

        Assert.Equal(SubmissionState.SuccessWithWarnings, taken.State);
        Assert.Equal(ProblemCodes.AsnCheckLetter, Assert.Single((await intake.ViewAsync(taken.SubmissionId)).Problems).Code);
    }

    [Fact]
    public async Task Receive_SameMessageTwice_IsTheSameAnswer()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken first = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.ChargeBytes, "application/json"));

        Taken second = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.ChargeBytes, "application/json"));

        Assert.Equal((first.SubmissionId, first.State, true), (second.SubmissionId, second.State, second.Replayed));
    }

    [Fact]
    public async Task Receive_KnownReference_IsRejected_AndTellsOnlyWhoMaySee()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        await intake.SendAsync(IntakeExamples.Charge());
        JsonObject again = IntakeExamples.With("/prosecutionSubmissionDetails/informant", "Sergeant Q. Hale");

        Taken own = Assert.IsType<Taken>(await intake.SendAsync(again));
        JsonNode others = again.DeepClone();
        others["prosecutionSubmissionDetails"]!["prosecutingAuthority"] = "0070000";
        Taken foreign = Assert.IsType<Taken>(await intake.SendAsync(others.AsObject(), IntakeHarness.OtherSystem));

        Assert.Equal((SubmissionState.Rejected, SubmissionState.Rejected), (own.State, foreign.State));
        SubmissionView view = await intake.ViewAsync(own.SubmissionId);
        Assert.Equal(ProblemCodes.Duplicated, view.Problems[0].Code);
        Assert.Equal("05LV1234526", view.CaseUrn);
        Assert.Null((await intake.ViewAsync(foreign.SubmissionId, IntakeHarness.OtherSystem)).CaseUrn);
    }

    [Fact]
    public async Task Receive_ReferenceOfAnOpenSubmission_IsRejected()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        await intake.SendAsync(IntakeExamples.With(Code, "TH680I0"));

        Assert.Equal(SubmissionState.Rejected, Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.Charge())).State);
    }

    [Fact]
    public async Task Receive_SameRequestIdOtherBody_IsRefused()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        await intake.SendAsync(IntakeExamples.Charge(), requestId: "r1");

        Assert.IsType<RequestIdReused>(await intake.SendAsync(IntakeExamples.With(Code, "TH68001"), requestId: "r1"));
    }

    [Fact]
    public async Task Receive_Unreadable_KeepsNothing()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);

        Assert.Equal(400, Assert.IsType<Unreadable>(await intake.SendAsync("{"u8.ToArray(), "application/json")).Status);
        Assert.IsType<Forbidden>(await intake.SendAsync("{"u8.ToArray(), "application/json", IntakeHarness.Lawyer));

        await using var db = intake.Context();
        Assert.Equal((0, 0), (await db.Set<Submission>().CountAsync(Stop), await db.Set<ReceivedMessage>().CountAsync(Stop)));
    }

    [Fact]
    public async Task OthersSubmissions_CannotBeSentReadOrCorrected()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Assert.Equal(AccessCodes.RoleMissing, Assert.IsType<Forbidden>(await intake.SendAsync(IntakeExamples.Charge(), IntakeHarness.Builder)).Code);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.With(Code, "TH680I0")));

        Assert.True(Assert.IsType<Forbidden>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.OtherSystem, (Code, "TH68010"))).LooksAbsent);
        Assert.True(Assert.IsType<Forbidden>(await intake.CorrectAsync("no-such", IntakeHarness.System, (Code, "TH68010"))).LooksAbsent);
        Assert.Null((await intake.FindAsync(taken.SubmissionId, IntakeHarness.OtherSystem)).View);
        Assert.Null((await intake.FindAsync("no-such", IntakeHarness.System)).View);
    }

    [Theory]
    [InlineData("intake/example/charge-prosecution.json", "application/json", "2019-09-10")]
    [InlineData("spi/single-defendant-single-offence.xml", "application/xml", "2004-12-09")]
    [InlineData("spi/new-case-in-envelope.xml", "application/xml", "2023-01-11")]
    public async Task PublishedExample_WithItsFaultsMended_IsARunningCase(string file, string contentType, string day)
    {
        byte[] message = await File.ReadAllBytesAsync(Repository.SharedData(file), Stop);
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        intake.Now = DateTimeOffset.Parse($"{day}T08:30:00Z", global::System.Globalization.CultureInfo.InvariantCulture);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(message, contentType));
        Assert.Equal(SubmissionState.Failed, taken.State);

        for (int round = 0; taken.State == SubmissionState.Failed && round < 4; round++)
        {
            SubmissionView view = await intake.ViewAsync(taken.SubmissionId);
            taken = Assert.IsType<Taken>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System,
                [.. view.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => (problem.Pointer, SharedExampleTests.Answer(problem.Pointer)))]));
        }

        Assert.Equal(SubmissionState.SuccessWithWarnings, taken.State);
        await using var db = intake.Context();
        Assert.Equal((await intake.ViewAsync(taken.SubmissionId)).CaseUrn, (await db.Cases.SingleAsync(Stop)).Urn);
        Assert.Contains(await db.Tasks.ToListAsync(Stop), task => task.CaseId != null && task.State == TaskState.Open);
    }

    private static async Task<string> OnlyTaskAsync(IntakeHarness intake)
    {
        await using var db = intake.Context();
        return await db.Tasks.Select(task => task.Id).SingleAsync(Stop);
    }

    [Fact]
    public async Task DenyAll_InTheEvaluatorsPlace_GivesNothing()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(IntakeExamples.Charge()));
        await using var db = intake.Context();

        Assert.Null((await new SubmissionQueries(new DenyAll()).FindAsync(db, IntakeHarness.System, taken.SubmissionId, Stop)).View);
    }
}
