using System.Text.Json;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Operations;

/// <summary>Puts long work into the caller's unit of work; it begins after the commit. Whoever calls has asked whether it may be.</summary>
public static class BeginOperation
{
    /// <param name="action">What somebody needs, besides being of the same agency, to pause, cancel or retry it.</param>
    /// <returns>The open operation of this kind about the same thing, where there is one; otherwise the new one.</returns>
    public static async Task<TrackedOperation> AddAsync(
        CaseDb db, Caller caller, string kind, string about, object settings, string action, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Operations.FirstOrDefaultAsync(x => x.Kind == kind && x.About == about && OperationState.Open.Contains(x.State), ct) is { } open)
        {
            return open;
        }
        TrackedOperation operation = new()
        {
            Id = Guid.CreateVersion7(now).ToString("n"),
            Kind = kind,
            About = about,
            Settings = JsonSerializer.Serialize(settings, JsonSerializerOptions.Web),
            Action = action,
            State = OperationState.Waiting,
            Done = 0,
            Failures = 0,
            StartedBy = caller.Subject,
            StartedByName = caller.DisplayName,
            Agency = caller.Agency,
            CreatedAt = now,
            Turn = 0,
            FreeAt = now,
        };
        db.Add(operation);
        db.Add(AuditLog.Entry(Guid.CreateVersion7(now).ToString("n"), now, caller, "operation.begin", ("operation", operation.Id), detail: JsonSerializer.Serialize(new { kind, about })));
        return operation;
    }
}
