using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>What would change if: the gates asked twice, with the facts as they are and as they would be. Nothing is written.</summary>
public sealed class SimulateChange(ExplainAccess explain, TimeProvider clock)
{
    /// <summary>Null where the asker may not know of the person, the case or what else it is about.</summary>
    public async Task<SimulatedAccess?> RunAsync(CaseDb db, Caller asker, SimulatedChange change, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        SimulateGrant grants = new(explain, now);
        return change switch
        {
            { GiveCaseRole: { } given } => await grants.GivenAsync(db, asker, given, ct),
            { AskCross: { } asked } => await grants.AskedAsync(db, asker, asked, ct),
            { LiftExclusion: { } conflict } => await LiftedAsync(db, asker, conflict, now, ct),
            { Agency: { } agency, Status: { } status } => await AgencyAsync(db, asker, agency, status, now, ct),
            _ when (change.EndGrant ?? change.ApproveGrant ?? change.CertifyGrant ?? change.ChangeCross?.GrantId) is { } grant => await grants.KnownAsync(db, asker, grant, change, ct),
            { RoleMoves: { } moves } => await PeopleAsync(db, asker, [.. moves.Select(move => move.Subject)], change, now, ct),
            _ when (change.Subjects ?? (change.Subject is { } subject ? [subject] : null)) is { } subjects => await PeopleAsync(db, asker, subjects, change, now, ct),
            { Urn: { } urn } when await explain.CaseAsync(db, asker, urn, ct) is { } file => await CaseAsync(db, asker, file, change, now, ct),
            _ => null,
        };
    }

    private async Task<SimulatedAccess?> PeopleAsync(CaseDb db, Caller asker, IReadOnlyList<string> subjects, SimulatedChange change, DateTimeOffset now, CancellationToken ct)
    {
        if (await explain.OwnPeopleAsync(db, asker, subjects, now, ct) is not { } people)
        {
            return null;
        }
        IReadOnlyList<string> urns = change.Urns ?? (change.Urn is { } urn ? [urn] : []);
        IQueryable<CaseFile> near = change.AddExclusion && urns.Count > 0 ? db.Cases.AsNoTracking().Where(file => urns.Contains(file.Urn)) : NearCases.Of(db, asker.Agency);
        DateTimeOffset at = At(change, now);
        (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await NearCases.ReadAsync(db, near, at, ct);
        Dictionary<string, RoleMove>? moves = change.RoleMoves?.DistinctBy(move => move.Subject).ToDictionary(move => move.Subject);
        KnownPerson Then(KnownPerson person) => moves is null ? ChangedPerson.Of(person, change, now) : ChangedPerson.Of(person, moves[person.Row.Subject]);
        bool isOne = people.Count == 1 && moves is null;
        ToldChange told = new(isOne ? difference => difference.Urn : difference => difference.Person.Row.Name, "case", isOne ? people[0].Row.Name : $"{people.Count} people")
        {
            IsWhole = isWhole,
            WithSubmissions = !change.AddExclusion,
            NamesCases = isOne,
        };
        return await told.TellAsync(db, new Imagined([.. people.Select(person => new ImaginedPerson(person, Then(person)))], cases, at), ct);
    }

    // A role that begins later opens and closes nothing before then.
    private static DateTimeOffset At(SimulatedChange change, DateTimeOffset now) => (change.RoleMoves ?? []).SelectMany(move => move.Gets.Select(role => role.From))
        .Append(now).Append(change.AddRoleFrom ?? now).Append(change.RemoveRoleFrom ?? now).Max().ToUniversalTime();

    /// <summary>Null where there is no such conflict of the asker's own people. A case that it names is told to those who may know of it.</summary>
    private async Task<SimulatedAccess?> LiftedAsync(CaseDb db, Caller asker, string id, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<Exclusion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } conflict
            || await explain.OwnPeopleAsync(db, asker, [conflict.Subject], now, ct) is not [var person])
        {
            return null;
        }
        string? urn = conflict.CaseId is null ? null : await db.Cases.Where(file => file.Id == conflict.CaseId).Select(file => file.Urn).SingleOrDefaultAsync(ct);
        bool knows = urn is not null && await explain.CaseAsync(db, asker, urn, ct) is not null;
        (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await NearCases.ReadAsync(
            db, conflict.CaseId is null ? NearCases.Of(db, asker.Agency) : db.Cases.AsNoTracking().Where(file => knows && file.Id == conflict.CaseId), now, ct, withSealed: knows);
        ToldChange told = new(difference => difference.Urn, "case", person.Row.Name) { IsWhole = isWhole, NamesCases = true };
        return await told.TellAsync(db, new Imagined([new ImaginedPerson(person, ChangedPerson.Freed(person, id))], cases, now), ct);
    }

    /// <summary>
    /// Everybody of the agency, and whoever else has access by its consent, by agency and role: whoever administers agencies sees nobody's people and no case.
    /// </summary>
    private async Task<SimulatedAccess?> AgencyAsync(CaseDb db, Caller asker, string agency, string status, DateTimeOffset now, CancellationToken ct)
    {
        if (!await explain.MayAsync(db, asker, AccessActions.AdministerAgencies, ct))
        {
            return null;
        }
        IReadOnlyList<KnownPerson> people = await AsOf.PeopleAsync(db, db.Set<Person>().Where(person => person.Agency == agency
            || db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && grant.ConsentedAgency == agency && grant.LiveAt <= now)), now, ct);
        (IReadOnlyList<ImaginedCase> cases, bool isWhole) = await NearCases.ReadAsync(db, NearCases.Of(db, agency), now, ct);
        Imagined imagined = new(
            [.. people.Select(person => new ImaginedPerson(person, ChangedPerson.Of(person, agency, status)))],
            [.. cases.Select(file => file with { Then = file.Now.Owner == agency ? file.Now with { OwnerStatus = status } : file.Now })], now);
        Dictionary<string, string> names = await NamesAsync(db, ct);
        ToldChange told = new(difference => Others(difference, names), "person", names.GetValueOrDefault(agency) ?? agency)
        {
            IsWhole = isWhole,
            WithSubmissions = true,
            OncePerPerson = true,
        };
        return await told.TellAsync(db, imagined, ct);
    }

    private static async Task<SimulatedAccess?> CaseAsync(CaseDb db, Caller asker, CaseFile file, SimulatedChange change, DateTimeOffset now, CancellationToken ct)
    {
        CaseFacts facts = (await CaseAsOf.CasesAsync(db, [file], now, ct))[0];
        if (await PartiesAsync(db, facts, change, ct) is not { } parties)
        {
            return null;
        }
        CaseFacts then = Changed(facts, change) with { Parties = parties };
        IReadOnlyList<NamedPerson> named = change.Seal ?? [];
        string[] taking = [facts.Owner, .. facts.Participants, .. then.Participants], subjects = [.. named.Select(one => one.Subject)];
        IReadOnlyList<KnownPerson> people = await AsOf.PeopleAsync(db, db.Set<Person>().Where(person => taking.Contains(person.Agency) || subjects.Contains(person.Subject)
            || db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && (grant.CaseId == file.Id || grant.CaseId == null))), now, ct);
        Dictionary<string, string> names = await NamesAsync(db, ct);
        KnownPerson Then(KnownPerson person) =>
            person with { Grants = [.. person.Grants, .. named.Where(one => one.Subject == person.Row.Subject).Select(one => ChangedPerson.Named(then, one.Role, now))] };
        ToldChange told = new(difference => difference.Person.Row.Agency == asker.Agency ? difference.Person.Row.Name : Others(difference, names), "person", file.Urn);
        return await told.TellAsync(db, new Imagined([.. people.Select(person => new ImaginedPerson(person, Then(person)))], [new ImaginedCase(file.Urn, facts, then)], now), ct);
    }

    /// <summary>Null where nobody has the account that would become a party's, or be none any more.</summary>
    private static async Task<IReadOnlySet<string>?> PartiesAsync(CaseDb db, CaseFacts file, SimulatedChange change, CancellationToken ct)
    {
        if ((change.AddParty ?? change.EndParty?.Subject) is not { } subject)
        {
            return file.Parties;
        }
        if (await db.Set<Person>().Where(person => person.Subject == subject).Select(person => person.PersonId ?? person.Subject).SingleOrDefaultAsync(ct) is not { } human)
        {
            return null;
        }
        List<CaseParty> open = await db.Set<CaseParty>().AsNoTracking().Where(party => party.CaseId == file.Id && party.To == null).ToListAsync(ct);
        IEnumerable<CaseParty> ended = change.EndParty is { } end ? CaseParty.Of(human, end.Part, open) : [];
        return open.Except(ended).Select(party => party.PersonId).Concat(change.AddParty is null ? [] : [human]).ToHashSet(StringComparer.Ordinal);
    }

    private static Task<Dictionary<string, string>> NamesAsync(CaseDb db, CancellationToken ct) =>
        db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);

    private static string Others(AccessDifference difference, Dictionary<string, string> names) =>
        $"{names.GetValueOrDefault(difference.Person.Row.Agency) ?? difference.Person.Row.Agency}, {difference.Role.Replace('-', ' ')}";

    private static CaseFacts Changed(CaseFacts file, SimulatedChange change) => file with
    {
        Participants = file.Participants.Where(agency => agency != change.WithdrawAgency).Concat(change.AddAgency is { } added ? [added] : []).ToHashSet(StringComparer.Ordinal),
        Classification = change.Classification ?? file.Classification,
        Sealed = change.Seal is not null || (file.Sealed && !change.Unseal),
        SealEpoch = change.Seal is null ? file.SealEpoch : file.SealEpoch + 1,
    };
}
