namespace Assize.Workflows.Access;

/// <summary>Everything a decision reads, loaded inside the transaction. Null means the row does not exist.</summary>
public sealed record AccessFacts
{
    public PersonFacts? Person { get; init; }

    /// <summary>Where a case stands behind the target.</summary>
    public CaseFacts? Case { get; init; }
    public TaskFacts? Task { get; init; }

    /// <summary>The agencies whose own the submission or message is; null where the target is neither.</summary>
    public IReadOnlyList<string>? OwnedBy { get; init; }
}

/// <param name="Roles">Live at the instant of the question.</param>
public sealed record PersonFacts(string Agency, bool IsSystem, string Status, string AgencyStatus, IReadOnlySet<string> Roles);

public sealed record CaseFacts(string Id, IReadOnlySet<string> Participants);

/// <param name="NotBy">Subjects who did a step that another person must not repeat.</param>
public sealed record TaskFacts(string Id, string? CaseId, string LaneAgency, string LaneRole, string? Assignee, IReadOnlySet<string> NotBy);
