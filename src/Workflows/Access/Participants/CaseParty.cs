namespace Assize.Workflows.Access.Participants;

/// <summary>A human who is a party to a case (defendant, victim, witness) and also has accounts here: none of them opens it.</summary>
public sealed class CaseParty
{
    public required string CaseId { get; init; }
    public required string PersonId { get; init; }

    /// <summary>"defendant", "victim" or "witness".</summary>
    public required string Part { get; set; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; set; }
    public required string RecordedBy { get; init; }

    /// <summary>The rows of one record: there is one for each name that the human has had (<see cref="FollowParties"/>), all from the same instant.</summary>
    internal static List<CaseParty> Of(string? human, string part, IEnumerable<CaseParty> open)
    {
        List<CaseParty> such = [.. open.Where(party => party.Part == part)];
        HashSet<DateTimeOffset> recorded = [.. such.Where(party => party.PersonId == human).Select(party => party.From)];
        return [.. such.Where(party => recorded.Contains(party.From))];
    }
}

/// <summary>A period in which an agency took part in a case, before it was withdrawn and brought in again.</summary>
public sealed class FormerParticipant
{
    public required string CaseId { get; init; }
    public required string Agency { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required DateTimeOffset WithdrawnAt { get; init; }
    public required string Reason { get; set; }
}
