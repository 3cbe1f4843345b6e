using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Cases;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Makes a case of an accepted submission in the same transaction: record, defendants, offences, first hearing, running workflow.</summary>
public sealed class RegisterCase(ReferenceStore reference)
{
    public const string Kind = "register-case";
    private const int Adult = 18;

    public async Task<JsonNode?> PerformAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        Submission submission = await SessionSubmission.GetAsync(session, ct);
        Charge charge = new(SubmissionCheck.Canonical(submission));
        CaseFile file = await StartCase.InAsync(session, Facts(submission, charge, await reference.OfAsync(session, ct, charge.LegalDate)), ct);
        submission.State = SubmissionJson.Problems(submission.Problems).Count > 0 ? SubmissionState.SuccessWithWarnings : SubmissionState.Success;
        submission.CaseId = file.Id;
        submission.ChangedAt = session.Now;
        session.Write(submission);
        return new JsonObject { ["caseId"] = file.Id, ["urn"] = file.Urn };
    }

    internal static NewCase Facts(Submission submission, Charge charge, ReferenceData reference)
    {
        string court = charge.Hearing.Text("courtHearingLocation") ?? "";
        ReferenceItem? listed = reference.Find(ReferenceLists.Court, court);
        DateOnly legalDate = charge.LegalDate!.Value;
        return new NewCase(
            submission.Urn, submission.Sender, submission.Authority, court, listed?.Text("name") ?? court, listed?.Text("area") ?? "",
            legalDate, charge.Hearing.Date("dateOfHearing"), CaseAgencies.For(submission.Sender, court),
            [.. charge.Defendants.Select(defendant => Defendant(defendant, legalDate, reference))], FirstHearingAt: HearingTime(charge.Hearing));
    }

    private static TimeOnly? HearingTime(Part hearing) =>
        hearing.Date("dateOfHearing") is { } day && ClockTime.Read(hearing.Text("timeOfHearing")) is { } time
            ? TimeOnly.FromDateTime(LondonTime.At(time.On(day)).DateTime)
            : null;

    private static NewDefendant Defendant(ChargedDefendant defendant, DateOnly legalDate, ReferenceData reference)
    {
        JsonObject detail = defendant.Root.Members!.DeepClone().AsObject();
        detail.Remove("offences");
        return new NewDefendant(
            Name(defendant), defendant.Person.Date("dateOfBirth") is { } born && born.AddYears(Adult) > legalDate,
            Bail(defendant.Person.Text("custodyStatus")), detail, [.. defendant.Offences.Select((offence, index) => Offence(offence, index + 1, reference))]);
    }

    private static NewOffence Offence(ChargedOffence offence, int ordinal, ReferenceData reference)
    {
        Part details = offence.Details;
        string code = details.Text("cjsOffenceCode") ?? "";
        ReferenceItem? listed = OffenceCodes.Find(reference, code);
        return new NewOffence(
            ordinal, code, listed?.Text("title") ?? code, details.Text("offenceWording") ?? "",
            ModeOfTrial.Of(listed?.Text("category")), offence.CommittedFrom, offence.Root.Members!.DeepClone().AsObject());
    }

    private static string Name(ChargedDefendant defendant)
    {
        Part name = defendant.Person.Child("nameDetails");
        string[] parts = [.. new[] { name.Text("forename"), name.Text("forename2"), name.Text("forename3"), name.Text("surname") }.OfType<string>()];
        return parts.Length > 0 ? string.Join(' ', parts) : defendant.Organisation.Text("organisationName") ?? "";
    }

    // Police write R for a remand in custody, which a case knows as C.
    private static string Bail(string? custodyStatus) => custodyStatus switch { null => "A", "R" => "C", _ => custodyStatus };
}
