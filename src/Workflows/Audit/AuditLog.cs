using Assize.Audit;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Audit;

public static class AuditLog
{
    /// <summary>Queues the row that says who did what; it is committed with what it describes, or not at all.</summary>
    /// <param name="kind">"case", "task", "submission", "message", "grant" and so on.</param>
    /// <param name="detail">JSON text without personal data; it is chained for ever.</param>
    /// <param name="said">What the person wrote: a reason or a note. It can be erased.</param>
    public static void Record(UnitSession session, Caller caller, string action, string kind, string id, string? detail = null, string? said = null) =>
        session.Insert(Entry(session.NewId(), session.RecordedAt, caller, action, (kind, id), SessionCase.Of(session), detail, said));

    /// <summary>The same row for a write that is no command of a unit: the caller adds it to its own transaction.</summary>
    public static AuditEntry Entry(
        string id, DateTimeOffset at, Caller caller, string action, (string Kind, string Id) subject, CaseFile? file = null, string? detail = null, string? said = null)
    {
        Said? apart = string.IsNullOrWhiteSpace(said) ? null : Said.Of(said);
        return new AuditEntry
        {
            Id = id,
            At = at,
            Actor = caller.Subject,
            Agency = caller.Agency.Length == 0 ? AuditStream.Assize : caller.Agency,
            Action = action,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            CaseId = file?.Id,
            OwnerAgency = file?.OwnerAgency,
            Detail = detail,
            Said = apart?.Text,
            SaidSalt = apart?.Salt,
            SaidDigest = apart?.Digest,
        };
    }
}
