using Assize.Engine.Commands;

namespace Assize.Workflows.Access.Grants;

/// <summary>The grant that somebody takes for themselves, challenged or in an emergency: always with an end, always looked at afterwards.</summary>
internal static class SelfClaim
{
    public const string RiskToLife = "risk-to-life";

    public static AccessGrant Of(
        UnitSession session, AccessFacts facts, string kind, string role, string max, DateTimeOffset to, string category, string reason) => new()
        {
            Id = session.NewId(),
            UnitId = facts.Case!.Id,
            Kind = kind,
            State = GrantState.Live,
            Subject = facts.Person!.Subject,
            PersonId = facts.Person.PersonId,
            Agency = facts.Person.Agency,
            Role = role,
            CaseId = facts.Case.Id,
            MaxClassification = max,
            To = to,
            LiveAt = session.RecordedAt,
            Category = category,
            Reason = reason,
            RequestedBy = facts.Person.Subject,
            RequestedPerson = facts.Person.PersonId,
            RequestedAgency = facts.Person.Agency,
            RequestedAt = session.RecordedAt,
        };
}
