using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Ends a submission that its force withdrew; its reference is free again.</summary>
public static class RejectSubmission
{
    public const string Kind = "reject-submission";

    public static async Task<JsonNode?> PerformAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        Submission submission = await SessionSubmission.GetAsync(session, ct);
        (submission.State, submission.OpenUrn, submission.ChangedAt) = (SubmissionState.Rejected, null, session.Now);
        session.Write(submission);
        return null;
    }
}
