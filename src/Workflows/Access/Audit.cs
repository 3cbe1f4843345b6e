using Assize.Engine.Commands;

namespace Assize.Workflows.Access;

public static class Audit
{
    /// <summary>Queues the row that says who did what; it is committed with what it describes, or not at all.</summary>
    /// <param name="kind">"case", "task", "submission", "message" or "clock".</param>
    /// <param name="detail">JSON text without personal data.</param>
    public static void Record(UnitSession session, Caller caller, string action, string kind, string id, string? detail = null) => session.Insert(new AuditEntry
    {
        Id = session.NewId(),
        At = session.RecordedAt,
        Actor = caller.Subject,
        Agency = caller.Agency,
        Action = action,
        SubjectKind = kind,
        SubjectId = id,
        Detail = detail,
    });
}
