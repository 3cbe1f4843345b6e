namespace Assize.Host.Api.Contracts;

/// <summary>Brings an agency into a case.</summary>
/// <param name="Agency">Its id.</param>
/// <param name="Reason">Why, in at least 20 characters.</param>
public sealed record AgencyRequest(string Agency, string Reason);

/// <summary>Records that somebody with an account is a party to a case.</summary>
/// <param name="Subject">One of their accounts.</param>
/// <param name="Part">"defendant", "victim" or "witness".</param>
public sealed record PartyRequest(string Subject, string Part);

/// <summary>Says that a recorded party is none, or none any more.</summary>
/// <param name="Subject">One of their accounts.</param>
/// <param name="Part">As what they were recorded: "defendant", "victim" or "witness".</param>
/// <param name="Reason">Why, in at least 20 characters.</param>
public sealed record PartyEnd(string Subject, string Part, string Reason);

/// <summary>Gives one of your agency's people a named role on a case.</summary>
/// <param name="Subject">Whom.</param>
/// <param name="Role">A role of people who work on cases.</param>
/// <param name="MaxClassification">"public", "private" or "restricted"; no higher than your own reaches.</param>
/// <param name="To">When it ends; null: when somebody ends it.</param>
/// <param name="Reason">Why, in at least 20 characters.</param>
public sealed record CaseRoleRequest(string Subject, string Role, string Reason, string MaxClassification = "private", DateTimeOffset? To = null);

/// <summary>Asks for access to another agency's case or cases.</summary>
public sealed record CrossAgencyRequest
{
    /// <summary>The case; null: every case of the jurisdiction that the owner agency owns.</summary>
    public string? Case { get; init; }

    /// <summary>Needed where no case is named.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The agency whose consent is asked for; needed where no case is named.</summary>
    public string? OwnerAgency { get; init; }

    /// <summary>Whom it is for.</summary>
    public required string Subject { get; init; }

    /// <summary>A role of people who work on cases.</summary>
    public required string Role { get; init; }

    /// <summary>"public", "private" or "restricted".</summary>
    public string MaxClassification { get; init; } = "private";

    /// <summary>When it ends: within 90 days for public cases, 30 for others, 7 for sealed ones.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Why, in at least 20 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>Changes a cross-agency grant. Less is at once; more voids both approvals.</summary>
/// <param name="Role">The role that it shall give.</param>
/// <param name="MaxClassification">"public", "private" or "restricted".</param>
/// <param name="To">Its new end.</param>
/// <param name="Reason">Why, in at least 20 characters.</param>
public sealed record CrossAgencyChange(string Role, string MaxClassification, DateTimeOffset To, string Reason);

/// <summary>Takes access to a case that your role stops short of by area or court only.</summary>
/// <param name="Case">Its reference.</param>
/// <param name="Category">Why, in a word: "cover-for-a-colleague", "urgent-hearing", "duty-out-of-area" or "other".</param>
/// <param name="Reason">Why, in at least 20 characters; both agencies' privacy officers read it.</param>
public sealed record ChallengeRequest(string Case, string Category, string Reason);

/// <summary>Takes an hour's access because a life is at risk.</summary>
/// <param name="Case">Its reference.</param>
/// <param name="Reason">Why, in at least 20 characters; both agencies' privacy officers read it.</param>
public sealed record EmergencyRequest(string Case, string Reason);

/// <summary>What a privacy officer found.</summary>
/// <param name="Finding">"justified" or "not-justified"; the latter ends the access where it still runs.</param>
/// <param name="Note">What was found, without naming people of the case.</param>
public sealed record ReviewRequest(string Finding, string Note);

/// <summary>Declares a conflict of interest, one's own or that of somebody whose access one administers.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Reason">Why.</param>
/// <param name="Case">The case, where it is with one.</param>
/// <param name="Jurisdiction">The jurisdiction, where it is with all of one.</param>
/// <param name="Agency">The agency, where it is with all of its cases.</param>
/// <param name="To">When it ends; null: when somebody else removes it.</param>
public sealed record ExclusionRequest(string Subject, string Reason, string? Case = null, string? Jurisdiction = null, string? Agency = null, DateTimeOffset? To = null);

/// <summary>Proposes to seal a case, to renew or end its seal, to change its class, or to bring an agency into a sealed one. Another person must confirm.</summary>
/// <param name="Kind">"seal", "reseal", "unseal", "reclassify" or "add-agency".</param>
/// <param name="Reason">Why, in at least 20 characters.</param>
/// <param name="Named">Who shall have access under the new seal.</param>
/// <param name="Classification">The new class; a higher one is at once.</param>
/// <param name="Agency">The agency to bring in.</param>
public sealed record ProtectionRequest(
    string Kind, string Reason, IReadOnlyList<NamedPersonRequest>? Named = null, string? Classification = null, string? Agency = null);

/// <summary>Somebody who shall have access to a sealed case.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Role">As what.</param>
public sealed record NamedPersonRequest(string Subject, string Role);

/// <summary>What came of a command about access.</summary>
/// <param name="Id">Of the grant, proposal, review or exclusion; empty where there is none to name.</param>
/// <param name="State">Its state now.</param>
/// <param name="Replayed">True where this answer was given before to the same Idempotency-Key.</param>
public sealed record AccessAnswer(string Id, string State, bool Replayed);

/// <summary>A grant that concerns your agency.</summary>
public sealed record GrantItem
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>"case", "cross" or "challenged".</summary>
    public required string Kind { get; init; }

    /// <summary>"requested", "sponsored", "live", "suspended", "refused" or "ended".</summary>
    public required string State { get; init; }

    /// <summary>Whom it is for; null where that is another agency's and you do not approve it, and where it names a sealed case that you do not have.</summary>
    public string? Subject { get; init; }

    /// <summary>The beneficiary's agency.</summary>
    public required string Agency { get; init; }

    /// <summary>The role that it gives.</summary>
    public required string Role { get; init; }

    /// <summary>The case's reference; null where it names none, or one that you may not know of.</summary>
    public string? CaseUrn { get; init; }

    /// <summary>The jurisdiction, where it names one.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Up to which class it opens cases.</summary>
    public required string MaxClassification { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ends; null: not by itself.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>From when on it sleeps unless certified.</summary>
    public DateTimeOffset? RecertifyBy { get; init; }

    /// <summary>Why it was asked for; null where it names a sealed case that you do not have.</summary>
    public string? Reason { get; init; }
}

/// <summary>An access that your agency's privacy officers are to look at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="GrantId">The grant that it is about.</param>
/// <param name="Category">Why the access was taken, in a word.</param>
/// <param name="RaisedAt">When it was taken.</param>
/// <param name="DueAt">Until when it must be reviewed.</param>
/// <param name="EscalatedAt">When it was found overdue.</param>
public sealed record ReviewItem(string Id, string GrantId, string? Category, DateTimeOffset RaisedAt, DateTimeOffset DueAt, DateTimeOffset? EscalatedAt);

/// <summary>A conflict of interest of one of your agency's people.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Subject">Whose; null where it is with a sealed case that you do not have, unless it is your own.</param>
/// <param name="CaseUrn">The case, where it names one that you may know of.</param>
/// <param name="Jurisdiction">The jurisdiction, where it names one.</param>
/// <param name="Agency">The agency, where it names one.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null: until removed.</param>
public sealed record ExclusionItem(string Id, string? Subject, string? CaseUrn, string? Jurisdiction, string? Agency, DateTimeOffset From, DateTimeOffset? To);

/// <summary>A proposal about a case that you have access to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CaseUrn">The case.</param>
/// <param name="Kind">"seal", "reseal", "unseal", "reclassify", "add-agency" or "break-glass".</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="Reason">Why.</param>
public sealed record ProposalItem(string Id, string CaseUrn, string Kind, string ProposedBy, DateTimeOffset ProposedAt, string Reason);
