using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>One grant for its page: other agencies' people are somebody of their agency, but for the beneficiary, whom approvers see by name.</summary>
/// <param name="About">The case's reference, "a sealed case", or every case of a jurisdiction.</param>
public sealed record GrantView(AccessGrant Grant, string Who, string Agency, string About, string Owner)
{
    public required string AskedBy { get; init; }
    public string? SponsoredBy { get; init; }
    public string? ConsentedBy { get; init; }

    /// <summary>Null on a sealed case that the asker does not have, like the reason of its end.</summary>
    public required string? Reason { get; init; }
    public string? EndReason { get; init; }
    public required GrantRights May { get; init; }
}

/// <summary>What the asker may do with a grant; for buttons only, commands ask again.</summary>
public sealed record GrantRights(bool Sponsor, bool Consent, bool Refuse, bool Change, bool Certify, bool End);

/// <summary>A row of a list of grants, with a name where the asker may know it.</summary>
public sealed record NamedGrant(GrantItem Item, string Who, string About);

/// <summary>Grants on their way from a request to their end, as pages show them.</summary>
public sealed class GrantQueries(CaseDatabase database, IAccessEvaluator access, AccessLists lists)
{
    public async Task<(IReadOnlyList<NamedGrant> Items, string? Next)?> ListAsync(Caller caller, GrantBox box, string? cursor, CancellationToken ct)
    {
        if (await lists.GrantsAsync(caller, box, cursor, Api.Cursor.DefaultLimit, ct) is not { } page)
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var subjects = page.Items.Select(item => item.Subject).OfType<string>().ToList();
        var names = await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, person => person.Name, ct);
        var agencies = await AgenciesAsync(db, ct);
        return ([.. page.Items.Select(item => new NamedGrant(
            item, item.Subject is { } subject ? names.GetValueOrDefault(subject) ?? subject : $"Somebody of {agencies.GetValueOrDefault(item.Agency) ?? item.Agency}",
            About(item.CaseUrn, item.Jurisdiction, null)))], page.Next);
    }

    /// <summary>Null where it is none that the asker may know of.</summary>
    public async Task<GrantView?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await db.Set<AccessGrant>().AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct) is not { } grant)
        {
            return null;
        }

        var file = grant.CaseId is null ? null : await db.Cases.AsNoTracking().SingleOrDefaultAsync(known => known.Id == grant.CaseId, ct);
        var owner = file?.OwnerAgency ?? grant.AskedAgency ?? grant.Agency;
        var approves = await MayAsync(db, caller, AccessActions.SponsorCross, ct);
        var administers = approves || await MayAsync(db, caller, AccessActions.CertifyGrant, ct);
        var isOwn = grant.Subject == caller.Subject || grant.RequestedBy == caller.Subject;
        var isSide = caller.Agency == grant.Agency || caller.Agency == owner;
        return !await MayAsync(db, caller, AccessActions.EndGrant, ct) || (!isOwn && !(isSide && administers)) ? null
            : await ViewAsync(db, caller, grant, file, owner, new Standing(approves, administers, isOwn, isSide), ct);
    }

    /// <param name="Knows">The case is not sealed, or the asker has it.</param>
    private sealed record Standing(bool Approves, bool Administers, bool IsOwn, bool IsSide, bool Knows = false);

    private async Task<GrantView> ViewAsync(CaseDb db, Caller caller, AccessGrant grant, CaseFile? file, string owner, Standing stands, CancellationToken ct)
    {
        string[] subjects = [.. new[] { grant.Subject, grant.RequestedBy, grant.SponsoredBy, grant.ConsentedBy }.OfType<string>().Distinct()];
        var people = await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, ct);
        var agencies = await AgenciesAsync(db, ct);
        var isHidden = file is not null && !await KnownCases.To(caller, access, db).AnyAsync(known => known.Id == file.Id, ct);
        string Somebody(string? agency) => $"Somebody of {agencies.GetValueOrDefault(agency ?? "") ?? agency}";
        string? Named(string? subject, string? agency) => subject is null ? null
            : people.GetValueOrDefault(subject) is { } person && (isHidden ? subject == caller.Subject : person.Agency == caller.Agency) ? person.Name : Somebody(agency);
        return new GrantView(
            grant, AccessLists.Names(grant, caller, stands.Approves, isHidden) ? people.GetValueOrDefault(grant.Subject)?.Name ?? grant.Subject : Somebody(grant.Agency),
            agencies.GetValueOrDefault(grant.Agency) ?? grant.Agency, About(isHidden ? null : file?.Urn, grant.Jurisdiction, agencies.GetValueOrDefault(owner)),
            agencies.GetValueOrDefault(owner) ?? owner)
        {
            AskedBy = Named(grant.RequestedBy, grant.RequestedAgency)!,
            SponsoredBy = Named(grant.SponsoredBy, grant.SponsoredAgency),
            ConsentedBy = Named(grant.ConsentedBy, grant.ConsentedAgency),
            Reason = isHidden ? null : grant.Reason,
            EndReason = isHidden ? null : grant.EndReason,
            May = Rights(caller, grant, owner, stands with { Knows = !isHidden }),
        };
    }

    private static GrantRights Rights(Caller caller, AccessGrant grant, string owner, Standing stands)
    {
        bool isCross = grant.Kind == GrantKind.Cross, waits = grant.State is GrantState.Requested or GrantState.Sponsored, isLive = grant.State == GrantState.Live, isAsleep = grant.State == GrantState.Suspended;
        var isFor = grant.Subject == caller.Subject;
        var reviewer = isCross ? owner : grant.Agency;
        return new GrantRights(
            Sponsor: isCross && grant.State == GrantState.Requested && stands.Approves && grant.Agency == caller.Agency && !isFor,
            Consent: isCross && grant.State == GrantState.Sponsored && stands.Approves && stands.Knows && owner == caller.Agency && !isFor && grant.RequestedBy != caller.Subject,
            Refuse: isCross && waits && stands.Approves,
            Change: isCross && (waits || isLive),
            Certify: (isLive || isAsleep) && stands.Knows && grant.Kind != GrantKind.Challenged && grant.RecertifyBy is not null && stands.Administers && reviewer == caller.Agency && !isFor,
            End: waits || isLive || isAsleep);
    }

    private static string About(string? urn, string? jurisdiction, string? owner) =>
        urn is not null ? urn
        : jurisdiction is null ? "A sealed case"
        : $"Every {jurisdiction} case{(owner is null ? "" : $" of {owner}")}";

    private async Task<bool> MayAsync(CaseDb db, Caller caller, string action, CancellationToken ct) =>
        (await access.CheckAsync(db, caller, action, ActionTable.Door(action), ct)).Allowed;

    private static async Task<Dictionary<string, string>> AgenciesAsync(CaseDb db, CancellationToken ct) =>
        await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct);
}
