namespace Assize.Workflows.Drafting;

/// <summary>The one draft of a workflow, or of a form, decision table, calendar or code list. It may be broken; its text is kept as it was saved.</summary>
public sealed class WorkflowDraft
{
    /// <summary>A workflow's id, or a <see cref="Rules.RuleName"/> as text.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The number it will have once it is published.</summary>
    public required int Version { get; set; }

    /// <summary>Raised by every save; the text carries it as <c>root.customProperties.revision</c>.</summary>
    public required int Revision { get; set; }
    public required string Name { get; set; }
    public required string Text { get; set; }

    /// <summary>The agency whose process owners may change it: that of whoever began it.</summary>
    public required string Agency { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string SavedBy { get; set; }
    public required string SavedByName { get; set; }
    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>The window of a browser that it was saved from last; null where it was saved otherwise.</summary>
    public string? SavedIn { get; set; }
}

/// <summary>What somebody saved after another had saved: refused, and kept for them.</summary>
public sealed class DraftCopy
{
    public required string DefinitionId { get; init; }
    public required string SavedBy { get; init; }
    public required string Text { get; set; }
    public required DateTimeOffset SavedAt { get; set; }
}

/// <summary>Somebody asks that a text, by its hash, be published. Another person decides.</summary>
public sealed class PublicationRequest
{
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }
    public required string Text { get; init; }
    public required string Agency { get; init; }

    /// <summary>The terms of its release, as <see cref="Releasing.ReleaseTerms"/> writes them; null in what an older build wrote.</summary>
    public string? Terms { get; init; }

    /// <summary>True where the version was published before, and this asks for a release of it.</summary>
    public bool IsRelease { get; init; }
    public string? Note { get; init; }
    public required string RequestedBy { get; init; }
    public required string RequestedByName { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>One of <see cref="PublicationState"/>.</summary>
    public required string State { get; set; }

    /// <summary>Who approved it first, where two have to: it waits for another. Null in all other cases.</summary>
    public string? FirstApprovedBy { get; set; }
    public string? FirstApprovedByName { get; set; }
    public DateTimeOffset? FirstApprovedAt { get; set; }
    public string? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? Reason { get; set; }
}

public static class PublicationState
{
    public const string Waiting = "waiting";
    public const string Approved = "approved";
    public const string Refused = "refused";

    /// <summary>A later request for the same workflow took its place.</summary>
    public const string Superseded = "superseded";
}
