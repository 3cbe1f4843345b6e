namespace Assize.Workflows.Access.Reviews;

/// <summary>An alert to one agency's privacy officers about challenged or emergency access. It names the grant, never the case's people.</summary>
public sealed class AccessReview
{
    public required string Id { get; init; }

    /// <summary>The case.</summary>
    public required string UnitId { get; init; }
    public required string GrantId { get; init; }

    /// <summary>Whose privacy officers are to look at it: the beneficiary's agency, or the owner's.</summary>
    public required string Agency { get; init; }

    /// <summary>Who got the access.</summary>
    public required string Subject { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; set; }
    public DateTimeOffset? ReviewedAt { get; set; }
    public string? ReviewedBy { get; set; }

    /// <summary>"justified" or "not-justified".</summary>
    public string? Finding { get; set; }
    public string? Note { get; set; }
}
