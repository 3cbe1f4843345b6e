using Assize.TestKit;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Tests.Access;

/// <summary>The real evaluator until it is told to deny everything.</summary>
public sealed class SwitchedEvaluator : IAccessEvaluator
{
    private IAccessEvaluator _now = new AccessEvaluator(TimeProvider.System);

    public void DenyEverything() => _now = new DenyAll();

    public Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct) => _now.CheckAsync(db, caller, action, target, ct);

    public AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts) => _now.Decide(caller, action, target, facts);

    public IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller, string action = AccessActions.ReadCase) => _now.VisibleCases(db, caller, action);

    public IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller) => _now.VisibleTasks(db, caller);

    public IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller) => _now.VisibleSubmissions(db, caller);

    public IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller) => _now.VisibleMessages(db, caller);
}
