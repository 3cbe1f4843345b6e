using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Somebody as a change would leave them.</summary>
internal static class ChangedPerson
{
    private const string Simulated = "simulated";

    public static KnownPerson Of(KnownPerson person, SimulatedChange change, DateTimeOffset now) => Barred(person, change, now) with
    {
        Facts = person.Facts with { Status = change.Status ?? person.Facts.Status },
        Grants = [.. person.Grants.Where(grant => !IsRemoved(grant, change)), .. Added(person, change, now)],
    };

    public static KnownPerson Of(KnownPerson person, RoleMove move) => person with
    {
        Grants =
        [
            .. person.Grants.Where(grant => !move.Loses.Any(lost => IsIt(grant, lost)) && !(move.Moved && grant is { Type: GrantType.Cross, EndedAt: null }))
                .Select(grant => move.Confirmed.Any(role => IsIt(grant, role)) ? grant with { RecertifyBy = null } : grant),
            .. move.Gets.Select(role => Role(person, role)),
        ],
    };

    /// <summary>Under another status of an agency, which is theirs or not.</summary>
    public static KnownPerson Of(KnownPerson person, string agency, string status) =>
        person.Row.Agency == agency ? person with { Facts = person.Facts with { AgencyStatus = status } } : person;

    public static KnownPerson Freed(KnownPerson person, string exclusion) => person with { Exclusions = [.. person.Exclusions.Where(known => known.Id != exclusion)] };

    /// <summary>As if both agencies had approved what is asked for.</summary>
    public static GrantFacts Asked(CrossRequested asked, KnownPerson person, string owner, CaseFacts? file, DateTimeOffset now) => new()
    {
        Id = Simulated,
        Type = GrantType.Cross,
        Role = asked.Role,
        CaseId = file?.Id,
        Jurisdiction = asked.Jurisdiction,
        MaxClassification = asked.MaxClassification,
        SealEpoch = file is { Sealed: true } ? file.SealEpoch : null,
        Begin = now,
        End = asked.To,
        Reason = string.IsNullOrWhiteSpace(asked.Reason) ? Simulated : asked.Reason,
        Sponsored = new Approval($"{Simulated}-sponsor", $"{Simulated}-sponsor", person.Row.Agency),
        Consented = new Approval($"{Simulated}-owner", $"{Simulated}-owner", owner),
    };

    /// <summary>A grant that somebody says is still needed; as it is where it cannot be certified.</summary>
    public static GrantFacts Certified(AccessGrant grant, DateTimeOffset now)
    {
        GrantFacts facts = AsOf.Grant(grant);
        return !CertifyGrant.Takes(grant, now) ? facts : facts with
        {
            Begin = grant.From > now ? grant.From.Value : now,
            EndedAt = null,
            RecertifyBy = null,
        };
    }

    /// <summary>A grant under other terms; null where those take its approvals away, or where it opens nothing yet.</summary>
    public static GrantFacts? Changed(AccessGrant grant, CrossChanged change, DateTimeOffset now) => !ChangeCross.Keeps(grant, change) ? null : AsOf.Grant(grant) with
    {
        Role = change.Role,
        MaxClassification = change.MaxClassification,
        Begin = grant.From > now ? grant.From.Value : now,
        End = change.To,
    };

    /// <summary>As if those who have still to approve it had done so.</summary>
    public static GrantFacts Approved(AccessGrant grant, string owner, CaseFile? file, DateTimeOffset now)
    {
        GrantFacts facts = AsOf.Grant(grant);
        return facts with
        {
            SealEpoch = file is { Sealed: true } ? file.SealEpoch : null,
            Begin = grant.From > now ? grant.From.Value : now,
            Sponsored = facts.Sponsored ?? new Approval($"{Simulated}-sponsor", $"{Simulated}-sponsor", grant.Agency),
            Consented = new Approval($"{Simulated}-owner", $"{Simulated}-owner", owner),
        };
    }

    public static GrantFacts Named(CaseFacts file, string role, DateTimeOffset now) => new()
    {
        Id = Simulated,
        Type = GrantType.Case,
        Role = role,
        CaseId = file.Id,
        MaxClassification = Classification.Restricted,
        SealEpoch = file.SealEpoch,
        Begin = now,
    };

    public static GrantFacts Named(CaseFacts file, CaseRoleGiven given, DateTimeOffset now) => Named(file, given.Role, now) with
    {
        MaxClassification = given.MaxClassification,
        SealEpoch = file.Sealed ? file.SealEpoch : null,
        End = given.To,
    };

    private static IEnumerable<GrantFacts> Added(KnownPerson person, SimulatedChange change, DateTimeOffset now) => change.AddRole is not { } role ? [] :
    [
        Role(person, new RoleGained(
            role, change.AddRoleFrom ?? now, null, null, change.AddRoleArea, change.AddRoleCourt, change.AddRoleMaxClassification ?? Classification.Private, change.AddRoleAuthorisations ?? [])),
    ];

    private static GrantFacts Role(KnownPerson person, RoleGained role) => new()
    {
        Id = Simulated,
        Type = GrantType.Home,
        Role = role.Role,
        Jurisdiction = role.Jurisdiction ?? "criminal",
        Agency = role.Agency ?? (role.Area is null && role.Court is null ? person.Row.Agency : null),
        Area = role.Area,
        Court = CourtCode.Of(role.Court),
        MaxClassification = role.MaxClassification,
        Authorisations = role.Authorisations,
        Begin = role.From,
    };

    private static bool IsIt(GrantFacts grant, RoleHeld lost) =>
        grant.Type == GrantType.Home && grant.Role == lost.Role && grant.Begin.ToUnixTimeMilliseconds() == lost.From.ToUnixTimeMilliseconds();

    private static bool IsRemoved(GrantFacts grant, SimulatedChange change) => grant.Type == GrantType.Home && (change.RemoveAllRoles || grant.Role == change.RemoveRole)
        && (change.RemoveRoleFrom is not { } from || grant.Begin.ToUnixTimeMilliseconds() == from.ToUnixTimeMilliseconds());

    // Where it names cases, those are the only ones looked at.
    private static KnownPerson Barred(KnownPerson person, SimulatedChange change, DateTimeOffset now) => !change.AddExclusion ? person : person with
    {
        Exclusions =
        [
            .. person.Exclusions,
            new ExclusionFacts(Simulated, person.Row.Subject, person.Facts.PersonId, now) { Jurisdiction = change.ExclusionJurisdiction, Agency = change.ExclusionAgency },
        ],
    };
}
