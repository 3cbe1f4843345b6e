using System.Text.Json;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Operations;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <param name="Revision">Of the draft that its page showed; null where there was none.</param>
/// <param name="Table">The table with commas, as it was sent.</param>
public sealed record UploadSettings(string List, int? Revision, string Table);

/// <summary>Begins to make a table with commas the draft of a code list's next version. Long lists are read as long work, which survives a restart.</summary>
public sealed class UploadCodeList(DraftingRights rights, TimeProvider clock)
{
    /// <summary>The operation, or why it may not be.</summary>
    public async Task<(TrackedOperation? Operation, string? Code, string? Refusal)> RunAsync(CaseDb db, Caller caller, RuleName list, int? revision, string table, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await rights.RefusalAsync(db, caller, AccessActions.DraftDefinition, list.ToString(), ct) is { } denied)
        {
            return (null, denied.Code, denied.Message);
        }
        if (table.Length > RuleText.MaxBytes)
        {
            return (null, "too-large", $"At most {RuleText.MaxBytes / 1024 / 1024} MB are taken. Nothing was changed.");
        }
        TrackedOperation operation = await BeginOperation.AddAsync(
            db, caller, ReadUploadedList.Name, list.ToString(), new UploadSettings(list.Id, revision, table), AccessActions.DraftDefinition, clock.GetUtcNow(), ct);
        if (db.Entry(operation).State != EntityState.Added && JsonSerializer.Deserialize<UploadSettings>(operation.Settings, JsonSerializerOptions.Web)?.Table != table)
        {
            return (null, "upload-waits", $"Another table for this list, sent by {operation.StartedByName}, is still being read. Yours was not taken, and nothing was changed. Wait until that has ended, and then upload yours again.");
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (operation, null, null);
    }
}
