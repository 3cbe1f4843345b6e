using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>What would change if: the gates asked twice, with the facts as they are and as they would be. Nothing is written.</summary>
public sealed class SimulateChange(ExplainAccess explain, TimeProvider clock)
{
    private const int MostCases = 2000;

    /// <summary>Null where the asker may not know of the person or the case.</summary>
    public async Task<SimulatedAccess?> RunAsync(CaseDb db, Caller asker, SimulatedChange change, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return (change.EndGrant ?? change.ApproveGrant) is { } grant ? await GrantAsync(db, asker, grant, change.ApproveGrant is not null, now, ct)
            : (change.Subjects ?? (change.Subject is { } subject ? [subject] : null)) is { } subjects ? await PeopleAsync(db, asker, subjects, change, now, ct)
            : change.Urn is { } urn && await explain.CaseAsync(db, asker, urn, ct) is { } file ? await CaseAsync(db, asker, file, change, now, ct) : null;
    }

    private async Task<SimulatedAccess?> PeopleAsync(CaseDb db, Caller asker, IReadOnlyList<string> subjects, SimulatedChange change, DateTimeOffset now, CancellationToken ct)
    {
        if (await explain.OwnPeopleAsync(db, asker, subjects, now, ct) is not { } people)
        {
            return null;
        }
        IReadOnlyList<string> urns = change.Urns ?? (change.Urn is { } urn ? [urn] : []);
        bool isOfCases = change.AddExclusion && urns.Count > 0;
        string agency = asker.Agency;
        IQueryable<CaseFile> near = db.Cases.AsNoTracking().Where(file => isOfCases
            ? urns.Contains(file.Urn)
            : file.OwnerAgency == agency || db.Participants.Any(part => part.CaseId == file.Id && part.Agency == agency && part.WithdrawnAt == null));
        DateTimeOffset at = At(change, now);
        (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await CasesAsync(db, near, at, ct);
        Imagined imagined = new([.. people.Select(person => new ImaginedPerson(person, ChangedPerson.Of(person, change, now)))], cases, at);
        return await ToldAsync(db, imagined, isWhole, !change.AddExclusion,
            people.Count == 1 ? difference => difference.File.Urn : difference => difference.Person.Row.Name,
            "case", people.Count == 1 ? people[0].Row.Name : $"{people.Count} people", ct);
    }

    // A role that begins later opens and closes nothing before then.
    private static DateTimeOffset At(SimulatedChange change, DateTimeOffset now) => new[] { now, change.AddRoleFrom ?? now, change.RemoveRoleFrom ?? now }.Max().ToUniversalTime();

    /// <summary>For those only who may know of the grant: either side, and whoever it is for or asked for it.</summary>
    private async Task<SimulatedAccess?> GrantAsync(CaseDb db, Caller asker, string id, bool isApproved, DateTimeOffset now, CancellationToken ct)
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
        string owner = named?.OwnerAgency ?? (isApproved ? grant.AskedAgency : grant.ConsentedAgency) ?? "";
        IQueryable<CaseFile> near = db.Cases.AsNoTracking().Where(file => grant.CaseId == null ? file.OwnerAgency == owner : file.Id == grant.CaseId);
        (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await CasesAsync(db, near, now, ct, withSealed: named is { Sealed: true });
        KnownPerson then = person with
        {
            Grants = [.. person.Grants.Where(held => held.Id != id), .. isApproved ? [ChangedPerson.Approved(grant, owner, named, now)] : (GrantFacts[])[]],
        };
        // What another agency's cases are called is not for whoever sponsors a request.
        string name = await db.Set<Agency>().Where(agency => agency.Id == owner).Select(agency => agency.Name).SingleOrDefaultAsync(ct) ?? owner;
        string Case(AccessDifference difference) => named is not null || owner == asker.Agency ? difference.File.Urn : $"a case of {name}";
        return await ToldAsync(db, new Imagined([new ImaginedPerson(person, then)], cases, now), isWhole, false, Case, "case", person.Row.Name, ct);
    }

    /// <summary>The newest of the cases. Sealed ones are not spoken of, unless the asker has the one that it is about.</summary>
    private static async Task<(IReadOnlyList<ImaginedCase> Cases, bool IsWhole)> CasesAsync(
        CaseDb db, IQueryable<CaseFile> near, DateTimeOffset at, CancellationToken ct, bool withSealed = false)
    {
        List<CaseFile> files = await near.Where(file => !file.Practice).OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id).Take(MostCases + 1).ToListAsync(ct);
        Dictionary<string, CaseFile> byId = files.ToDictionary(file => file.Id);
        IReadOnlyList<CaseFacts> facts = await CaseAsOf.CasesAsync(db, [.. files.Take(MostCases)], at, ct);
        return ([.. facts.Where(file => withSealed || !file.Sealed).Select(file => new ImaginedCase(byId[file.Id], file, file))], files.Count <= MostCases);
    }

    private static async Task<SimulatedAccess> CaseAsync(CaseDb db, Caller asker, CaseFile file, SimulatedChange change, DateTimeOffset now, CancellationToken ct)
    {
        CaseFacts facts = (await CaseAsOf.CasesAsync(db, [file], now, ct))[0];
        CaseFacts then = Changed(facts, change);
        IReadOnlyList<NamedPerson> named = change.Seal ?? [];
        string[] taking = [facts.Owner, .. facts.Participants, .. then.Participants], subjects = [.. named.Select(one => one.Subject)];
        IReadOnlyList<KnownPerson> people = await AsOf.PeopleAsync(db, db.Set<Person>().Where(person => taking.Contains(person.Agency) || subjects.Contains(person.Subject)
            || db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && (grant.CaseId == file.Id || grant.CaseId == null))), now, ct);
        Dictionary<string, string> names = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        KnownPerson Then(KnownPerson person) =>
            person with { Grants = [.. person.Grants, .. named.Where(one => one.Subject == person.Row.Subject).Select(one => ChangedPerson.Named(then, one.Role, now))] };
        string Who(AccessDifference difference) => difference.Person.Row.Agency == asker.Agency ? difference.Person.Row.Name
            : $"{names.GetValueOrDefault(difference.Person.Row.Agency) ?? difference.Person.Row.Agency}, {difference.Role.Replace('-', ' ')}";
        return await ToldAsync(
            db, new Imagined([.. people.Select(person => new ImaginedPerson(person, Then(person)))], [new ImaginedCase(file, facts, then)], now), true, false, Who, "person", file.Urn, ct);
    }

    private static CaseFacts Changed(CaseFacts file, SimulatedChange change) => file with
    {
        Participants = file.Participants.Where(agency => agency != change.WithdrawAgency).Concat(change.AddAgency is { } added ? [added] : []).ToHashSet(StringComparer.Ordinal),
        Classification = change.Classification ?? file.Classification,
        Sealed = change.Seal is not null || (file.Sealed && !change.Unseal),
        SealEpoch = change.Seal is null ? file.SealEpoch : file.SealEpoch + 1,
    };

    private static async Task<SimulatedAccess> ToldAsync(
        CaseDb db, Imagined change, bool isWhole, bool withSubmissions, Func<AccessDifference, string> say, string unit, string of, CancellationToken ct)
    {
        ILookup<bool, string> changes = change.Differences().ToLookup(difference => difference.IsGain, say);
        List<string> gained = [.. changes[true]], lost = [.. changes[false]];
        int weighed = unit == "person" ? change.People.Count : change.Cases.Count, left = await TasksLeft.CountAsync(db, change, withSubmissions, ct);
        return new SimulatedAccess(
            gained, lost, weighed, isWhole, left,
            $"{of}: access to {gained.Count} {Plural(unit, gained.Count)} gained and to {lost.Count} {Plural(unit, lost.Count)} lost, of {weighed} looked at; {left} open {Plural("task", left)} left with nobody.");
    }

    private static string Plural(string unit, int count) => count == 1 ? unit : unit == "person" ? "people" : unit + "s";
}
