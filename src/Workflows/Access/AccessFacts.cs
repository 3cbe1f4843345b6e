using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access;

/// <summary>Everything a decision reads, loaded inside the transaction. Null means the row does not exist.</summary>
public sealed record AccessFacts
{
    public PersonFacts? Person { get; init; }

    /// <summary>Where a case stands behind the target.</summary>
    public CaseFacts? Case { get; init; }
    public IReadOnlyList<GrantFacts> Grants { get; init; } = [];
    public IReadOnlyList<ExclusionFacts> Exclusions { get; init; } = [];
    public TaskFacts? Task { get; init; }

    /// <summary>The agency whose own the submission or message is; null where the target is neither.</summary>
    public string? OwnedBy { get; init; }

    /// <summary>The case that the task, submission or message belongs to; null where it belongs to none.</summary>
    public string? CaseId { get; init; }

    /// <summary>The instant of the question, by the real clock.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <param name="NotBy">Subjects who did a step that another person must not repeat.</param>
/// <param name="NotByPeople">The humans behind them, as the directory knows them now.</param>
public sealed record TaskFacts(
    string Id, string? CaseId, string LaneAgency, string LaneRole, string? Assignee, IReadOnlySet<string> NotBy, IReadOnlySet<string> NotByPeople);
