using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Releasing;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Drafting;

/// <summary>What came of a command on drafts and publications.</summary>
public abstract record DraftAnswer;

public sealed record DraftSaved(WorkflowDraft Draft) : DraftAnswer;

/// <param name="NeedsAnotherApprover">True where two others have to approve it.</param>
public sealed record PublicationRequested(PublicationRequest Request, bool NeedsAnotherApprover = false) : DraftAnswer;

public sealed record PublicationDecided(PublicationRequest Request) : DraftAnswer;

public sealed record DraftDiscarded(string DefinitionId) : DraftAnswer;

/// <param name="Now">The version that new cases take from now on.</param>
public sealed record VersionRetracted(string DefinitionId, int Version, int Now) : DraftAnswer;

public sealed record DraftingRightKept(DraftingRight Right) : DraftAnswer;

public sealed record OwnerChangeKept(OwnerChange Change) : DraftAnswer;

public sealed record ReleaseReturned(WorkflowRelease Release) : DraftAnswer;

/// <summary>Nothing was changed; the message says why, what was kept and what to do.</summary>
public sealed record DraftRefused(string Code, string Message) : DraftAnswer
{
    public IReadOnlyList<DefinitionProblem> Problems { get; init; } = [];

    /// <summary>True where the caller may not do it at all, for want of a role or of a drafting right.</summary>
    public bool IsDenied => Code is AccessCodes.RoleMissing or DraftingRights.Missing;

    /// <summary>Null where what was verified may be published.</summary>
    internal static DraftRefused? Of(Verification verified, string message) => verified switch
    {
        { MayBePublished: true } => null,
        { IsRunning: true, Problems: [] } => new DraftRefused("still-verifying", "Whether the workflow can always come to its end is still being worked out. Nothing was changed. Try again in a minute."),
        _ => new DraftRefused("definition-invalid", message) { Problems = verified.Problems },
    };
}
