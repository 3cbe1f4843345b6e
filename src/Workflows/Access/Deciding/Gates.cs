namespace Assize.Workflows.Access.Deciding;

/// <summary>The decision, gate by gate, deny first; the first gate that fails ends it. Pure: the same facts, the same answer.</summary>
public static class Gates
{
    public static Verdict Run(AccessQuestion asked)
    {
        if (asked.Person is not { } person)
        {
            // Whoever is nobody is told so whatever they ask about: a sealed case, an open one or none.
            return End(asked with { Case = null }, Gate.Known, AccessCodes.UnknownCaller);
        }
        if (asked is { About: About.Case, Case: null })
        {
            return End(asked, Gate.Known, AccessCodes.NotFound);
        }
        if (Inactive(person) is { } inactive)
        {
            return End(asked, Gate.Active, inactive);
        }
        if (asked.Case?.Parties.Contains(person.PersonId) == true)
        {
            return End(asked, Gate.Party, AccessCodes.PartyConflict);
        }
        if (asked.Case is { } file && asked.Exclusions.Any(exclusion => Covers(exclusion, person, file, asked.At)))
        {
            return End(asked, Gate.Exclusion, AccessCodes.Excluded);
        }
        return Weigh(asked, person);
    }

    /// <summary>G4 to G10: every grant is weighed on its own, so that their order cannot matter.</summary>
    private static Verdict Weigh(AccessQuestion asked, PersonFacts person)
    {
        List<GrantFacts> sufficient = [];
        List<DroppedGrant> dropped = [];
        foreach (GrantFacts grant in asked.Grants)
        {
            if ((asked.Case is { } file ? Drop(asked, person, file, grant) : DropWithoutCase(asked, person, grant)) is var (gate, why))
            {
                dropped.Add(new DroppedGrant(grant, gate, why));
            }
            else
            {
                sufficient.Add(grant);
            }
        }
        return (sufficient.Count, asked.Assurance.Meets(asked.Policy.Assurance.For(asked.Case), asked.At)) switch
        {
            (0, _) => End(asked, Gate.NoGrant, NoGrant(asked, person), dropped),
            (_, false) => new Verdict(Outcome.StepUp, AccessCodes.StepUp, Gate.Assurance, sufficient, dropped, Hint.None, asked.Policy.Version),
            _ => new Verdict(
                Outcome.Allow, sufficient.TrueForAll(grant => grant.Type == GrantType.Challenged) ? AccessCodes.GrantedChallenged : AccessCodes.Granted,
                null, sufficient, dropped, Hint.None, asked.Policy.Version),
        };
    }

    private static string? Inactive(PersonFacts person) => person switch
    {
        { SessionRevoked: true } => AccessCodes.SessionRevoked,
        { Status: not DirectoryStatus.Active } => AccessCodes.CallerInactive,
        { AgencyStatus: not DirectoryStatus.Active } => AccessCodes.AgencyInactive,
        _ => null,
    };

    private static bool Covers(ExclusionFacts exclusion, PersonFacts person, CaseFacts file, DateTimeOffset at) =>
        (exclusion.Subject == person.Subject || exclusion.PersonId == person.PersonId)
        && exclusion.Begin <= at && (exclusion.End is null || at < exclusion.End)
        && (exclusion.CaseId is null || exclusion.CaseId == file.Id)
        && (exclusion.Jurisdiction is null || exclusion.Jurisdiction == file.Jurisdiction)
        && (exclusion.Agency is null || file.TakesPart(exclusion.Agency));

    /// <summary>G4a, G4b, G5, G6, G7 for one grant: null keeps it.</summary>
    private static (Gate, string)? Drop(AccessQuestion asked, PersonFacts person, CaseFacts file, GrantFacts grant) =>
        Unusable(asked, person, file, grant) is { } unusable ? (Gate.Grant, unusable)
        : OutOfScope(file, grant) is { } elsewhere ? (Gate.Scope, elsewhere)
        : SealedOut(file, grant) is { } sealedOut ? (Gate.Seal, sealedOut)
        : !Classification.Within(file.Classification, grant.MaxClassification) ? (Gate.Classification, $"it opens cases up to {grant.MaxClassification}, and this one is {file.Classification}")
        : file.NeedsAuthorisation is { } needed && !grant.Authorisations.Contains(needed) ? (Gate.Authorisation, $"it lacks the authorisation {needed}")
        : null;

    private static string? Unusable(AccessQuestion asked, PersonFacts person, CaseFacts file, GrantFacts grant) =>
        GrantRules.Malformed(grant)
        ?? GrantRules.Asleep(grant, asked.At)
        ?? (grant.Type == GrantType.Cross ? GrantRules.ConsentMissing(grant, person, file) : GrantRules.NoStanding(person, file))
        ?? (asked.Roles.Contains(grant.Role) ? null : NotIncluded(grant));

    private static string? OutOfScope(CaseFacts file, GrantFacts grant) =>
        grant.CaseId is { } caseId && caseId != file.Id ? "it names another case"
        : grant.Jurisdiction is { } jurisdiction && jurisdiction != file.Jurisdiction ? $"it is for the jurisdiction {jurisdiction}"
        : grant.Agency is { } agency && !file.TakesPart(agency) ? $"it is for cases of {agency}"
        : OutOfPlace(file, grant);

    private static string? OutOfPlace(CaseFacts file, GrantFacts grant) =>
        grant.Area is { } area && area != file.Area ? $"it is for the area {area}"
        : grant.Court is { } court && court != file.Court ? $"it is for the court {court}"
        : null;

    private static string? SealedOut(CaseFacts file, GrantFacts grant) =>
        !file.Sealed || (grant.Type is GrantType.Case or GrantType.Cross && grant.CaseId == file.Id && grant.SealEpoch == file.SealEpoch)
            ? null
            : "the case is sealed, and it does not name the case under the present seal";

    /// <summary>Where no case is in question a live, well-formed home role will do, and no role on cases; for the agency's own things only its own.</summary>
    private static (Gate, string)? DropWithoutCase(AccessQuestion asked, PersonFacts person, GrantFacts grant) =>
        (GrantRules.Malformed(grant) ?? GrantRules.Asleep(grant, asked.At) ?? (asked.Roles.Contains(grant.Role) ? null : NotIncluded(grant))) is { } why
            ? (Gate.Grant, why)
            : asked.About == About.Nothing && grant.Type != GrantType.Home ? (Gate.Scope, "it is for cases only, and this is about none")
            : asked.About == About.OwnAgency && (grant.Type != GrantType.Home || (grant.Agency ?? person.Agency) != person.Agency)
                ? (Gate.Scope, $"it is no role of {person.Agency} itself")
                : null;

    private static string NotIncluded(GrantFacts grant) => $"the role {grant.Role} does not include it";

    /// <summary>G10, in the words that help most: no part in the case, no role, or a grant that stops short.</summary>
    private static string NoGrant(AccessQuestion asked, PersonFacts person) =>
        asked.Case is { } file && !file.TakesPart(person.Agency) ? AccessCodes.NoStanding
        : !asked.Grants.Any(grant => asked.Roles.Contains(grant.Role) && GrantRules.Asleep(grant, asked.At) is null && (asked.About != About.Nothing || grant.Type == GrantType.Home))
            ? AccessCodes.RoleMissing
        : AccessCodes.NoGrant;

    // A sealed case never confirms that it exists, whatever the reason is.
    private static Verdict End(AccessQuestion asked, Gate gate, string code, IReadOnlyList<DroppedGrant>? dropped = null)
    {
        bool isHidden = code == AccessCodes.NotFound || asked.Case is { Sealed: true };
        bool mayHint = !isHidden && gate == Gate.NoGrant && asked.Case is not null;
        GrantFacts? elsewhere = mayHint ? asked.Grants.FirstOrDefault(grant => StopsShortByPlace(asked, grant)) : null;
        return new Verdict(
            isHidden ? Outcome.NotFound : Outcome.Deny, code, gate, [], dropped ?? [],
            elsewhere is not null ? Hint.Challenge : mayHint ? Hint.Request : Hint.None, asked.Policy.Version)
        {
            Elsewhere = elsewhere,
        };
    }

    private static bool StopsShortByPlace(AccessQuestion asked, GrantFacts grant) =>
        grant.Type == GrantType.Home && OutOfPlace(asked.Case!, grant) is not null
        && Drop(asked, asked.Person!, asked.Case!, grant with { Area = asked.Case!.Area, Court = asked.Case.Court }) is null;
}
