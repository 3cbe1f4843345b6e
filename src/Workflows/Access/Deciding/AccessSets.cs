namespace Assize.Workflows.Access.Deciding;

/// <summary>
/// The same rule as sets of cases: ((((home ∪ case ∪ challenged) ∩ standing) ∪ cross) ∩ seal ∩ class) ∖ excluded ∖ party.
/// Written apart from the gates, so that a test can hold one against the other; lists use it as a SQL predicate (<see cref="CaseFilter"/>).
/// </summary>
public static class AccessSets
{
    /// <summary>Ids of those of the cases that the gates would allow.</summary>
    public static HashSet<string> Allowed(AccessQuestion asked, IReadOnlyList<CaseFacts> cases)
    {
        if (asked.Person is not { SessionRevoked: false, Status: DirectoryStatus.Active, AgencyStatus: DirectoryStatus.Active } person)
        {
            return [];
        }
        List<GrantFacts> live = [.. asked.Grants.Where(grant => grant.IsLive(asked.At) && asked.Roles.Contains(grant.Role))];
        HashSet<string> own = Reach(live, cases, GrantType.Home, GrantType.Case, GrantType.Challenged);
        own.IntersectWith(cases.Where(file => person.Agency == file.Owner || file.Participants.Contains(person.Agency)).Select(file => file.Id));
        HashSet<string> allowed = [.. live.Where(grant => grant.Type == GrantType.Cross).SelectMany(grant => Reached(grant, Consenting(grant, person, cases)))];
        allowed.UnionWith(own);
        allowed.ExceptWith(cases.Where(file => asked.Exclusions.Any(x => Hits(x, person, asked.At) && Within(x, file))).Select(file => file.Id));
        allowed.ExceptWith(cases.Where(file => file.Parties.Contains(person.PersonId)).Select(file => file.Id));
        allowed.IntersectWith(cases.Where(file => asked.Assurance.Meets(asked.Policy.Assurance.For(file), asked.At)).Select(file => file.Id));
        return allowed;
    }

    private static HashSet<string> Reach(List<GrantFacts> live, IReadOnlyList<CaseFacts> cases, params ReadOnlySpan<GrantType> types)
    {
        HashSet<string> reached = [];
        foreach (GrantFacts grant in live)
        {
            if (types.Contains(grant.Type))
            {
                reached.UnionWith(Reached(grant, cases));
            }
        }
        return reached;
    }

    /// <summary>The cases in a grant's scope that its seal, classification and authorisations open.</summary>
    private static IEnumerable<string> Reached(GrantFacts grant, IEnumerable<CaseFacts> cases)
    {
        bool isWhole = grant.Type switch
        {
            GrantType.Home => grant.Jurisdiction is not null && (grant.Agency ?? grant.Area ?? grant.Court) is not null,
            GrantType.Case => grant.CaseId is not null,
            GrantType.Challenged => grant is { CaseId: not null, End: not null },
            _ => grant.End is not null && (grant.CaseId ?? grant.Jurisdiction) is not null && !string.IsNullOrWhiteSpace(grant.Reason),
        };
        bool isNamed = grant.Type is GrantType.Case or GrantType.Cross && grant.CaseId is not null;
        return !isWhole ? [] : cases
            .Where(file => (grant.CaseId ?? file.Id) == file.Id && (grant.Jurisdiction ?? file.Jurisdiction) == file.Jurisdiction)
            .Where(file => (grant.Area ?? file.Area) == file.Area && (grant.Court ?? file.Court) == file.Court)
            .Where(file => grant.Agency is null || grant.Agency == file.Owner || file.Participants.Contains(grant.Agency))
            .Where(file => !file.Sealed || (isNamed && grant.SealEpoch == file.SealEpoch))
            .Where(file => Rank(file.Classification, 2) <= Rank(grant.MaxClassification, -1))
            .Where(file => file.NeedsAuthorisation is null || grant.Authorisations.Contains(file.NeedsAuthorisation))
            .Select(file => file.Id);
    }

    /// <summary>The cases whose owner consented to the grant, another's person sponsoring it.</summary>
    private static IEnumerable<CaseFacts> Consenting(GrantFacts grant, PersonFacts person, IEnumerable<CaseFacts> cases)
    {
        if (grant.Sponsored is not { } sponsor || grant.Consented is not { } consenter)
        {
            return [];
        }
        bool isOwnDoing = new[] { sponsor, consenter }.Any(x => x.PersonId == person.PersonId || x.Subject == person.Subject);
        bool isRequesters = consenter.PersonId == grant.Requested?.PersonId || consenter.Subject == grant.Requested?.Subject;
        return isOwnDoing || isRequesters || sponsor.PersonId == consenter.PersonId || sponsor.Agency != person.Agency || consenter.Agency == sponsor.Agency
            ? []
            : cases.Where(file => file.Owner == consenter.Agency && file.OwnerStatus == DirectoryStatus.Active);
    }

    private static bool Hits(ExclusionFacts exclusion, PersonFacts person, DateTimeOffset at) =>
        (exclusion.PersonId == person.PersonId || exclusion.Subject == person.Subject) && exclusion.Begin <= at && !(exclusion.End <= at);

    private static bool Within(ExclusionFacts exclusion, CaseFacts file) =>
        (exclusion.CaseId ?? file.Id) == file.Id && (exclusion.Jurisdiction ?? file.Jurisdiction) == file.Jurisdiction
        && (exclusion.Agency is null || exclusion.Agency == file.Owner || file.Participants.Contains(exclusion.Agency));

    private static int Rank(string classification, int unknown) => classification switch
    {
        Classification.Public => 0,
        Classification.Private => 1,
        Classification.Restricted => 2,
        _ => unknown,
    };
}
