using System.Text.Json;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Drafting;

/// <summary>Who began, asked for, decided or withdrew what. Saves between are on the draft itself: an editor makes one with every stroke.</summary>
internal static class DraftAudit
{
    public static void Record(CaseDb db, Caller caller, string action, string definitionId, DateTimeOffset at, object detail) =>
        db.Add(AuditLog.Entry(Guid.CreateVersion7(at).ToString("n"), at, caller, action, ("definition", definitionId), detail: JsonSerializer.Serialize(detail)));

    public static void Record(CaseDb db, Caller caller, DraftingRight right, DateTimeOffset at, object detail, string? said) =>
        db.Add(AuditLog.Entry(Guid.CreateVersion7(at).ToString("n"), at, caller, AccessActions.AdministerDrafting, ("drafting-right", right.Id), detail: JsonSerializer.Serialize(detail), said: said));

    public static void Record(CaseDb db, Caller caller, OwnerChange change, DateTimeOffset at, string? said) =>
        db.Add(AuditLog.Entry(Guid.CreateVersion7(at).ToString("n"), at, caller, AccessActions.ApprovePublication, ("definition", change.DefinitionId),
            detail: JsonSerializer.Serialize(new { ownerChange = change.Id, change.From, change.To, change.State }), said: said));

    public static DateTimeOffset Now(TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
