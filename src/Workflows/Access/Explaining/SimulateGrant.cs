using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>What a grant would open or close if it ended, was approved, changed, given or asked for.</summary>
internal sealed class SimulateGrant(ExplainAccess explain, DateTimeOffset now)
{
    private const string Supposed = "supposed";

    /// <summary>For those only who may know of the grant: either side, and whoever it is for or asked for it.</summary>
    public async Task<SimulatedAccess?> KnownAsync(CaseDb db, Caller asker, string id, SimulatedChange change, CancellationToken ct)
    {
        if (await db.Set<AccessGrant>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } grant
            || (grant.Subject != asker.Subject && grant.RequestedBy != asker.Subject && grant.Agency != asker.Agency && grant.AskedAgency != asker.Agency)
            || await explain.PersonAsync(db, asker, grant.Subject, now, AccessTarget.SomeCase, ct) is not { } person)
        {
            return null;
        }
        CaseFile? named = grant.CaseId is null ? null : await db.Cases.AsNoTracking().SingleOrDefaultAsync(file => file.Id == grant.CaseId, ct);
        if (named is { Sealed: true } && await explain.CaseAsync(db, asker, named.Urn, ct) is null)
        {
            return null;
        }
        string owner = named?.OwnerAgency ?? (change.ApproveGrant is not null ? grant.AskedAgency : grant.ConsentedAgency) ?? "";
        IQueryable<CaseFile> near = db.Cases.AsNoTracking().Where(file => grant.CaseId == null ? file.OwnerAgency == owner : file.Id == grant.CaseId);
        (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await NearCases.ReadAsync(db, near, now, ct, withSealed: named is { Sealed: true });
        GrantFacts? then = change switch
        {
            { ApproveGrant: not null } => ChangedPerson.Approved(grant, owner, named, now),
            { CertifyGrant: not null } => ChangedPerson.Certified(grant, now),
            { ChangeCross: { } changed } => ChangedPerson.Changed(grant, changed, now),
            _ => null,
        };
        return await TellAsync(db, asker, With(person, then, without: id), cases, named is null ? owner : null, isWhole, isSupposed: false, ct);
    }

    /// <summary>Null where the asker has no part in the case, or the person is not of their agency.</summary>
    public async Task<SimulatedAccess?> GivenAsync(CaseDb db, Caller asker, CaseRoleGiven given, CancellationToken ct)
    {
        if (await explain.CaseAsync(db, asker, given.Urn, ct) is not { } file
            || await explain.PersonAsync(db, asker, given.Subject, now, AccessTarget.SomeCase, ct) is not { } person || person.Row.Agency != asker.Agency)
        {
            return null;
        }
        CaseFacts facts = (await CaseAsOf.CasesAsync(db, [file], now, ct))[0];
        ToldChange told = new(difference => difference.Person.Row.Name, "person", file.Urn);
        return await told.TellAsync(db, new Imagined([With(person, ChangedPerson.Named(facts, given, now))], [new ImaginedCase(file.Urn, facts, facts)], now), ct);
    }

    /// <summary>
    /// Nothing is learnt by asking this that asking for the access would not tell. A case or a person whom the asker may not know of is taken to be as
    /// they wrote, whether or not it is there; of an agency's cases there are as many told as its sponsor is told.
    /// </summary>
    public async Task<SimulatedAccess?> AskedAsync(CaseDb db, Caller asker, CrossRequested asked, CancellationToken ct)
    {
        if (!await explain.MayAsync(db, asker, AccessActions.RequestCross, ct))
        {
            return null;
        }
        KnownPerson? known = await explain.PersonAsync(db, asker, asked.Subject, now, AccessTarget.None, ct);
        KnownPerson person = known ?? Somebody(asked.Subject);
        if (asked.Urn is null)
        {
            string owner = asked.OwnerAgency ?? "";
            (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await NearCases.ReadAsync(db, db.Cases.AsNoTracking().Where(file => file.OwnerAgency == owner), now, ct);
            return await TellAsync(db, asker, With(person, ChangedPerson.Asked(asked, person, owner, null, now)), cases, owner, isWhole, isSupposed: known is null, ct);
        }
        CaseFile? file = await explain.CaseAsync(db, asker, asked.Urn, ct);
        CaseFacts facts = file is null ? Some(asked) : (await CaseAsOf.CasesAsync(db, [file], now, ct))[0];
        ImaginedPerson then = With(person, ChangedPerson.Asked(asked, person, facts.Owner, facts, now));
        return await TellAsync(db, asker, then, [new ImaginedCase(asked.Urn, facts, facts)], null, isWhole: true, isSupposed: known is null || file is null, ct);
    }

    private static ImaginedPerson With(KnownPerson person, GrantFacts? then, string? without = null) =>
        new(person, person with { Grants = [.. person.Grants.Where(held => held.Id != without), .. then is null ? (GrantFacts[])[] : [then]] });

    /// <param name="owner">Of all the cases, where it is for every one of an agency; what another's are called is not for whoever sponsors a request.</param>
    private async Task<SimulatedAccess> TellAsync(
        CaseDb db, Caller asker, ImaginedPerson person, IReadOnlyList<ImaginedCase> cases, string? owner, bool isWhole, bool isSupposed, CancellationToken ct)
    {
        string name = await db.Set<Agency>().Where(agency => agency.Id == owner).Select(agency => agency.Name).SingleOrDefaultAsync(ct) ?? owner ?? "";
        ToldChange told = new(difference => owner is null || owner == asker.Agency ? difference.Urn : $"a case of {name}", "case", person.Now.Row.Name)
        {
            IsWhole = isWhole,
            IsSupposed = isSupposed,
            NamesCases = true,
        };
        return await told.TellAsync(db, new Imagined([person], cases, now), ct);
    }

    private static KnownPerson Somebody(string subject) => new(
        new Person { Subject = subject, Name = subject, Agency = Supposed, IsSystem = false, Status = DirectoryStatus.Active },
        new PersonFacts(subject, subject, Supposed, DirectoryStatus.Active, DirectoryStatus.Active, false), [], []);

    private static CaseFacts Some(CrossRequested asked) => new()
    {
        Id = Supposed,
        Owner = $"{Supposed}-owner",
        OwnerStatus = DirectoryStatus.Active,
        Jurisdiction = asked.Jurisdiction ?? "criminal",
        Classification = asked.MaxClassification,
        Participants = new HashSet<string>(),
        Parties = new HashSet<string>(),
    };
}
