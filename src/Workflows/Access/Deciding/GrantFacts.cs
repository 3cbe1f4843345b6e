namespace Assize.Workflows.Access.Deciding;

public enum GrantType { Basic, Home, Case, Cross, Challenged }

/// <summary>One reason to have access. An attribute that is null restricts nothing, except where the type requires it.</summary>
public sealed record GrantFacts
{
    public required string Id { get; init; }
    public required GrantType Type { get; init; }
    public required string Role { get; init; }
    public string? CaseId { get; init; }
    public string? Jurisdiction { get; init; }

    /// <summary>Only cases that this agency owns or takes part in.</summary>
    public string? Agency { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public required string MaxClassification { get; init; }
    public IReadOnlyList<string> Authorisations { get; init; } = [];

    /// <summary>The sealing under which it was given; null: before any.</summary>
    public int? SealEpoch { get; init; }

    /// <summary>Live from here (inclusive) …</summary>
    public required DateTimeOffset Begin { get; init; }

    /// <summary>… to here (exclusive), as it was granted.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>When it was ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From here on it sleeps until somebody certifies it.</summary>
    public DateTimeOffset? RecertifyBy { get; init; }
    public string? Reason { get; init; }
    public Approval? Requested { get; init; }

    /// <summary>By the beneficiary's home agency.</summary>
    public Approval? Sponsored { get; init; }

    /// <summary>By the agency that owns the case.</summary>
    public Approval? Consented { get; init; }

    public bool IsLive(DateTimeOffset at) =>
        Begin <= at && (End is null || at < End) && (EndedAt is null || at < EndedAt) && (RecertifyBy is null || at < RecertifyBy);
}

/// <summary>Who took one step of a grant's approval.</summary>
public sealed record Approval(string Subject, string PersonId, string Agency);
