using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Deciding;

/// <summary>The sets of <see cref="AccessSets"/> as a predicate that the database evaluates, for one caller and one action.</summary>
internal sealed class CaseFilter(DbContext db, Caller caller, string[] roles, DateTimeOffset now, AccessPolicy policy)
{
    private readonly string _agency = caller.Agency;
    private readonly GrantReach _reach = new(db, caller, roles, now);
    private readonly IQueryable<CaseParticipant> _parts = db.Set<CaseParticipant>().Where(part => part.WithdrawnAt == null);

    public IQueryable<CaseFile> Cases() => Reached(addressed: false);

    public IQueryable<WorkTask> Tasks()
    {
        IQueryable<CaseFile> cases = Cases();
        IQueryable<HomeRole> own = _reach.OwnRoles();
        return db.Set<WorkTask>().Where(task => task.LaneAgency == _agency && (task.CaseId == null ? own.Any() : cases.Any(file => file.Id == task.CaseId)));
    }

    public IQueryable<Submission> Submissions()
    {
        IQueryable<CaseFile> cases = Cases();
        IQueryable<HomeRole> own = _reach.OwnRoles();
        return db.Set<Submission>().Where(sent => sent.Sender == _agency && (sent.CaseId == null ? own.Any() : cases.Any(file => file.Id == sent.CaseId)));
    }

    public IQueryable<AgencyMessage> Messages()
    {
        IQueryable<CaseFile> cases = Reached(addressed: true);
        return db.Set<AgencyMessage>().Where(message => message.Agency == _agency && cases.Any(file => file.Id == message.CaseId));
    }

    /// <param name="addressed">Whether something of the case was sent to the caller's agency, which then counts as taking part.</param>
    private IQueryable<CaseFile> Reached(bool addressed)
    {
        IQueryable<Reach> reach = _reach.All();
        IQueryable<CaseParticipant> parts = _parts;
        IQueryable<Agency> active = db.Set<Agency>().Where(agency => agency.Status == DirectoryStatus.Active);
        return Unbarred(addressed).Where(file => reach.Any(grant =>
            (grant.ConsentedAgency == null
                ? addressed || file.OwnerAgency == _agency || parts.Any(part => part.CaseId == file.Id && part.Agency == _agency)
                : grant.ConsentedAgency == file.OwnerAgency && active.Any(agency => agency.Id == file.OwnerAgency))
            && (grant.CaseId == null || grant.CaseId == file.Id)
            && (grant.Jurisdiction == null || grant.Jurisdiction == file.Jurisdiction)
            && (grant.Agency == null || grant.Agency == file.OwnerAgency || (addressed && grant.Agency == _agency)
                || parts.Any(part => part.CaseId == file.Id && part.Agency == grant.Agency))
            && (grant.Area == null || grant.Area == file.Area)
            && (grant.Court == null || grant.Court == file.CourtOu)
            && (!file.Sealed || (grant.MayBeSealed && grant.CaseId != null && grant.SealEpoch == file.SealEpoch))
            && (grant.MaxClassification == Classification.Restricted
                || (grant.MaxClassification == Classification.Private && (file.Classification == Classification.Public || file.Classification == Classification.Private))
                || (grant.MaxClassification == Classification.Public && file.Classification == Classification.Public))
            && (file.NeedsAuthorisation == null || grant.Authorisations.Contains("\"" + file.NeedsAuthorisation + "\""))));
    }

    /// <summary>Cases that no party, no conflict and no weak sign-in bars the caller from.</summary>
    private IQueryable<CaseFile> Unbarred(bool addressed)
    {
        IQueryable<Person> asker = _reach.Asker();
        IQueryable<CaseParticipant> parts = _parts;
        IQueryable<CaseParty> mine = db.Set<CaseParty>().Where(party => (party.To == null || party.To > now) && asker.Any(me => (me.PersonId ?? me.Subject) == party.PersonId));
        IQueryable<Exclusion> conflicts = db.Set<Exclusion>().Where(conflict =>
            (conflict.Subject == caller.Subject || asker.Any(me => (me.PersonId ?? me.Subject) == conflict.PersonId))
            && (conflict.To == null || now < conflict.To) && conflict.RemovedAt == null);
        bool ordinary = Meets(policy.Assurance.Ordinary), restricted = Meets(policy.Assurance.Restricted), whenSealed = Meets(policy.Assurance.Sealed);
        return db.Set<CaseFile>().Where(file => !file.Practice
            && (file.Sealed ? whenSealed : file.Classification == Classification.Public || file.Classification == Classification.Private ? ordinary : restricted)
            && !mine.Any(party => party.CaseId == file.Id)
            && !conflicts.Any(conflict => (conflict.CaseId == null || conflict.CaseId == file.Id)
                && (conflict.Jurisdiction == null || conflict.Jurisdiction == file.Jurisdiction)
                && (conflict.OnlyAgency == null || conflict.OnlyAgency == file.OwnerAgency || (addressed && conflict.OnlyAgency == _agency)
                    || parts.Any(part => part.CaseId == file.Id && part.Agency == conflict.OnlyAgency))));
    }

    private bool Meets(AssuranceRule rule) => caller.Assurance.Meets(rule, now);
}
