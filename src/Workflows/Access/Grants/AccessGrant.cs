namespace Assize.Workflows.Access.Grants;

/// <summary>A case, cross-agency or challenged grant, on its way or live. Kept when it ends: the past can be asked about.</summary>
public sealed class AccessGrant
{
    public required string Id { get; init; }

    /// <summary>The case where it names one, else a unit of its own: what commands on it lock.</summary>
    public required string UnitId { get; init; }

    /// <summary>One of <see cref="GrantKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="GrantState"/>; decisions read the instants below, never this.</summary>
    public required string State { get; set; }
    public required string Subject { get; init; }
    public required string PersonId { get; set; }

    /// <summary>The beneficiary's home agency when it was asked for.</summary>
    public required string Agency { get; init; }
    public required string Role { get; init; }
    public string? CaseId { get; init; }
    public string? Jurisdiction { get; init; }

    /// <summary>Only cases that this agency owns or takes part in.</summary>
    public string? OnlyAgency { get; init; }
    public string? OnlyArea { get; init; }
    public string? OnlyCourt { get; init; }
    public required string MaxClassification { get; init; }

    /// <summary>JSON array of names.</summary>
    public string Authorisations { get; init; } = "[]";

    /// <summary>The sealing under which it was given; null: the case was not sealed.</summary>
    public int? SealEpoch { get; set; }

    /// <summary>From when it is meant to run; null: from its going live.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>When it went live; null: not yet. It opens things from the later of this and <see cref="From"/>.</summary>
    public DateTimeOffset? LiveAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public DateTimeOffset? RecertifyBy { get; set; }
    public string? Category { get; init; }
    public required string Reason { get; set; }
    public required string RequestedBy { get; init; }
    public required string RequestedPerson { get; set; }
    public required string RequestedAgency { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Of a cross-agency grant: the agency whose consent is asked for.</summary>
    public string? AskedAgency { get; init; }
    public string? SponsoredBy { get; set; }
    public string? SponsoredPerson { get; set; }
    public string? SponsoredAgency { get; set; }
    public DateTimeOffset? SponsoredAt { get; set; }
    public string? ConsentedBy { get; set; }
    public string? ConsentedPerson { get; set; }
    public string? ConsentedAgency { get; set; }
    public DateTimeOffset? ConsentedAt { get; set; }
    public string? EndedBy { get; set; }
    public string? EndReason { get; set; }

    /// <summary>The grant that this one takes up, certified or changed.</summary>
    public string? Follows { get; init; }
}

public static class GrantKind
{
    public const string Case = "case";
    public const string Cross = "cross";
    public const string Challenged = "challenged";
}

public static class GrantState
{
    public const string Requested = "requested";
    public const string Sponsored = "sponsored";
    public const string Live = "live";

    /// <summary>Its beneficiary changed posts: asleep until the owner certifies it.</summary>
    public const string Suspended = "suspended";
    public const string Refused = "refused";
    public const string Ended = "ended";
}
