using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Checks a submission inside its step's transaction; the reply says which way it goes, and how many faults it has.</summary>
public sealed class ValidateSubmission(ReferenceStore reference)
{
    public const string Kind = "validate-submission";

    public async Task<JsonNode?> PerformAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        Submission submission = await SessionSubmission.GetAsync(session, ct);
        IReadOnlyList<Problem> problems = SubmissionCheck.Run(submission, await reference.OfAsync(session, ct, SubmissionCheck.LegalDate(submission)), session.Now);
        string outcome = "Duplicate";
        if (await DuplicateAsync(session.Db, submission, ct) is { } duplicate)
        {
            if (await HeldRepeat.FindAsync(session, submission, ct) is { } held)
            {
                return Hold(session, submission, held);
            }
            problems = [duplicate, .. problems];
            (submission.State, submission.OpenUrn) = (SubmissionState.Rejected, null);
        }
        else
        {
            (submission.State, outcome) = Judge(problems);
            submission.OpenUrn = submission.Urn;
        }

        submission.Problems = SubmissionJson.Write(problems);
        submission.ChangedAt = session.Now;
        session.Write(submission);
        int errors = problems.Count(problem => problem.Severity == Severity.Error);
        return new JsonObject { ["outcome"] = outcome, ["errors"] = errors, ["warnings"] = problems.Count - errors };
    }

    // The sender is told what it would be told of any message that is being looked at.
    private static JsonObject Hold(UnitSession session, Submission submission, JsonObject held)
    {
        (submission.State, submission.OpenUrn, submission.ChangedAt) = (SubmissionState.Pending, null, session.Now);
        submission.Problems = "[]";
        session.Write(submission);
        return held;
    }

    private static (string State, string Outcome) Judge(IReadOnlyList<Problem> problems) =>
        SubmissionCheck.HasErrors(problems) ? (SubmissionState.Failed, "Invalid")
        : problems.Count > 0 ? (SubmissionState.PendingWithWarnings, "ValidWithWarnings")
        : (SubmissionState.Pending, "Valid");

    // The message never says whose the other one is: whether the caller may see it is asked when they look.
    private static async Task<Problem?> DuplicateAsync(DbContext db, Submission submission, CancellationToken ct) =>
        await TakenReference.IsAsync(db, submission.Urn, submission.Id, ct)
            ? Problem.Of(ProblemCodes.Duplicated, TakenReference.Pointer,
                $"Expected a new prosecution, but there is one with the reference {submission.Urn} already. Go on with that one, or send this one under its own reference.", JsonValue.Create(submission.Urn))
            : null;
}
