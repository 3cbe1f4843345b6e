using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Reads a submission for a caller who may see it.</summary>
public sealed class SubmissionQueries(IAccessEvaluator access)
{
    public async Task<(SubmissionView? View, AccessDecision Decision)> FindAsync(CaseDb db, Caller caller, string submissionId, CancellationToken ct)
    {
        AccessDecision decision = await access.CheckAsync(db, caller, AccessActions.ReadProsecution, AccessTarget.Submission(submissionId), ct);
        if (!decision.Allowed)
        {
            return (null, decision);
        }

        Submission submission = await db.Set<Submission>().AsNoTracking().SingleAsync(x => x.Id == submissionId, ct);
        CaseFile? file = await db.Set<CaseFile>().AsNoTracking().SingleOrDefaultAsync(
            x => submission.CaseId != null ? x.Id == submission.CaseId : x.Urn == submission.Urn && submission.State == SubmissionState.Rejected, ct);
        bool maySee = file is not null
            && (file.Id == submission.CaseId || (await access.CheckAsync(db, caller, AccessActions.ReadCase, AccessTarget.Case(file.Id), ct)).Allowed);
        return (SubmissionView.Of(submission, maySee ? file!.Urn : null), decision);
    }
}
