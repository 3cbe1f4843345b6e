using Assize.Engine.Definitions;
using Assize.Workflows.Verifying;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>What was checked of a definition, and where it is unsound the way to the first thing that is wrong.</summary>
public sealed record ChecksView(Verification Checks, WorkflowDefinition? Drawn)
{
    public FindingPicture? Way => Drawn is not null && Checks.Soundness?.Findings.FirstOrDefault(finding => finding.Path.Length > 0) is { } first ? new FindingPicture(Drawn, first) : null;
}
