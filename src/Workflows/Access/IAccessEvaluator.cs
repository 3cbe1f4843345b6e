using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access;

/// <summary>The one place that says who may do what. Writes ask it after the lock, inside the transaction; lists go through its filters.</summary>
public interface IAccessEvaluator
{
    /// <summary>Reads the facts through the context, on its transaction if it has one, and decides.</summary>
    Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct);

    /// <summary>Decides on facts that came with a command's own load (<see cref="AccessLoad"/>), without a round trip.</summary>
    AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts);

    /// <summary>The cases of which <see cref="CheckAsync"/> says yes to reading, or to another action; likewise the others.</summary>
    IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller, string action = AccessActions.ReadCase);

    IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller);

    IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller);

    IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller);
}
