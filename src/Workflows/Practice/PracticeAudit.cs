using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Practice;

/// <summary>Who answered, cancelled or deleted which practice case: the case goes after some days, its record stays.</summary>
public static class PracticeAudit
{
    public const string Answered = "practice.answer";
    public const string Cancelled = "practice.cancel";
    public const string Deleted = "practice.delete";

    private const string Kind = "practice";

    internal static void Record(UnitSession session, Caller caller, string action, string? waited = null) => AuditLog.Record(
        session, caller, action, Kind, session.UnitId, Detail(session.One<PracticeCase>()!, waited));

    /// <summary>One that is gone when the transaction commits. A sweep is nobody's doing, and stands in the log of the case's agency.</summary>
    internal static void RecordDeleted(CaseDb db, Caller caller, PracticeCase practice, TimeProvider clock)
    {
        DateTimeOffset now = DraftAudit.Now(clock);
        db.Add(AuditLog.Entry(
            Guid.CreateVersion7(now).ToString("n"), now, caller with { Agency = practice.Agency }, Deleted, (Kind, practice.CaseId), detail: Detail(practice, waited: null)));
    }

    private static string Detail(PracticeCase practice, string? waited) =>
        JsonSerializer.Serialize(new { definition = practice.DefinitionId, version = practice.Version, waited });
}
