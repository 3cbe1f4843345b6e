using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>A submission as its sender sees it.</summary>
/// <param name="Prosecution">The canonical charge with every correction; pointers address it.</param>
/// <param name="CaseUrn">Once the case exists; of a duplicate, the existing case, where the caller may see that one.</param>
public sealed record SubmissionView(
    string Id, string State, string Sender, string Urn, string Authority, DateTimeOffset ReceivedAt,
    IReadOnlyList<Problem> Problems, IReadOnlyList<Correction> Corrections, JsonObject Prosecution, string? CaseUrn)
{
    internal static SubmissionView Of(Submission submission, string? caseUrn) => new(
        submission.Id, submission.State, submission.Sender, submission.Urn, submission.Authority, submission.ReceivedAt,
        SubmissionJson.Problems(submission.Problems), SubmissionJson.Corrections(submission.Corrections), SubmissionCheck.Canonical(submission), caseUrn);
}
