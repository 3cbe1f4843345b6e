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

    private static IEnumerable<GrantFacts> Added(KnownPerson person, SimulatedChange change, DateTimeOffset now) => change.AddRole is not { } role ? [] :
    [
        new GrantFacts
        {
            Id = Simulated,
            Type = GrantType.Home,
            Role = role,
            Jurisdiction = "criminal",
            Agency = change.AddRoleArea is null && change.AddRoleCourt is null ? person.Row.Agency : null,
            Area = change.AddRoleArea,
            Court = CourtCode.Of(change.AddRoleCourt),
            MaxClassification = change.AddRoleMaxClassification ?? Classification.Private,
            Authorisations = change.AddRoleAuthorisations ?? [],
            Begin = change.AddRoleFrom ?? now,
        },
    ];

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
