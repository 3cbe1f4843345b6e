namespace Assize.Workflows.Access.Exclusions;

/// <summary>A conflict of interest. It follows the human, not the account; what it does not name it covers whole.</summary>
public sealed class Exclusion
{
    public required string Id { get; init; }
    public required string UnitId { get; init; }
    public required string Subject { get; init; }
    public required string PersonId { get; set; }
    public string? CaseId { get; init; }
    public string? Jurisdiction { get; init; }

    /// <summary>Only cases that this agency owns or takes part in.</summary>
    public string? OnlyAgency { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }
    public string? RemovedBy { get; set; }
    public string? RemovalReason { get; set; }
    public required string Reason { get; set; }
    public required string DeclaredBy { get; init; }
}
