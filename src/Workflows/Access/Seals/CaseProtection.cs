namespace Assize.Workflows.Access.Seals;

/// <summary>How a case was classified and sealed from an instant on; the newest row is also on the case itself.</summary>
public sealed class CaseProtection
{
    public required string Id { get; init; }
    public required string CaseId { get; init; }

    /// <summary>By the real clock.</summary>
    public required DateTimeOffset From { get; init; }
    public required string Classification { get; init; }
    public required bool Sealed { get; init; }
    public required int SealEpoch { get; init; }
    public required string By { get; init; }

    /// <summary>The second person, where two were needed.</summary>
    public string? With { get; init; }
    public required string Reason { get; set; }
}
