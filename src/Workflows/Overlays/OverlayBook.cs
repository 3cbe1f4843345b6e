using Assize.Engine.Definitions;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Overlays;

/// <summary>The overlays of a workflow, and the versions of it that they stand on; within the caller's transaction, where there is one.</summary>
internal static class OverlayBook
{
    /// <summary>Those that are published and not retired.</summary>
    public static async Task<IReadOnlyList<Overlay>> OnAsync(CaseDb db, string workflow, CancellationToken ct) =>
        [.. (await db.PublishedOverlays.AsNoTracking().Where(x => x.Workflow == workflow && x.RetiredAt == null).OrderBy(x => x.Id).ThenBy(x => x.Version).Select(x => x.Text).ToListAsync(ct)).Select(Overlay.Read)];

    /// <summary>The versions that new cases may take.</summary>
    public static async Task<IReadOnlyList<WorkflowDefinition>> BaselinesAsync(CaseDb db, string workflow, CancellationToken ct)
    {
        List<WorkflowDefinition> baselines = [];
        foreach (int version in await PublishedVersions.LiveNumbersAsync(db, workflow, ct))
        {
            baselines.Add(DefinitionReader.Read((await PublishedVersions.TextAsync(db, workflow, version, ct))!));
        }
        return baselines;
    }

    /// <summary>The next version of the workflow that somebody draws or asks for: an overlay can be made for it before it is published.</summary>
    public static async Task<WorkflowDefinition?> ComingAsync(CaseDb db, string workflow, CancellationToken ct)
    {
        string? text = await db.PublicationRequests.AsNoTracking().Where(x => x.DefinitionId == workflow && x.State == PublicationState.Waiting && !x.IsRelease).OrderByDescending(x => x.Version).Select(x => x.Text).FirstOrDefaultAsync(ct)
            ?? await db.Drafts.AsNoTracking().Where(x => x.DefinitionId == workflow).Select(x => x.Text).SingleOrDefaultAsync(ct);
        return text is null ? null : DefinitionReader.Read(text);
    }
}
