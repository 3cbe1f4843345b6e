using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Why can X see Y, who can see Y, and what X holds: the gates asked again, at any instant. Explanations of sealed cases are sealed.</summary>
public sealed class ExplainAccess(IAccessEvaluator access, TimeProvider clock)
{
    private const int PeopleAtOnce = 2000;

    /// <summary>Null where the asker may not know: a sealed case that they have no access to, or another agency's person.</summary>
    public async Task<Explanation?> WhyAsync(CaseDb db, Caller asker, string subject, string action, string urn, DateTimeOffset? at, CancellationToken ct)
    {
        DateTimeOffset when = at ?? clock.GetUtcNow();
        if (await CaseAsync(db, asker, urn, ct) is not { } file
            || await PersonAsync(db, asker, subject, when, AccessTarget.SomeCase, ct) is not { } person
            || ActionTable.RolesFor(action).Count == 0)
        {
            return null;
        }
        CaseFacts facts = (await CaseAsOf.CasesAsync(db, [file], when, ct))[0];
        Verdict verdict = Gates.Run(Question(person, action, facts, when));
        Sentences say = await SentencesAsync(db, asker, person.Grants, ct);
        return new Explanation(
            subject, person.Row.Name, person.Row.Agency, action, urn, when, verdict.Allowed, verdict.Code, Sentences.Summary(person.Row.Name, verdict, action == AccessActions.ReadCase ? $"see case {urn}" : $"do “{action}” on case {urn}"),
            [.. verdict.Sufficient.Select(say.Path)], [.. verdict.Dropped.Select(Sentences.Stopped)], verdict.PolicyVersion);
    }

    /// <summary>Everybody with a path to the case, those of the asker's own agency by name and the others as agency, role and count.</summary>
    public async Task<WhoHasAccess?> WhoAsync(CaseDb db, Caller asker, string urn, DateTimeOffset? at, CancellationToken ct)
    {
        DateTimeOffset when = at ?? clock.GetUtcNow();
        if (await CaseAsync(db, asker, urn, ct) is not { } file)
        {
            return null;
        }
        CaseFacts facts = (await CaseAsOf.CasesAsync(db, [file], when, ct))[0];
        IReadOnlyList<(KnownPerson Person, Verdict Verdict)> all = await WithPathAsync(db, facts, when, ct);
        Sentences say = await SentencesAsync(db, asker, [.. all.SelectMany(x => x.Verdict.Sufficient)], ct);
        return new WhoHasAccess(
            urn, when,
            [.. all.Where(x => x.Person.Row.Agency == asker.Agency).Select(x => new PersonWithAccess(x.Person.Row.Subject, x.Person.Row.Name, [.. x.Verdict.Sufficient.Select(say.Path)]))],
            [.. all.Where(x => x.Person.Row.Agency != asker.Agency).GroupBy(x => (x.Person.Row.Agency, x.Verdict.Sufficient[0].Role))
                .Select(group => new OthersWithAccess(group.Key.Agency, say.Agency(group.Key.Agency), group.Key.Role, group.Count())).OrderBy(x => x.Agency).ThenBy(x => x.Role)]);
    }

    /// <summary>What a person holds, each grant in a sentence.</summary>
    public async Task<WhatIsHeld?> WhatAsync(CaseDb db, Caller asker, string subject, DateTimeOffset? at, CancellationToken ct)
    {
        DateTimeOffset when = at ?? clock.GetUtcNow();
        if (await PersonAsync(db, asker, subject, when, AccessTarget.None, ct) is not { } person || person.Row.Agency != asker.Agency)
        {
            return null;
        }
        GrantFacts[] live = [.. person.Grants.Where(grant => grant.IsLive(when))];
        // A grant that names a sealed case is told to those only who may know of the case.
        HashSet<string> hidden = await HiddenAsync(db, asker, [.. live.Select(grant => grant.CaseId).OfType<string>()], ct);
        Sentences say = await SentencesAsync(db, asker, live, ct);
        return new WhatIsHeld(subject, person.Row.Name, person.Facts.Status, when, [.. live.Where(grant => grant.CaseId is null || !hidden.Contains(grant.CaseId)).Select(say.Path)]);
    }

    internal static AccessQuestion Question(KnownPerson person, string action, CaseFacts? file, DateTimeOffset at) => new(
        ActionTable.RolesFor(action), person.Facts, new Assurance(2, at, person.Facts.IsSystem), file is null ? About.OwnAgency : About.Case, file, person.Grants, person.Exclusions, at, AccessPolicy.At(at));

    /// <summary>All people whom the gates let read the case; who cannot even be a candidate is not weighed.</summary>
    internal static async Task<IReadOnlyList<(KnownPerson Person, Verdict Verdict)>> WithPathAsync(CaseDb db, CaseFacts file, DateTimeOffset at, CancellationToken ct)
    {
        string[] agencies = [file.Owner, .. file.Participants];
        IQueryable<Person> candidates = db.Set<Person>().Where(person => (!file.Sealed && agencies.Contains(person.Agency))
            || db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && grant.LiveAt <= at && (grant.CaseId == file.Id || grant.CaseId == null)));
        List<(KnownPerson, Verdict)> found = [];
        string after = "";
        while (true)
        {
            string last = after;
            IReadOnlyList<KnownPerson> people = await AsOf.PeopleAsync(
                db, candidates.Where(person => person.Subject.CompareTo(last) > 0).OrderBy(person => person.Subject).Take(PeopleAtOnce), at, ct);
            found.AddRange(people.Select(person => (person, Gates.Run(Question(person, AccessActions.ReadCase, file, at)))).Where(x => x.Item2.Allowed));
            if (people.Count < PeopleAtOnce)
            {
                return found;
            }
            after = people[^1].Row.Subject;
        }
    }

    /// <summary>The case, where the asker may know of it: sealed to those with access, otherwise to agencies that take part or were granted something on it.</summary>
    public async Task<CaseFile?> CaseAsync(CaseDb db, Caller asker, string urn, CancellationToken ct)
    {
        CaseFile? file = await db.Cases.AsNoTracking().SingleOrDefaultAsync(x => x.Urn == urn && !x.Practice, ct);
        AccessDecision decision = await access.CheckAsync(db, asker, AccessActions.ExplainAccess, AccessTarget.Case(file?.Id ?? ""), ct);
        if (file is null || (file.Sealed && !decision.Allowed))
        {
            return null;
        }
        return !decision.LooksAbsent || await db.Set<AccessGrant>().AnyAsync(grant => grant.CaseId == file.Id && grant.Agency == asker.Agency, ct) ? file : null;
    }

    /// <summary>Oneself, somebody of the agency whose access one administers, or, for its approvers, the beneficiary of what was asked of that agency.</summary>
    /// <param name="about">Some case, where the asker was found to have part in it; otherwise none.</param>
    internal async Task<KnownPerson?> PersonAsync(CaseDb db, Caller asker, string subject, DateTimeOffset at, AccessTarget about, CancellationToken ct)
    {
        if (subject != asker.Subject && !(await access.CheckAsync(db, asker, AccessActions.ExplainAccess, about, ct)).Allowed)
        {
            return null;
        }
        bool approves = (await access.CheckAsync(db, asker, AccessActions.ConsentCross, AccessTarget.None, ct)).Allowed;
        IQueryable<Person> one = db.Set<Person>().Where(person => person.Subject == subject && (subject == asker.Subject || person.Agency == asker.Agency
            || (approves && db.Set<AccessGrant>().Any(grant => grant.Subject == person.Subject && grant.AskedAgency == asker.Agency))));
        return (await AsOf.PeopleAsync(db, one, at, ct)).SingleOrDefault();
    }

    /// <summary>Several of the asker's own agency; null where one is not, or where the asker may not ask about others.</summary>
    internal async Task<IReadOnlyList<KnownPerson>?> OwnPeopleAsync(CaseDb db, Caller asker, IReadOnlyList<string> subjects, DateTimeOffset at, CancellationToken ct)
    {
        if (subjects.Any(subject => subject != asker.Subject) && !(await access.CheckAsync(db, asker, AccessActions.ExplainAccess, AccessTarget.None, ct)).Allowed)
        {
            return null;
        }
        IReadOnlyList<KnownPerson> found = await AsOf.PeopleAsync(db, db.Set<Person>().Where(person => subjects.Contains(person.Subject) && person.Agency == asker.Agency), at, ct);
        return found.Count > 0 && found.Count == subjects.Distinct(StringComparer.Ordinal).Count() ? found : null;
    }

    /// <summary>Whether the asker may do something that is about no case.</summary>
    internal async Task<bool> MayAsync(CaseDb db, Caller asker, string action, CancellationToken ct) => (await access.CheckAsync(db, asker, action, AccessTarget.None, ct)).Allowed;

    private async Task<HashSet<string>> HiddenAsync(CaseDb db, Caller asker, string[] caseIds, CancellationToken ct)
    {
        IQueryable<CaseFile> visible = access.VisibleCases(db, asker);
        return [.. await db.Cases.Where(file => caseIds.Contains(file.Id) && file.Sealed && !visible.Any(seen => seen.Id == file.Id)).Select(file => file.Id).ToListAsync(ct)];
    }

    private static async Task<Sentences> SentencesAsync(CaseDb db, Caller asker, IReadOnlyList<GrantFacts> grants, CancellationToken ct)
    {
        string[] ids = [.. grants.Select(grant => grant.Id)];
        Dictionary<string, AccessGrant> rows = await db.Set<AccessGrant>().AsNoTracking().Where(x => ids.Contains(x.Id)).ToDictionaryAsync(x => x.Id, ct);
        string[] subjects = [.. rows.Values.SelectMany(x => new[] { x.RequestedBy, x.SponsoredBy, x.ConsentedBy }).Concat(grants.Select(x => x.Requested?.Subject)).OfType<string>().Distinct()];
        return new Sentences(
            await db.Set<Person>().AsNoTracking().Where(x => subjects.Contains(x.Subject) && x.Agency == asker.Agency).ToDictionaryAsync(x => x.Subject, x => x.Name, ct),
            await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(x => x.Id, x => x.Name, ct), rows);
    }
}
