using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Seals;

/// <summary>Changes how a case is protected, and keeps how it was.</summary>
internal static class Protection
{
    public static void Reclassify(UnitSession session, string classification, string by, string? with, string reason)
    {
        SessionCase.Of(session)!.Classification = classification;
        Keep(session, by, with, reason);
    }

    /// <summary>Every sealing has an epoch of its own, so that grants of an earlier one are dead at once.</summary>
    public static void Seal(UnitSession session, IReadOnlyList<(Person Person, string Role)> named, AccessProposal proposal, string with)
    {
        CaseFile file = SessionCase.Of(session)!;
        file.Sealed = true;
        file.SealEpoch++;
        foreach ((Person person, string role) in named)
        {
            session.Insert(Named(session, file, person, role, proposal, with, to: null));
        }
        Keep(session, proposal.ProposedBy, with, proposal.Reason);
    }

    public static void Unseal(UnitSession session, AccessProposal proposal, string with)
    {
        SessionCase.Of(session)!.Sealed = false;
        Keep(session, proposal.ProposedBy, with, proposal.Reason);
    }

    public static AccessGrant Named(UnitSession session, CaseFile file, Person person, string role, AccessProposal proposal, string with, DateTimeOffset? to) => new()
    {
        Id = session.NewId(),
        UnitId = file.Id,
        Kind = GrantKind.Case,
        State = GrantState.Live,
        Subject = person.Subject,
        PersonId = person.PersonId ?? person.Subject,
        Agency = person.Agency,
        Role = role,
        CaseId = file.Id,
        MaxClassification = Classification.Restricted,
        SealEpoch = file.SealEpoch,
        To = to,
        LiveAt = session.RecordedAt,
        Category = proposal.Kind == ProposalKind.BreakGlass ? SelfClaim.RiskToLife : null,
        Reason = proposal.Reason,
        RequestedBy = proposal.ProposedBy,
        RequestedPerson = proposal.ProposedPerson,
        RequestedAgency = file.OwnerAgency,
        RequestedAt = proposal.ProposedAt,
        ConsentedBy = with,
        ConsentedAt = session.RecordedAt,
    };

    private static void Keep(UnitSession session, string by, string? with, string reason)
    {
        CaseFile file = SessionCase.Of(session)!;
        session.Write(file);
        session.Insert(new CaseProtection
        {
            Id = session.NewId(),
            CaseId = file.Id,
            From = session.RecordedAt,
            Classification = file.Classification,
            Sealed = file.Sealed,
            SealEpoch = file.SealEpoch,
            By = by,
            With = with,
            Reason = reason,
        });
    }
}
