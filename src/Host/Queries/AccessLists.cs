using System.Globalization;
using System.Linq.Expressions;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Which grants: all that are open or live, to be sponsored, to be consented to, live across agencies, to be certified soon, or one's own.</summary>
public enum GrantBox { Open, Sponsor, Consent, Live, Due, Mine }

/// <summary>Grants, reviews, conflicts and proposals that concern the caller's agency. A sealed case is named to those only who have it.</summary>
public sealed class AccessLists(CaseDatabase database, IAccessEvaluator access, TimeProvider clock)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    /// <summary>The newest first; null where the cursor is none of this list.</summary>
    public async Task<Page<GrantItem>?> GrantsAsync(Caller caller, GrantBox box, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        // Without the role one sees one's own grants only, and nothing at all where nothing is allowed.
        if (!(await access.CheckAsync(db, caller, AccessActions.EndGrant, AccessTarget.SomeCase, ct)).Allowed)
        {
            return new Page<GrantItem>([], null);
        }

        var approves = (await access.CheckAsync(db, caller, AccessActions.SponsorCross, AccessTarget.None, ct)).Allowed;
        var administers = approves || (await access.CheckAsync(db, caller, AccessActions.CertifyGrant, AccessTarget.None, ct)).Allowed;
        var grants = db.Set<AccessGrant>().AsNoTracking().Where(Box(caller, administers ? box : GrantBox.Mine, clock.GetUtcNow()));
        if (after is [var micros, var id])
        {
            var asked = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            grants = grants.Where(grant => grant.RequestedAt < asked || (grant.RequestedAt == asked && grant.Id.CompareTo(id) < 0));
        }

        var rows = await grants.OrderByDescending(grant => grant.RequestedAt).ThenByDescending(grant => grant.Id).Take(limit + 1).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        var urns = await NamesAsync(db, caller, [.. page.Select(grant => grant.CaseId).OfType<string>()], ct);
        return new Page<GrantItem>([.. page.Select(grant => Item(grant, caller, approves, urns))], rows.Count > limit
            ? Cursor.Write(InstantConversion.ToMicroseconds(page[^1].RequestedAt).ToString(CultureInfo.InvariantCulture), page[^1].Id)
            : null);
    }

    /// <summary>Those not reviewed yet, the most urgent first.</summary>
    public async Task<Page<ReviewItem>> ReviewsAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var isAllowed = (await access.CheckAsync(db, caller, AccessActions.ReviewAccess, AccessTarget.None, ct)).Allowed;
        return new Page<ReviewItem>(!isAllowed ? [] : await db.Set<AccessReview>().AsNoTracking()
            .Where(review => review.Agency == caller.Agency && review.ReviewedAt == null).OrderBy(review => review.DueAt).ThenBy(review => review.Id).Take(Cursor.LargestLimit)
            .Select(review => new ReviewItem(
                review.Id, review.GrantId, db.Set<AccessGrant>().Where(grant => grant.Id == review.GrantId).Select(grant => grant.Category).FirstOrDefault(),
                review.RaisedAt, review.DueAt, review.EscalatedAt)).ToListAsync(ct), null);
    }

    public async Task<Page<ExclusionItem>> ExclusionsAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (!(await access.CheckAsync(db, caller, AccessActions.RemoveExclusion, AccessTarget.None, ct)).Allowed)
        {
            return new Page<ExclusionItem>([], null);
        }

        var now = clock.GetUtcNow();
        var rows = await db.Set<Exclusion>().AsNoTracking()
            .Where(row => row.RemovedAt == null && (row.To == null || row.To > now)
                && db.Set<Person>().Any(person => person.Subject == row.Subject && person.Agency == caller.Agency))
            .OrderByDescending(row => row.From).ThenBy(row => row.Id).Take(Cursor.LargestLimit).ToListAsync(ct);
        var urns = await NamesAsync(db, caller, [.. rows.Select(row => row.CaseId).OfType<string>()], ct);
        return new Page<ExclusionItem>([.. rows.Select(row => Item(row, urns, row.Subject == caller.Subject))], null);
    }

    public async Task<Page<ProposalItem>> ProposalsAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        // Approvers and privacy officers confirm for cases that they do not read.
        var cases = access.VisibleCases(db, caller, AccessActions.ProtectCase);
        var rows = await db.Set<AccessProposal>().AsNoTracking().Where(proposal => proposal.State == ProposalState.Open)
            .Join(cases, proposal => proposal.UnitId, file => file.Id, (proposal, file) => new { Proposal = proposal, file.Urn, file.OwnerAgency })
            .Where(row => row.OwnerAgency == caller.Agency)
            .OrderBy(row => row.Proposal.ProposedAt).ThenBy(row => row.Proposal.Id).Take(Cursor.LargestLimit).ToListAsync(ct);
        return new Page<ProposalItem>([.. rows.Select(row => new ProposalItem(
            row.Proposal.Id, row.Urn, row.Proposal.Kind, row.Proposal.ProposedBy, row.Proposal.ProposedAt, row.Proposal.Reason))], null);
    }

    private static Expression<Func<AccessGrant, bool>> Box(Caller caller, GrantBox box, DateTimeOffset now)
    {
        var soon = now + s_soon;
        return box switch
        {
            GrantBox.Sponsor => grant => grant.Kind == GrantKind.Cross && grant.Agency == caller.Agency && grant.State == GrantState.Requested,
            GrantBox.Consent => grant => grant.Kind == GrantKind.Cross && grant.AskedAgency == caller.Agency && grant.State == GrantState.Sponsored,
            GrantBox.Live => grant => grant.Kind == GrantKind.Cross && (grant.Agency == caller.Agency || grant.AskedAgency == caller.Agency)
                && grant.State == GrantState.Live && grant.To > now,
            GrantBox.Due => grant => ((grant.State == GrantState.Live && grant.RecertifyBy <= soon) || grant.State == GrantState.Suspended) && (grant.To == null || grant.To > now)
                && (grant.Kind == GrantKind.Cross ? grant.AskedAgency == caller.Agency : grant.Agency == caller.Agency),
            GrantBox.Mine => grant => grant.Subject == caller.Subject || grant.RequestedBy == caller.Subject,
            _ => grant => (grant.Agency == caller.Agency || grant.AskedAgency == caller.Agency) && (grant.To == null || grant.To > now)
                && (grant.State == GrantState.Requested || grant.State == GrantState.Sponsored || grant.State == GrantState.Live),
        };
    }

    /// <summary>References of the cases that the caller may know of: all but the sealed ones, and of those the ones they have.</summary>
    internal Task<Dictionary<string, string>> NamesAsync(CaseDb db, Caller caller, string[] caseIds, CancellationToken ct) =>
        KnownCases.To(caller, access, db).AsNoTracking().Where(file => caseIds.Contains(file.Id)).ToDictionaryAsync(file => file.Id, file => file.Urn, ct);

    /// <summary>
    /// Whether the asker reads whom a grant is for. On a sealed case that they do not have it would say who is named there, so it is told only to
    /// whoever it is for, and to those who must stand by somebody.
    /// </summary>
    internal static bool Names(AccessGrant grant, Caller caller, bool approves, bool isHidden) =>
        isHidden ? grant.Subject == caller.Subject || (approves && grant.Agency == caller.Agency && grant is { Kind: GrantKind.Cross, State: GrantState.Requested })
        : grant.Agency == caller.Agency || grant.RequestedBy == caller.Subject || approves;

    /// <param name="isOwn">One's own is told in any case; whose another is would say, of a sealed case, who is concerned in it.</param>
    internal static ExclusionItem Item(Exclusion row, Dictionary<string, string> urns, bool isOwn) =>
        new(row.Id, isOwn || row.CaseId is null || urns.ContainsKey(row.CaseId) ? row.Subject : null, row.CaseId is null ? null : urns.GetValueOrDefault(row.CaseId), row.Jurisdiction, row.OnlyAgency, row.From, row.To);

    private static GrantItem Item(AccessGrant grant, Caller caller, bool approves, Dictionary<string, string> urns)
    {
        var isHidden = grant.CaseId is not null && !urns.ContainsKey(grant.CaseId);
        return new GrantItem
        {
            Id = grant.Id,
            Kind = grant.Kind,
            State = grant.State,
            Subject = Names(grant, caller, approves, isHidden) ? grant.Subject : null,
            Agency = grant.Agency,
            Role = grant.Role,
            CaseUrn = grant.CaseId is null ? null : urns.GetValueOrDefault(grant.CaseId),
            Jurisdiction = grant.Jurisdiction,
            MaxClassification = grant.MaxClassification,
            RequestedAt = grant.RequestedAt,
            To = grant.To,
            RecertifyBy = grant.RecertifyBy,
            Reason = isHidden ? null : grant.Reason,
        };
    }
}
