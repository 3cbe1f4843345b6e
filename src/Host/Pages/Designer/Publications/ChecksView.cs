using Assize.Engine.Definitions;
using Assize.Host.Queries;
using Assize.Workflows.Verifying;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>What was checked of a definition, and where it is unsound the way to the first thing that is wrong.</summary>
public sealed record ChecksView(Verification Checks, WorkflowDefinition? Drawn)
{
    /// <summary>The newest rehearsal of exactly this drawing; null where there is none, or where the reader may not rehearse.</summary>
    public RehearsalView? Rehearsed { get; init; }

    public FindingPicture? Way => Drawn is not null && Checks.Soundness?.Findings.FirstOrDefault(finding => finding.Path.Length > 0) is { } first ? new FindingPicture(Drawn, first) : null;
}
