using System.Text.Json;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Operations;

public enum OperationSteering { Pause, Resume, Cancel }

/// <summary>What came of steering; a code and words where it was refused.</summary>
public sealed record OperationSteered(TrackedOperation? Operation, string? Code = null, string? Message = null);

/// <summary>Pauses, resumes or cancels long work between two batches. Resuming also retries what failed.</summary>
public sealed class SteerOperation(IAccessEvaluator access, VisibleOperations visible, TimeProvider clock)
{
    public async Task<OperationSteered> RunAsync(CaseDb db, Caller caller, string id, OperationSteering steering, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        TrackedOperation? operation = await (await visible.OfAsync(db, caller, ct)).SingleOrDefaultAsync(x => x.Id == id, ct);
        if (operation is null)
        {
            return new OperationSteered(null, AccessCodes.NotFound, "There is no such operation.");
        }
        if (await access.CheckAsync(db, caller, operation.Action, AccessTarget.None, ct) is { Allowed: false } denied)
        {
            return new OperationSteered(operation, denied.Code, denied.Reason);
        }
        if (!Apply(operation, steering))
        {
            return new OperationSteered(operation, "operation-state", $"The operation is {operation.State}, so there is nothing to {Word(steering)}. Nothing was changed.");
        }
        DateTimeOffset now = clock.GetUtcNow();
        db.Add(AuditLog.Entry(Guid.CreateVersion7(now).ToString("n"), now, caller, $"operation.{Word(steering)}", ("operation", id), detail: JsonSerializer.Serialize(new { operation.Kind, operation.About })));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new OperationSteered(operation, "operation-moved", "The operation moved on at this moment. Nothing was changed. Look again.");
        }
        await transaction.CommitAsync(ct);
        return new OperationSteered(operation);
    }

    // Who runs it finds the wish before its next batch; one that nobody runs is put to a runner, which brings it to its end.
    private static bool Apply(TrackedOperation operation, OperationSteering steering) => (steering, operation.State) switch
    {
        (OperationSteering.Pause, OperationState.Waiting or OperationState.Running) => Wish(operation, OperationWish.Pause, operation.State),
        (OperationSteering.Resume, OperationState.Paused) => Wish(operation, null, OperationState.Waiting),
        (OperationSteering.Resume, OperationState.Failed) => Again(operation),
        (OperationSteering.Cancel, OperationState.Waiting or OperationState.Running) => Wish(operation, OperationWish.Cancel, operation.State),
        (OperationSteering.Cancel, OperationState.Paused) => Wish(operation, OperationWish.Cancel, OperationState.Waiting),
        _ => false,
    };

    private static bool Wish(TrackedOperation operation, string? wish, string state)
    {
        (operation.Wish, operation.State) = (wish, state);
        return true;
    }

    private static bool Again(TrackedOperation operation)
    {
        (operation.Failures, operation.Failure, operation.EndedAt) = (0, null, null);
        return Wish(operation, null, OperationState.Waiting);
    }

    private static string Word(OperationSteering steering) => steering switch
    {
        OperationSteering.Pause => "pause",
        OperationSteering.Resume => "resume",
        _ => "cancel",
    };
}
