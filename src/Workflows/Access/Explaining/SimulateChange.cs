using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>A change that nobody has made yet: to one person's roles, or to one case.</summary>
public sealed record SimulatedChange
{
    /// <summary>Whose roles would change.</summary>
    public string? Subject { get; init; }

    /// <summary>A home role that they would get: for their agency, or for an area or a court where one is named.</summary>
    public string? AddRole { get; init; }
    public string? AddRoleArea { get; init; }
    public string? AddRoleCourt { get; init; }
    public string? AddRoleMaxClassification { get; init; }
    public IReadOnlyList<string>? AddRoleAuthorisations { get; init; }

    /// <summary>When it would begin; null: now. What changes is told as of then.</summary>
    public DateTimeOffset? AddRoleFrom { get; init; }

    /// <summary>A home role that they would lose.</summary>
    public string? RemoveRole { get; init; }

    /// <summary>When the one that they would lose began, since they may have several of a name; null: all of that name.</summary>
    public DateTimeOffset? RemoveRoleFrom { get; init; }

    /// <summary>The case that would change, or that a conflict would be recorded with.</summary>
    public string? Urn { get; init; }
    public bool AddExclusion { get; init; }

    /// <summary>Of a conflict that names no case: the jurisdiction and the agency whose cases it covers; null covers all.</summary>
    public string? ExclusionJurisdiction { get; init; }
    public string? ExclusionAgency { get; init; }

    /// <summary>A case, cross-agency or challenged grant that would end.</summary>
    public string? EndGrant { get; init; }
    public string? AddAgency { get; init; }
    public string? WithdrawAgency { get; init; }
    public string? Classification { get; init; }
}

/// <param name="Gained">References of cases for a change of a person; names, or agency and role, for a change of a case.</param>
/// <param name="Weighed">How many cases or people were looked at; the newest come first.</param>
public sealed record SimulatedAccess(IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, int Weighed, bool IsWhole, string Summary);

/// <summary>What would change if: the gates asked twice, with the facts as they are and as they would be. Nothing is written.</summary>
public sealed class SimulateChange(ExplainAccess explain, TimeProvider clock)
{
    private const int MostCases = 2000;

    /// <summary>Null where the asker may not know of the person or the case.</summary>
    public async Task<SimulatedAccess?> RunAsync(CaseDb db, Caller asker, SimulatedChange change, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return change.EndGrant is { } grant ? await GrantAsync(db, asker, grant, now, ct)
            : change.Subject is { } subject
            ? await PersonAsync(db, asker, subject, change, now, ct)
            : change.Urn is { } urn && await explain.CaseAsync(db, asker, urn, ct) is { } file ? await CaseAsync(db, asker, file, change, now, ct) : null;
    }

    private async Task<SimulatedAccess?> PersonAsync(CaseDb db, Caller asker, string subject, SimulatedChange change, DateTimeOffset now, CancellationToken ct)
    {
        if (await explain.PersonAsync(db, asker, subject, now, AccessTarget.None, ct) is not { } person || person.Row.Agency != asker.Agency)
        {
            return null;
        }
        KnownPerson then = Barred(Changed(person, change, now), change, now);
        string agency = person.Row.Agency;
        IQueryable<CaseFile> near = db.Cases.AsNoTracking().Where(file => change.AddExclusion && change.Urn != null
            ? file.Urn == change.Urn
            : file.OwnerAgency == agency || db.Participants.Any(part => part.CaseId == file.Id && part.Agency == agency && part.WithdrawnAt == null));
        return await CompareAsync(db, near, person, then, At(change, now), ct);
    }

    // A role that begins later opens and closes nothing before then.
    private static DateTimeOffset At(SimulatedChange change, DateTimeOffset now) => new[] { now, change.AddRoleFrom ?? now, change.RemoveRoleFrom ?? now }.Max().ToUniversalTime();

    /// <summary>For those only who may know of the grant: either side, and whoever it is for or asked for it.</summary>
    private async Task<SimulatedAccess?> GrantAsync(CaseDb db, Caller asker, string id, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<AccessGrant>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } grant
            || (grant.Subject != asker.Subject && grant.RequestedBy != asker.Subject && grant.Agency != asker.Agency && grant.AskedAgency != asker.Agency)
            || await explain.PersonAsync(db, asker, grant.Subject, now, AccessTarget.SomeCase, ct) is not { } person)
        {
            return null;
        }
        IQueryable<CaseFile> near = db.Cases.AsNoTracking().Where(file => grant.CaseId == null ? file.OwnerAgency == grant.ConsentedAgency : file.Id == grant.CaseId);
        return await CompareAsync(db, near, person, person with { Grants = [.. person.Grants.Where(held => held.Id != id)] }, now, ct);
    }

    /// <summary>The newest of the cases, read as the person is and as they would be. Sealed ones are not spoken of.</summary>
    private static async Task<SimulatedAccess> CompareAsync(
        CaseDb db, IQueryable<CaseFile> near, KnownPerson person, KnownPerson then, DateTimeOffset at, CancellationToken ct)
    {
        List<CaseFile> files = await near.Where(file => !file.Practice).OrderByDescending(file => file.CreatedAt).ThenByDescending(file => file.Id).Take(MostCases + 1).ToListAsync(ct);
        Dictionary<string, string> urns = files.ToDictionary(file => file.Id, file => file.Urn);
        List<string> gained = [], lost = [];
        foreach (CaseFacts file in (await CaseAsOf.CasesAsync(db, [.. files.Take(MostCases)], at, ct)).Where(file => !file.Sealed))
        {
            Sort(Reads(person, file, at), Reads(then, file, at), urns[file.Id], gained, lost);
        }
        return Told(gained, lost, Math.Min(files.Count, MostCases), files.Count <= MostCases, "case", person.Row.Name);
    }

    private static async Task<SimulatedAccess?> CaseAsync(CaseDb db, Caller asker, CaseFile file, SimulatedChange change, DateTimeOffset now, CancellationToken ct)
    {
        CaseFacts facts = (await CaseAsOf.CasesAsync(db, [file], now, ct))[0];
        HashSet<string> agencies = [.. facts.Participants.Where(agency => agency != change.WithdrawAgency)];
        if (change.AddAgency is { } added)
        {
            agencies.Add(added);
        }
        CaseFacts then = facts with { Participants = agencies, Classification = change.Classification ?? facts.Classification };
        CaseFacts both = facts with { Participants = agencies.Union(facts.Participants).ToHashSet(StringComparer.Ordinal) };
        string[] taking = [both.Owner, .. both.Participants];
        IReadOnlyList<KnownPerson> people = await AsOf.PeopleAsync(db, db.Set<Person>().Where(person => taking.Contains(person.Agency)
            || db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && (grant.CaseId == file.Id || grant.CaseId == null))), now, ct);
        Dictionary<string, string> names = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
        List<string> gained = [], lost = [];
        foreach (KnownPerson person in people)
        {
            string shown = person.Row.Agency == asker.Agency ? person.Row.Name : $"somebody of {names.GetValueOrDefault(person.Row.Agency) ?? person.Row.Agency}";
            Sort(Reads(person, facts, now), Reads(person, then, now), shown, gained, lost);
        }
        return Told(gained, lost, people.Count, true, "person", file.Urn);
    }

    private static bool Reads(KnownPerson person, CaseFacts file, DateTimeOffset now) => Gates.Run(ExplainAccess.Question(person, AccessActions.ReadCase, file, now)).Allowed;

    private static KnownPerson Changed(KnownPerson person, SimulatedChange change, DateTimeOffset now)
    {
        List<GrantFacts> grants = [.. person.Grants.Where(grant => !IsRemoved(grant, change))];
        if (change.AddRole is { } role)
        {
            grants.Add(new GrantFacts
            {
                Id = "simulated",
                Type = GrantType.Home,
                Role = role,
                Jurisdiction = "criminal",
                Agency = change.AddRoleArea is null && change.AddRoleCourt is null ? person.Row.Agency : null,
                Area = change.AddRoleArea,
                Court = change.AddRoleCourt,
                MaxClassification = change.AddRoleMaxClassification ?? Classification.Private,
                Authorisations = change.AddRoleAuthorisations ?? [],
                Begin = change.AddRoleFrom ?? now,
            });
        }
        return person with { Grants = grants };
    }

    private static bool IsRemoved(GrantFacts grant, SimulatedChange change) => grant.Type == GrantType.Home && grant.Role == change.RemoveRole
        && (change.RemoveRoleFrom is not { } from || grant.Begin.ToUnixTimeMilliseconds() == from.ToUnixTimeMilliseconds());

    // Where it names a case, that case is the only one looked at.
    private static KnownPerson Barred(KnownPerson person, SimulatedChange change, DateTimeOffset now) => !change.AddExclusion ? person : person with
    {
        Exclusions =
        [
            .. person.Exclusions,
            new ExclusionFacts("simulated", person.Row.Subject, person.Facts.PersonId, now) { Jurisdiction = change.ExclusionJurisdiction, Agency = change.ExclusionAgency },
        ],
    };

    private static void Sort(bool before, bool after, string what, List<string> gained, List<string> lost)
    {
        if (before != after)
        {
            (after ? gained : lost).Add(what);
        }
    }

    private static SimulatedAccess Told(List<string> gained, List<string> lost, int weighed, bool isWhole, string unit, string of) => new(
        gained, lost, weighed, isWhole, $"{of}: access to {gained.Count} {Plural(unit, gained.Count)} gained and to {lost.Count} {Plural(unit, lost.Count)} lost, of {weighed} looked at.");

    private static string Plural(string unit, int count) => count == 1 ? unit : unit == "person" ? "people" : unit + "s";
}
