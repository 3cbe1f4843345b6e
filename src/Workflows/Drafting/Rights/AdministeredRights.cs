using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>Whose drafting rights an administrator gives and sees: of the agency those of the agency, of the platform those of the baseline and of areas.</summary>
public sealed class AdministeredRights(IAccessEvaluator access)
{
    /// <summary>The administrator's roles as they are now, or why there are none.</summary>
    public async Task<(RightsAdministrator? Administrator, DraftRefused? Denied)> AskAsync(CaseDb db, Caller caller, CancellationToken ct)
    {
        AccessDecision decision = await access.CheckAsync(db, caller, AccessActions.AdministerDrafting, AccessTarget.None, ct);
        return decision is { Allowed: true, Verdict: { } verdict }
            ? (new RightsAdministrator(caller.Agency, verdict.Sufficient.Any(x => x.Role == Roles.PlatformAdmin), verdict.Sufficient.Any(x => x.Role == Roles.AgencyAdmin)), null)
            : (null, new DraftRefused(decision.Code, decision.Reason));
    }
}

/// <param name="Agency">The administrator's own.</param>
public sealed record RightsAdministrator(string Agency, bool IsPlatforms, bool IsAgencys)
{
    /// <summary>Whether they ask for and decide on rights for what is this owner's.</summary>
    public bool Administers(DefinitionOwner owner) => owner.Agency is { } agency ? IsAgencys && agency == Agency : IsPlatforms;

    /// <summary>The rights that they see and may end: those that they administer, and whatever their agency's people hold.</summary>
    public IQueryable<DraftingRight> Seen(CaseDb db)
    {
        string own = DefinitionOwner.OfAgency(Agency).ToString();
        return db.DraftingRights.Where(x => (IsPlatforms && !x.Owner.StartsWith(DefinitionOwner.OfAgencies))
            || (IsAgencys && (x.Owner == own || db.Set<Person>().Any(person => person.Subject == x.Subject && person.Agency == Agency))));
    }

    /// <summary>The people to whom they may give a right for what is this owner's: process owners, of the agency where it is an agency's.</summary>
    public static IQueryable<Person> Eligible(CaseDb db, DefinitionOwner owner, DateTimeOffset now) => db.Set<Person>().Where(person =>
        !person.IsSystem && person.Status == DirectoryStatus.Active && (owner.Agency == null || person.Agency == owner.Agency)
        && db.Set<HomeRole>().Any(role => role.Subject == person.Subject && role.Role == Roles.ProcessOwner && role.From <= now && (role.To == null || now < role.To)));
}
