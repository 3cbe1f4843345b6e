using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.TestKit;

/// <summary>Says no to everybody about everything. Put in the evaluator's place, every route and list must give nothing.</summary>
public sealed class DenyAll : IAccessEvaluator
{
    private static readonly AccessDecision s_no = AccessDecision.Denied(AccessCodes.RoleMissing, "Nobody may do anything in this test.");

    public Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct) => Task.FromResult(s_no);

    public AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts) => s_no;

    public IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller, string action = AccessActions.ReadCase) => db.Set<CaseFile>().Where(_ => false);

    public IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller) => db.Set<WorkTask>().Where(_ => false);

    public IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller) => db.Set<Submission>().Where(_ => false);

    public IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller) => db.Set<AgencyMessage>().Where(_ => false);
}
