using Assize.Engine.Definitions;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Migrating;

/// <summary>What the cases of a rehearsal would move from and to.</summary>
/// <param name="Drawn">The text that was rehearsed.</param>
/// <param name="Overlaid">What it becomes with overlays: cases of a force or area go there, and may stand at a step of those.</param>
/// <param name="Olds">The versions that the cases run on.</param>
public sealed record PlannedVersions(WorkflowDefinition Drawn, IReadOnlyList<WorkflowDefinition> Overlaid, IReadOnlyList<WorkflowDefinition> Olds)
{
    public IEnumerable<WorkflowDefinition> Targets => [Drawn, .. Overlaid];

    public static async Task<PlannedVersions> ReadAsync(CaseDb db, WorkflowRehearsal rehearsal, CancellationToken ct)
    {
        List<int> becomes = await db.Set<EffectiveVersion>().Where(x => x.Workflow == rehearsal.DefinitionId && x.Baseline == rehearsal.Version).Select(x => x.Version).ToListAsync(ct);
        List<int> olds = await db.Set<RehearsedCase>().Where(x => x.RehearsalId == rehearsal.Id).Select(x => x.Version).Distinct().ToListAsync(ct);
        return new PlannedVersions(DefinitionReader.Read(rehearsal.Text), await ReadAsync(db, rehearsal.DefinitionId, becomes, ct), await ReadAsync(db, rehearsal.DefinitionId, olds, ct));
    }

    private static async Task<List<WorkflowDefinition>> ReadAsync(CaseDb db, string definitionId, List<int> versions, CancellationToken ct)
    {
        List<WorkflowDefinition> read = [];
        foreach (int version in versions)
        {
            read.Add(DefinitionReader.Read((await PublishedVersions.TextAsync(db, definitionId, version, ct))!));
        }
        return read;
    }
}
