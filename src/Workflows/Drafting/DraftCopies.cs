using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Drafting;

/// <summary>The one copy of a workflow that is kept for each person: the last text of theirs that did not become the draft.</summary>
internal static class DraftCopies
{
    /// <summary>Keeps the text in the caller's unit of work, in the place of an earlier copy.</summary>
    public static async Task KeepAsync(CaseDb db, Caller caller, string definitionId, string text, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<DraftCopy>().FindAsync([definitionId, caller.Subject], ct) is { } copy)
        {
            (copy.Text, copy.SavedAt) = (text, now);
            return;
        }
        db.Add(new DraftCopy
        {
            DefinitionId = definitionId,
            SavedBy = caller.Subject,
            Text = text,
            SavedAt = now,
        });
    }
}
