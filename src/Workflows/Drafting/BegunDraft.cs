using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>A workflow that is sent without an id again, because its answer was lost on the way, is the one that was begun.</summary>
public sealed class BegunDraft(TimeProvider clock)
{
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    /// <param name="model">A drawing that names no id.</param>
    /// <returns>The id under which the same window began the same drawing lately; null where it did not.</returns>
    public async Task<string?> IdAsync(CaseDb db, Caller caller, string? window, JsonObject model, CancellationToken ct)
    {
        if (window is null)
        {
            return null;
        }
        DateTimeOffset since = DraftAudit.Now(clock) - s_lately;
        List<WorkflowDraft> begun = await db.Drafts.AsNoTracking()
            .Where(x => x.SavedBy == caller.Subject && x.SavedIn == window && x.Revision == 1 && x.StartedAt >= since).ToListAsync(ct);
        return begun.FirstOrDefault(x => IsSame(model, x))?.DefinitionId;
    }

    private static bool IsSame(JsonObject model, WorkflowDraft draft)
    {
        JsonObject named = model.DeepClone().AsObject();
        named["definitionId"] = draft.DefinitionId;
        try
        {
            return DraftText.SameContent(DefinitionReader.Read(named.ToJsonString()), draft.Text);
        }
        catch (DefinitionUnreadable)
        {
            return false;
        }
    }
}
