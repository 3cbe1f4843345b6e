using Assize.Audit;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Erasure;

/// <summary>
/// What people wrote where they gave, asked for, reviewed and ended access to a case. The rows stay without their words: they say who may and who
/// may not open the case, and an erasure lets nobody in.
/// </summary>
internal sealed class EraseAccess(DbContext db, CaseFile file, bool everybody, Redaction redaction)
{
    private int _erased;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        foreach (AccessGrant grant in await db.Set<AccessGrant>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            (grant.Reason, grant.EndReason) = (Of(grant.Reason)!, Of(grant.EndReason));
        }
        foreach (Exclusion exclusion in await db.Set<Exclusion>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            (exclusion.Reason, exclusion.RemovalReason) = (Of(exclusion.Reason)!, Of(exclusion.RemovalReason));
        }
        foreach (AccessReview review in await db.Set<AccessReview>().Where(x => x.UnitId == file.Id && x.Note != null).ToListAsync(ct))
        {
            review.Note = Of(review.Note);
        }
        await PassedOnAsync(ct);
        foreach (AccessProposal proposal in await db.Set<AccessProposal>().Where(x => x.UnitId == file.Id).ToListAsync(ct))
        {
            proposal.Reason = Of(proposal.Reason)!;
        }
        foreach (CaseProtection protection in await db.Set<CaseProtection>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            protection.Reason = Of(protection.Reason)!;
        }
        await PartsAsync(ct);
        return _erased;
    }

    /// <summary>Which part somebody has in the case is about them; that their accounts do not open it stays.</summary>
    private async Task PartsAsync(CancellationToken ct)
    {
        foreach (CaseParty party in await db.Set<CaseParty>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            _erased += everybody && party.Part != PersonalValues.Erased ? 1 : 0;
            party.Part = everybody ? PersonalValues.Erased : party.Part;
        }
        foreach (CaseParticipant part in await db.Set<CaseParticipant>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            (part.Reason, part.WithdrawnReason) = (Named(part.Reason)!, Named(part.WithdrawnReason));
        }
        foreach (FormerParticipant part in await db.Set<FormerParticipant>().Where(x => x.CaseId == file.Id).ToListAsync(ct))
        {
            part.Reason = Named(part.Reason)!;
        }
    }

    // An emergency on a sealed case is recorded as on a case that is not there; the proposal knows what was said.
    private async Task PassedOnAsync(CancellationToken ct)
    {
        foreach (AccessProposal proposal in await db.Set<AccessProposal>().AsNoTracking().Where(x => x.UnitId == file.Id && x.Kind == ProposalKind.BreakGlass).ToListAsync(ct))
        {
            foreach (AuditEntry entry in await db.Set<AuditEntry>().Where(x => x.Actor == proposal.ProposedBy && x.CaseId == null && x.Said == proposal.Reason).ToListAsync(ct))
            {
                if (Of(entry.Said) == PersonalValues.Erased)
                {
                    (entry.Said, entry.SaidSalt) = (null, null);
                }
            }
        }
    }

    private string? Of(string? said) => everybody && said is not null && said != PersonalValues.Erased ? Erase() : Named(said);

    /// <summary>A recorded reason of a step is no one's word, and stays unless it names the person.</summary>
    private string? Named(string? said) => said is not null && redaction.Names(said) ? Erase() : said;

    private string Erase()
    {
        _erased++;
        return PersonalValues.Erased;
    }
}
