namespace Assize.Workflows.Access.Deciding;

/// <summary>May this person do this to this case at this instant? Everything that the answer depends on.</summary>
/// <param name="Roles">The roles that may do the action at all.</param>
/// <param name="Person">Null: the directory does not know them.</param>
/// <param name="Case">Null where the question is about none, or about one that does not exist.</param>
public sealed record AccessQuestion(
    IReadOnlySet<string> Roles, PersonFacts? Person, Assurance Assurance, About About, CaseFacts? Case,
    IReadOnlyList<GrantFacts> Grants, IReadOnlyList<ExclusionFacts> Exclusions, DateTimeOffset At, AccessPolicy Policy);

/// <summary>What an action is about: nothing in particular, a case that is still to be named, something of the caller's own agency that is no case, or a case.</summary>
public enum About { Nothing, SomeCase, OwnAgency, Case }

/// <param name="PersonId">The human behind the account; conflicts and parties go by it.</param>
/// <param name="Agency">The home agency.</param>
public sealed record PersonFacts(string Subject, string PersonId, string Agency, string Status, string AgencyStatus, bool IsSystem)
{
    public bool SessionRevoked { get; init; }
}

/// <summary>How well the caller signed in, and when; null where the session does not say. Systems prove themselves with every token.</summary>
public sealed record Assurance(int Acr, DateTimeOffset? SignedInAt, bool IsSystem)
{
    public bool Meets(AssuranceRule rule, DateTimeOffset at) =>
        IsSystem || (Acr >= rule.Acr && (SignedInAt is { } since ? at - since <= TimeSpan.FromHours(rule.SignInHours) : rule.Acr <= 1));
}

public sealed record CaseFacts
{
    public required string Id { get; init; }
    public required string Owner { get; init; }
    public required string OwnerStatus { get; init; }
    public required string Jurisdiction { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public required string Classification { get; init; }
    public bool Sealed { get; init; }

    /// <summary>Rises with every sealing; named grants of an earlier one open nothing while the case is sealed.</summary>
    public int SealEpoch { get; init; }

    /// <summary>What a grant must carry to open this case, beside its role; null: nothing.</summary>
    public string? NeedsAuthorisation { get; init; }

    /// <summary>Agencies that the owner brought in and has not withdrawn at the instant of the question.</summary>
    public required IReadOnlySet<string> Participants { get; init; }

    /// <summary>Person links of the case's parties.</summary>
    public required IReadOnlySet<string> Parties { get; init; }

    public bool TakesPart(string agency) => agency == Owner || Participants.Contains(agency);
}

/// <summary>A conflict of interest, of an account and so of the human behind it. What it leaves open it covers.</summary>
public sealed record ExclusionFacts(string Id, string Subject, string PersonId, DateTimeOffset Begin)
{
    public DateTimeOffset? End { get; init; }
    public string? CaseId { get; init; }
    public string? Jurisdiction { get; init; }
    public string? Agency { get; init; }
}
