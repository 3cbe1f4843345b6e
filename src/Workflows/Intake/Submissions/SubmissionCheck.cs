using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Everything there is to say against a submission as it stands with its corrections.</summary>
internal static class SubmissionCheck
{
    public static IReadOnlyList<Problem> Run(Submission submission, ReferenceData reference, DateTimeOffset now)
    {
        JsonObject canonical = Canonical(submission);
        ChargeContext context = new(new Charge(canonical), Enum.Parse<SubmissionFormat>(submission.Format), LondonTime.DayOf(now), reference);
        return ChargeRules.Order(ChargeRules.Check(context).Concat(SubmissionJson.Problems(submission.Unmapped)));
    }

    /// <summary>By which the versions of code lists are chosen.</summary>
    public static DateOnly? LegalDate(Submission submission) => new Charge(Canonical(submission)).LegalDate;

    public static JsonObject Canonical(Submission submission) =>
        SubmissionJson.Corrected(submission.Canonical, SubmissionJson.Corrections(submission.Corrections));

    public static bool HasErrors(IEnumerable<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error);
}
