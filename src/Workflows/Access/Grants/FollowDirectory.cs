using System.Text.Json;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Grants;

/// <summary>What the directory's news mean for grants: a leaver's end, a mover's are looked at again, and links between accounts carry over.</summary>
internal static class FollowDirectory
{
    public const string Suspended = "grant.suspend";
    public const string ToCertify = "grant.review-due";

    private const string Left = "left";
    private const string Moved = "moved";

    /// <summary>Changes tracked rows only; they are saved with the page that brought the news, and so is the record of what was done.</summary>
    public static async Task TakeAsync(DbContext db, IReadOnlyList<DirectoryPerson> people, DateTimeOffset now, CancellationToken ct)
    {
        string[] subjects = [.. people.Select(person => person.Subject)];
        List<AccessGrant> grants = await db.Set<AccessGrant>().Where(grant => subjects.Contains(grant.Subject) || subjects.Contains(grant.RequestedBy)
            || (grant.SponsoredBy != null && subjects.Contains(grant.SponsoredBy)) || (grant.ConsentedBy != null && subjects.Contains(grant.ConsentedBy))).ToListAsync(ct);
        List<Exclusion> exclusions = await db.Set<Exclusion>().Where(exclusion => subjects.Contains(exclusion.Subject)).ToListAsync(ct);
        List<AccessProposal> proposals = await db.Set<AccessProposal>().Where(proposal => proposal.State == ProposalState.Open && subjects.Contains(proposal.ProposedBy)).ToListAsync(ct);
        await FollowParties.TakeAsync(db, people, ct);
        List<(AccessGrant Grant, string Action, string Why)> done = [];
        foreach (DirectoryPerson person in people)
        {
            string human = person.PersonId ?? person.Subject;
            exclusions.FindAll(exclusion => exclusion.Subject == person.Subject).ForEach(exclusion => exclusion.PersonId = human);
            proposals.FindAll(proposal => proposal.ProposedBy == person.Subject).ForEach(proposal => proposal.ProposedPerson = human);
            grants.ForEach(grant => Link(grant, person.Subject, human));
            foreach (AccessGrant grant in grants.Where(grant => grant.Subject == person.Subject && (grant.EndedAt is null || grant.State == GrantState.Suspended)))
            {
                if (Leave(grant, person) is { } ended)
                {
                    done.Add((grant, ended, Left));
                }
                else if (Move(grant, person.MovedAt) is { } changed)
                {
                    done.Add((grant, changed, Moved));
                }
            }
        }
        await RecordAsync(db, done, now, ct);
    }

    // Nobody asked for it, so the actor is Assize; it stands in the log of the agency whose person loses the access, and the case's owner sees it there.
    private static async Task RecordAsync(DbContext db, List<(AccessGrant Grant, string Action, string Why)> done, DateTimeOffset now, CancellationToken ct)
    {
        string[] ids = [.. done.Select(change => change.Grant.CaseId).OfType<string>().Distinct()];
        Dictionary<string, CaseFile> cases = ids.Length == 0 ? [] : await db.Set<CaseFile>().AsNoTracking().Where(file => ids.Contains(file.Id)).ToDictionaryAsync(file => file.Id, ct);
        db.AddRange(done.Select(change => AuditLog.Entry(
            Guid.CreateVersion7(now).ToString("n"), now, Caller.Assize with { Agency = change.Grant.Agency }, change.Action, ("grant", change.Grant.Id),
            cases.GetValueOrDefault(change.Grant.CaseId ?? ""), JsonSerializer.Serialize(new { change.Grant.Subject, change.Grant.Kind, why = change.Why }))));
    }

    private static void Link(AccessGrant grant, string subject, string human)
    {
        grant.PersonId = grant.Subject == subject ? human : grant.PersonId;
        grant.RequestedPerson = grant.RequestedBy == subject ? human : grant.RequestedPerson;
        grant.SponsoredPerson = grant.SponsoredBy == subject ? human : grant.SponsoredPerson;
        grant.ConsentedPerson = grant.ConsentedBy == subject ? human : grant.ConsentedPerson;
    }

    /// <summary>Nothing asked for or granted before comes back with a reactivated account.</summary>
    /// <returns>What was done, as an action of the audit log; null: nothing.</returns>
    private static string? Leave(AccessGrant grant, DirectoryPerson person)
    {
        // Two clocks: whoever is gone keeps nothing, though it was asked for by one that is ahead of the directory's.
        if (person.LeftAt is not { } at || (grant.RequestedAt >= at && person.Status != DirectoryStatus.Left))
        {
            return null;
        }
        (grant.State, grant.EndedAt, grant.EndReason) = (GrantState.Ended, grant.EndedAt ?? at, "The account left");
        return AccessActions.EndGrant;
    }

    private static string? Move(AccessGrant grant, DateTimeOffset? moved)
    {
        if (moved is not { } at || grant.EndedAt is not null || grant.RequestedAt >= at || grant.LiveAt >= at)
        {
            return null;
        }
        if (grant.LiveAt is null)
        {
            // What was asked for the old post is not approved for the new one.
            (grant.State, grant.EndedAt, grant.EndReason) = (GrantState.Ended, at, "Its beneficiary changed posts before it was approved");
            return AccessActions.EndGrant;
        }
        if (grant.Kind == GrantKind.Cross)
        {
            (grant.State, grant.EndedAt, grant.EndReason) = (GrantState.Suspended, at, "Its beneficiary changed posts");
            return Suspended;
        }
        DateTimeOffset due = at.AddDays(AccessPolicy.At(at).MoverRecertifyDays);
        if (grant.Kind != GrantKind.Case || grant.RecertifyBy <= due)
        {
            return null;
        }
        grant.RecertifyBy = due;
        return ToCertify;
    }
}
