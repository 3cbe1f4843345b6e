using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>How a case is protected, who takes part, and what the asker may do about it; the last is for links only, commands ask again.</summary>
public sealed record CaseAccessView(
    string Id, string Urn, string Owner, string OwnerName, string Classification, bool Sealed, int SealEpoch,
    IReadOnlyList<CasePart> Parts, IReadOnlyList<CaseRole> Roles, IReadOnlyList<ProposalItem> Proposals)
{
    public bool MayBring { get; init; }
    public bool MayGive { get; init; }
    public bool MayProtect { get; init; }

    /// <summary>Null where it is not for the asker to record them.</summary>
    public IReadOnlyList<KnownParty>? Parties { get; init; }
}

/// <summary>Somebody with an account who is a party to the case. One of another agency is called by it, and not by name.</summary>
/// <param name="Subject">One of their accounts, the asker's agency's where they have one there.</param>
public sealed record KnownParty(string Subject, string? Name, string AgencyName, string Part, DateTimeOffset Since);

public sealed record CasePart(string Agency, string Name, DateTimeOffset Since, string Reason);

/// <summary>A role on the case that the asker's own agency has given to one of its people.</summary>
/// <param name="Kind">"case", "cross" or "challenged".</param>
public sealed record CaseRole(string GrantId, string Kind, string Subject, string Name, string Role, DateTimeOffset? Until, string Reason);

/// <summary>The access of one case, for those who have it. A case that the asker has no access to is not there.</summary>
public sealed class CaseAccessQueries(CaseDatabase database, IAccessEvaluator access, AccessLists lists, TimeProvider clock)
{
    public async Task<CaseAccessView?> FindAsync(Caller caller, string urn, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await CaseAsync(db, caller, urn, ct) is not { } file)
        {
            return null;
        }

        var owns = file.OwnerAgency == caller.Agency;
        var protects = owns && await MayAsync(db, caller, AccessActions.ProtectCase, file.Id, ct);
        var open = protects ? (await lists.ProposalsAsync(caller, ct)).Items.Where(item => item.CaseUrn == urn) : [];
        return new CaseAccessView(
            file.Id, file.Urn, file.OwnerAgency, await NameAsync(db, file.OwnerAgency, ct), file.Classification, file.Sealed, file.SealEpoch,
            await PartsAsync(db, file.Id, ct), await RolesAsync(db, caller, file.Id, ct), [.. open])
        {
            MayBring = owns && await MayAsync(db, caller, AccessActions.AddAgency, file.Id, ct),
            MayGive = await MayAsync(db, caller, AccessActions.GiveCaseRole, file.Id, ct),
            MayProtect = protects,
            Parties = owns && await MayAsync(db, caller, AccessActions.RecordParty, file.Id, ct) ? await PartiesAsync(db, caller, file.Id, ct) : null,
        };
    }

    /// <summary>Agencies that could still be brought in.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> OthersAsync(CaseAccessView view, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var taking = view.Parts.Select(part => part.Agency).Append(view.Owner).ToList();
        var found = await db.Set<Agency>().AsNoTracking().Where(agency => agency.Status == DirectoryStatus.Active && agency.Kind != "platform" && !taking.Contains(agency.Id))
            .OrderBy(agency => agency.Name).Select(agency => new { agency.Id, agency.Name }).ToListAsync(ct);
        return [.. found.Select(agency => (agency.Id, agency.Name))];
    }

    private async Task<CaseFile?> CaseAsync(CaseDb db, Caller caller, string urn, CancellationToken ct)
    {
        var file = await db.Cases.AsNoTracking().SingleOrDefaultAsync(known => known.Urn == urn, ct);
        return await MayAsync(db, caller, AccessActions.ExplainAccess, file?.Id ?? "", ct) ? file : null;
    }

    private async Task<bool> MayAsync(CaseDb db, Caller caller, string action, string caseId, CancellationToken ct) =>
        (await access.CheckAsync(db, caller, action, AccessTarget.Case(caseId), ct)).Allowed;

    private static async Task<string> NameAsync(CaseDb db, string agency, CancellationToken ct) =>
        await db.Set<Agency>().Where(known => known.Id == agency).Select(known => known.Name).SingleOrDefaultAsync(ct) ?? agency;

    private static async Task<List<CasePart>> PartsAsync(CaseDb db, string caseId, CancellationToken ct) =>
        await db.Participants.AsNoTracking().Where(part => part.CaseId == caseId && part.WithdrawnAt == null).OrderBy(part => part.Since).ThenBy(part => part.Agency)
            .Select(part => new CasePart(
                part.Agency, db.Set<Agency>().Where(agency => agency.Id == part.Agency).Select(agency => agency.Name).FirstOrDefault() ?? part.Agency, part.Since, part.Reason))
            .ToListAsync(ct);

    private async Task<List<CaseRole>> RolesAsync(CaseDb db, Caller caller, string caseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Set<AccessGrant>().AsNoTracking()
            .Where(grant => grant.CaseId == caseId && grant.Agency == caller.Agency && grant.State == GrantState.Live && (grant.To == null || grant.To > now))
            .OrderBy(grant => grant.RequestedAt).ThenBy(grant => grant.Id).Take(Api.Cursor.LargestLimit)
            .Select(grant => new CaseRole(
                grant.Id, grant.Kind, grant.Subject, db.Set<Person>().Where(person => person.Subject == grant.Subject).Select(person => person.Name).FirstOrDefault() ?? grant.Subject,
                grant.Role, grant.To, grant.Reason))
            .ToListAsync(ct);
    }

    private static async Task<List<KnownParty>> PartiesAsync(CaseDb db, Caller caller, string caseId, CancellationToken ct)
    {
        var known = await (
            from party in db.Set<CaseParty>().AsNoTracking()
            where party.CaseId == caseId && party.To == null
            from person in db.Set<Person>()
            where (person.PersonId ?? person.Subject) == party.PersonId
            join agency in db.Set<Agency>() on person.Agency equals agency.Id
            select new { party.Part, party.From, person.Subject, person.Name, Agency = agency.Name, IsOwn = person.Agency == caller.Agency }).ToListAsync(ct);
        return [.. known.GroupBy(party => (party.From, party.Part)).OrderBy(record => record.Key.From)
            .Select(record => record.OrderByDescending(account => account.IsOwn).ThenBy(account => account.Subject, StringComparer.Ordinal).First())
            .Select(account => new KnownParty(account.Subject, account.IsOwn ? account.Name : null, account.Agency, account.Part, account.From))];
    }
}
