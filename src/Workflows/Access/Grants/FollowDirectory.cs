using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Grants;

/// <summary>What the directory's news mean for grants: a leaver's end, a mover's are looked at again, and links between accounts carry over.</summary>
internal static class FollowDirectory
{
    /// <summary>Changes tracked rows only; they are saved with the page that brought the news.</summary>
    public static async Task TakeAsync(DbContext db, IReadOnlyList<DirectoryPerson> people, CancellationToken ct)
    {
        string[] subjects = [.. people.Select(person => person.Subject)];
        List<AccessGrant> grants = await db.Set<AccessGrant>().Where(grant => subjects.Contains(grant.Subject) || subjects.Contains(grant.RequestedBy)
            || (grant.SponsoredBy != null && subjects.Contains(grant.SponsoredBy)) || (grant.ConsentedBy != null && subjects.Contains(grant.ConsentedBy))).ToListAsync(ct);
        List<Exclusion> exclusions = await db.Set<Exclusion>().Where(exclusion => subjects.Contains(exclusion.Subject)).ToListAsync(ct);
        List<AccessProposal> proposals = await db.Set<AccessProposal>().Where(proposal => proposal.State == ProposalState.Open && subjects.Contains(proposal.ProposedBy)).ToListAsync(ct);
        await FollowParties.TakeAsync(db, people, ct);
        foreach (DirectoryPerson person in people)
        {
            string human = person.PersonId ?? person.Subject;
            exclusions.FindAll(exclusion => exclusion.Subject == person.Subject).ForEach(exclusion => exclusion.PersonId = human);
            proposals.FindAll(proposal => proposal.ProposedBy == person.Subject).ForEach(proposal => proposal.ProposedPerson = human);
            grants.ForEach(grant => Link(grant, person.Subject, human));
            foreach (AccessGrant grant in grants.Where(grant => grant.Subject == person.Subject && (grant.EndedAt is null || grant.State == GrantState.Suspended)))
            {
                Leave(grant, person.LeftAt);
                Move(grant, person.MovedAt);
            }
        }
    }

    private static void Link(AccessGrant grant, string subject, string human)
    {
        grant.PersonId = grant.Subject == subject ? human : grant.PersonId;
        grant.RequestedPerson = grant.RequestedBy == subject ? human : grant.RequestedPerson;
        grant.SponsoredPerson = grant.SponsoredBy == subject ? human : grant.SponsoredPerson;
        grant.ConsentedPerson = grant.ConsentedBy == subject ? human : grant.ConsentedPerson;
    }

    /// <summary>Nothing asked for or granted before comes back with a reactivated account.</summary>
    private static void Leave(AccessGrant grant, DateTimeOffset? left)
    {
        if (left is { } at && grant.RequestedAt < at)
        {
            (grant.State, grant.EndedAt, grant.EndReason) = (GrantState.Ended, grant.EndedAt ?? at, "The account left");
        }
    }

    private static void Move(AccessGrant grant, DateTimeOffset? moved)
    {
        if (moved is not { } at || grant.EndedAt is not null || grant.RequestedAt >= at || grant.LiveAt >= at)
        {
            return;
        }
        if (grant.LiveAt is null)
        {
            // What was asked for the old post is not approved for the new one.
            (grant.State, grant.EndedAt, grant.EndReason) = (GrantState.Ended, at, "Its beneficiary changed posts before it was approved");
        }
        else if (grant.Kind == GrantKind.Cross)
        {
            (grant.State, grant.EndedAt, grant.EndReason) = (GrantState.Suspended, at, "Its beneficiary changed posts");
        }
        else if (grant.Kind == GrantKind.Case)
        {
            DateTimeOffset due = at.AddDays(AccessPolicy.At(at).MoverRecertifyDays);
            grant.RecertifyBy = grant.RecertifyBy is { } known && known < due ? known : due;
        }
    }
}
