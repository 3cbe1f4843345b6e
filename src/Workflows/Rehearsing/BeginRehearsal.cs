using System.Text.Json;
using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Rehearsing;

/// <summary>Has a text run on the journals of all open cases of its workflow, which changes none of them.</summary>
public sealed class BeginRehearsal(IAccessEvaluator access, TimeProvider clock)
{
    public const string Name = "rehearsal";

    /// <returns>The rehearsal of this very text that runs already, or a new one.</returns>
    public async Task<RehearsalAnswer> RunAsync(CaseDb db, Caller caller, WorkflowDefinition definition, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await access.CheckAsync(db, caller, AccessActions.RehearseDefinition, AccessTarget.None, ct) is { Allowed: false } denied)
        {
            return new RehearsalAnswer(null, denied.Code, denied.Reason);
        }
        string hash = DefinitionHash.Of(definition);
        DateTimeOffset now = DraftAudit.Now(clock);
        TrackedOperation operation = await BeginOperation.AddAsync(
            db, caller, Name, $"definition:{definition.DefinitionId}", new { hash }, AccessActions.RehearseDefinition, now, ct);
        if (await db.Rehearsals.AsNoTracking().SingleOrDefaultAsync(x => x.Id == operation.Id, ct) is { } running)
        {
            return running.Hash == hash
                ? new RehearsalAnswer(running.Id)
                : new RehearsalAnswer(null, "rehearsal-running", "Another text of this workflow is being rehearsed now. Begin again when it has ended, or cancel it. Nothing was changed.");
        }
        db.Add(new WorkflowRehearsal
        {
            Id = operation.Id,
            DefinitionId = definition.DefinitionId,
            Version = definition.Version,
            Name = definition.Name ?? definition.DefinitionId,
            Hash = hash,
            Text = definition.Json.ToJsonString(),
            Agency = caller.Agency,
            CreatedAt = now,
        });
        DraftAudit.Record(db, caller, AccessActions.RehearseDefinition, definition.DefinitionId, now, JsonSerializer.SerializeToNode(new { rehearsal = operation.Id, definition.Version, hash })!);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Of two who begin at once one is told so.
            return new RehearsalAnswer(null, "rehearsal-running", "Somebody else began a rehearsal of this workflow at this moment. Look again. Nothing was changed.");
        }
        await transaction.CommitAsync(ct);
        return new RehearsalAnswer(operation.Id);
    }
}

/// <summary>The rehearsal that runs; or a code and words where it was refused.</summary>
public sealed record RehearsalAnswer(string? Id, string? Code = null, string? Message = null);
