using Assize.Workflows.Access.Grants;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Deciding;

/// <summary>How far one grant reaches, home roles and others alike, as the filter compares it with a case.</summary>
internal sealed class Reach
{
    public string? CaseId { get; init; }
    public string? Jurisdiction { get; init; }
    public string? Agency { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public required string MaxClassification { get; init; }
    public required string Authorisations { get; init; }
    public bool MayBeSealed { get; init; }
    public int? SealEpoch { get; init; }

    /// <summary>Whose consent a cross-agency grant has; null of all others, which need standing instead.</summary>
    public string? ConsentedAgency { get; init; }
}

/// <summary>The caller's live, well-formed grants for some roles, as queries; none where the caller or their agency is not active.</summary>
/// <remarks>What somebody ended is over, whatever the clock says: a role whose end was recorded no earlier than it came was ended, and did not run out.</remarks>
internal sealed class GrantReach(DbContext db, Caller caller, string[] roles, DateTimeOffset now)
{
    public IQueryable<Person> Asker() => db.Set<Person>().Where(person =>
        person.Subject == caller.Subject && person.Agency == caller.Agency && person.Status == DirectoryStatus.Active
        && db.Set<Agency>().Any(agency => agency.Id == person.Agency && agency.Status == DirectoryStatus.Active));

    public IQueryable<Reach> All() => HomeRoles().Select(role => new Reach
    {
        CaseId = null,
        Jurisdiction = role.Jurisdiction,
        Agency = role.Agency,
        Area = role.Area,
        Court = role.Court,
        MaxClassification = role.MaxClassification,
        Authorisations = role.Authorisations,
        MayBeSealed = false,
        SealEpoch = null,
        ConsentedAgency = null,
    }).Concat(Others().Select(grant => new Reach
    {
        CaseId = grant.CaseId,
        Jurisdiction = grant.Jurisdiction,
        Agency = grant.OnlyAgency,
        Area = grant.OnlyArea,
        Court = grant.OnlyCourt,
        MaxClassification = grant.MaxClassification,
        Authorisations = grant.Authorisations,
        MayBeSealed = grant.Kind != GrantKind.Challenged,
        SealEpoch = grant.SealEpoch,
        ConsentedAgency = grant.Kind == GrantKind.Cross ? grant.ConsentedAgency : null,
    }));

    /// <summary>Roles in the home agency itself, for things of the agency that are no case.</summary>
    public IQueryable<HomeRole> OwnRoles() => HomeRoles().Where(role => role.Agency == null || role.Agency == caller.Agency);

    public IQueryable<HomeRole> HomeRoles()
    {
        IQueryable<Person> asker = Asker();
        return db.Set<HomeRole>().Where(role => role.Subject == caller.Subject && roles.Contains(role.Role) && asker.Any()
            && role.Jurisdiction != null && (role.Agency != null || role.Area != null || role.Court != null)
            && role.From <= now && (role.To == null || (now < role.To && (role.RecordedFrom == null || role.RecordedFrom < role.To))) && (role.RecertifyBy == null || now < role.RecertifyBy));
    }

    private IQueryable<AccessGrant> Others()
    {
        IQueryable<Person> asker = Asker();
        return db.Set<AccessGrant>().Where(grant => grant.Subject == caller.Subject && roles.Contains(grant.Role) && asker.Any()
            && grant.LiveAt <= now && (grant.From == null || grant.From <= now) && (grant.To == null || now < grant.To)
            && grant.EndedAt == null && (grant.RecertifyBy == null || now < grant.RecertifyBy)
            && ((grant.Kind == GrantKind.Case && grant.CaseId != null)
                || (grant.Kind == GrantKind.Challenged && grant.CaseId != null && grant.To != null)
                || (grant.Kind == GrantKind.Cross && (grant.CaseId != null || grant.Jurisdiction != null) && grant.To != null && grant.Reason.Trim() != ""
                    && grant.SponsoredAgency == caller.Agency && grant.SponsoredBy != null && grant.ConsentedBy != null && grant.ConsentedAgency != null
                    && grant.ConsentedAgency != grant.SponsoredAgency && grant.ConsentedPerson != grant.SponsoredPerson
                    && grant.ConsentedPerson != grant.RequestedPerson && grant.ConsentedBy != grant.RequestedBy
                    && grant.SponsoredBy != caller.Subject && grant.ConsentedBy != caller.Subject
                    && !asker.Any(me => (me.PersonId ?? me.Subject) == grant.SponsoredPerson || (me.PersonId ?? me.Subject) == grant.ConsentedPerson))));
    }
}
