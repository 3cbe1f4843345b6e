using Assize.Engine.Commands;
using Assize.Workflows.Access;

namespace Assize.Workflows.Intake.Submissions;

internal static class SubmissionAudit
{
    public static AuditEntry Of(UnitSession session, Caller caller, string action, string submissionId, string? detail) => new()
    {
        Id = session.NewId(), At = session.RecordedAt, Actor = caller.Subject, Agency = caller.Agency, Action = action,
        SubjectKind = "submission", SubjectId = submissionId, Detail = detail,
    };
}
