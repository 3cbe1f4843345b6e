using Assize.Engine.Commands;

namespace Assize.Workflows.Access.Grants;

/// <summary>A grant is never changed under people's feet: its row ends, and another takes it up, so that the past keeps its answer.</summary>
internal static class GrantSuccessor
{
    /// <summary>Ends the row and gives one that is alike but for its terms; approvals go with it, or are asked for again.</summary>
    public static AccessGrant Of(
        UnitSession session, AccessGrant grant, bool isApproved, string? role = null, string? max = null, DateTimeOffset? to = null, DateTimeOffset? recertifyBy = null)
    {
        grant.State = GrantState.Ended;
        // One that slept opened nothing since then.
        grant.EndedAt ??= session.RecordedAt;
        grant.EndedBy = session.Command.Actor;
        grant.EndReason = "Taken up by another grant";
        session.Write(grant);
        return new AccessGrant
        {
            Id = session.NewId(),
            UnitId = grant.UnitId,
            Kind = grant.Kind,
            State = isApproved ? GrantState.Live : GrantState.Requested,
            Subject = grant.Subject,
            PersonId = grant.PersonId,
            Agency = grant.Agency,
            Role = role ?? grant.Role,
            CaseId = grant.CaseId,
            Jurisdiction = grant.Jurisdiction,
            OnlyAgency = grant.OnlyAgency,
            OnlyArea = grant.OnlyArea,
            OnlyCourt = grant.OnlyCourt,
            MaxClassification = max ?? grant.MaxClassification,
            Authorisations = grant.Authorisations,
            SealEpoch = grant.SealEpoch,
            From = grant.From,
            To = to ?? grant.To,
            LiveAt = isApproved ? session.RecordedAt : null,
            RecertifyBy = isApproved ? recertifyBy ?? grant.RecertifyBy : null,
            Category = grant.Category,
            Reason = grant.Reason,
            RequestedBy = isApproved ? grant.RequestedBy : session.Command.Actor,
            RequestedPerson = isApproved ? grant.RequestedPerson : AccessLoad.Facts(session).Person!.PersonId,
            RequestedAgency = isApproved ? grant.RequestedAgency : AccessLoad.Facts(session).Person!.Agency,
            RequestedAt = isApproved ? grant.RequestedAt : session.RecordedAt,
            AskedAgency = grant.AskedAgency,
            SponsoredBy = isApproved ? grant.SponsoredBy : null,
            SponsoredPerson = isApproved ? grant.SponsoredPerson : null,
            SponsoredAgency = isApproved ? grant.SponsoredAgency : null,
            SponsoredAt = isApproved ? grant.SponsoredAt : null,
            ConsentedBy = isApproved ? grant.ConsentedBy : null,
            ConsentedPerson = isApproved ? grant.ConsentedPerson : null,
            ConsentedAgency = isApproved ? grant.ConsentedAgency : null,
            ConsentedAt = isApproved ? grant.ConsentedAt : null,
            Follows = grant.Id,
        };
    }
}
