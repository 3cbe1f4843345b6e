using System.Text.Json;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Explaining;

/// <summary>What was known about people at an instant, past or present.</summary>
internal sealed record KnownPerson(Person Row, PersonFacts Facts, IReadOnlyList<GrantFacts> Grants, IReadOnlyList<ExclusionFacts> Exclusions);

/// <summary>Reads the facts of decisions as they stood at an instant, many people at once.</summary>
internal static class AsOf
{
    public static async Task<IReadOnlyList<KnownPerson>> PeopleAsync(DbContext db, IQueryable<Person> who, DateTimeOffset at, CancellationToken ct)
    {
        List<Person> people = await who.AsNoTracking().OrderBy(person => person.Subject).ToListAsync(ct);
        IQueryable<string> subjects = who.Select(person => person.Subject);
        List<StatusPeriod> periods = await db.Set<StatusPeriod>().AsNoTracking().Where(x => x.Kind == StatusPeriod.OfAgency || subjects.Contains(x.Key)).ToListAsync(ct);
        ILookup<string, StatusPeriod> statuses = periods.ToLookup(x => x.Kind + x.Key);
        Dictionary<string, string> agencies = await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(x => x.Id, x => x.Status, ct);
        ILookup<string, GrantFacts> roles = await RolesAsync(db, subjects, at, ct);
        ILookup<string, GrantFacts> grants = (await db.Set<AccessGrant>().AsNoTracking().Where(x => subjects.Contains(x.Subject) && x.LiveAt <= at).ToListAsync(ct))
            .ToLookup(x => x.Subject, Grant);
        List<Exclusion> exclusions = await db.Set<Exclusion>().AsNoTracking().Where(x => x.From <= at).ToListAsync(ct);
        return [.. people.Select(person =>
        {
            string human = person.PersonId ?? person.Subject;
            PersonFacts facts = new(
                person.Subject, human, person.Agency, Status(statuses[StatusPeriod.OfAccount + person.Subject], at) ?? person.Status,
                Status(statuses[StatusPeriod.OfAgency + person.Agency], at) ?? agencies.GetValueOrDefault(person.Agency) ?? "unknown", person.IsSystem);
            return new KnownPerson(
                person, facts, [.. roles[person.Subject], .. grants[person.Subject]],
                [.. exclusions.Where(x => x.Subject == person.Subject || x.PersonId == human).Select(Conflict)]);
        })];
    }

    public static GrantFacts Grant(AccessGrant grant) => new()
    {
        Id = grant.Id,
        Type = grant.Kind switch
        {
            GrantKind.Case => GrantType.Case,
            GrantKind.Cross => GrantType.Cross,
            _ => GrantType.Challenged,
        },
        Role = grant.Role,
        CaseId = grant.CaseId,
        Jurisdiction = grant.Jurisdiction,
        Agency = grant.OnlyAgency,
        Area = grant.OnlyArea,
        Court = grant.OnlyCourt,
        MaxClassification = grant.MaxClassification,
        Authorisations = JsonSerializer.Deserialize<string[]>(grant.Authorisations) ?? [],
        SealEpoch = grant.SealEpoch,
        Begin = grant.From > grant.LiveAt ? grant.From.Value : grant.LiveAt ?? DateTimeOffset.MaxValue,
        End = grant.To,
        EndedAt = grant.EndedAt,
        RecertifyBy = grant.RecertifyBy,
        Reason = grant.Reason,
        Requested = new Approval(grant.RequestedBy, grant.RequestedPerson, grant.RequestedAgency),
        Sponsored = grant.SponsoredBy is { } sponsor ? new Approval(sponsor, grant.SponsoredPerson ?? sponsor, grant.SponsoredAgency ?? "") : null,
        Consented = grant.ConsentedBy is { } consenter ? new Approval(consenter, grant.ConsentedPerson ?? consenter, grant.ConsentedAgency ?? "") : null,
    };

    /// <summary>Home roles as they were believed then: what was learned since does not count.</summary>
    private static async Task<ILookup<string, GrantFacts>> RolesAsync(DbContext db, IQueryable<string> subjects, DateTimeOffset at, CancellationToken ct)
    {
        List<HomeRole> current = await db.Set<HomeRole>().AsNoTracking().Where(x => subjects.Contains(x.Subject) && (x.RecordedFrom == null || x.RecordedFrom <= at)).ToListAsync(ct);
        List<FormerRole> former = await db.Set<FormerRole>().AsNoTracking().Where(x => subjects.Contains(x.Subject) && x.RecordedFrom <= at && at < x.RecordedTo).ToListAsync(ct);
        IEnumerable<HomeRole> all = current.Concat(former.Select(x => new HomeRole
        {
            Subject = x.Subject,
            Role = x.Role,
            From = x.From,
            To = x.To,
            Jurisdiction = x.Jurisdiction,
            Agency = x.Agency,
            Area = x.Area,
            Court = x.Court,
            MaxClassification = x.MaxClassification,
            Authorisations = x.Authorisations,
            RecertifyBy = x.RecertifyBy,
            Process = x.Process,
            Reference = x.Reference,
            GivenBy = x.GivenBy,
        }));
        return all.ToLookup(x => x.Subject, Role);
    }

    internal static GrantFacts Role(HomeRole role) => new()
    {
        Id = $"home:{role.Role}:{role.From.ToUnixTimeMilliseconds()}",
        Type = GrantType.Home,
        Role = role.Role,
        Jurisdiction = role.Jurisdiction,
        Agency = role.Agency,
        Area = role.Area,
        Court = role.Court,
        MaxClassification = role.MaxClassification,
        Authorisations = JsonSerializer.Deserialize<string[]>(role.Authorisations) ?? [],
        Begin = role.From,
        End = role.To,
        RecertifyBy = role.RecertifyBy,
        Reason = role.Process,
        Requested = role.GivenBy is { } giver ? new Approval(giver, giver, role.Agency ?? "") : null,
    };

    private static ExclusionFacts Conflict(Exclusion exclusion) => new(exclusion.Id, exclusion.Subject, exclusion.PersonId, exclusion.From)
    {
        End = exclusion.To is null || exclusion.RemovedAt < exclusion.To ? exclusion.RemovedAt ?? exclusion.To : exclusion.To,
        CaseId = exclusion.CaseId,
        Jurisdiction = exclusion.Jurisdiction,
        Agency = exclusion.OnlyAgency,
    };

    private static string? Status(IEnumerable<StatusPeriod> periods, DateTimeOffset at) =>
        periods.FirstOrDefault(x => x.From <= at && (x.To is null || at < x.To))?.Status;
}
