using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Bench.Rehearsing;

/// <summary>For how long a migration keeps each case: from its question for leave, right after the lock, until its connection is given back.</summary>
internal sealed class PauseWatch(IAccessEvaluator access) : IAccessEvaluator
{
    private readonly ConcurrentBag<TimeSpan> _pauses = [];

    /// <summary>The shortest first.</summary>
    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses.Order()];

    public Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct)
    {
        if (action == AccessActions.MigrateCases && db.Database.CurrentTransaction is not null)
        {
            Watch(db.Database.GetDbConnection());
        }

        return access.CheckAsync(db, caller, action, target, ct);
    }

    private void Watch(DbConnection connection)
    {
        var locked = Stopwatch.GetTimestamp();
        connection.StateChange += Over;

        void Over(object sender, StateChangeEventArgs change)
        {
            if (change.CurrentState == ConnectionState.Closed)
            {
                connection.StateChange -= Over;
                _pauses.Add(Stopwatch.GetElapsedTime(locked));
            }
        }
    }

    public AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts) => access.Decide(caller, action, target, facts);

    public IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller, string action) => access.VisibleCases(db, caller, action);

    public IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller) => access.VisibleTasks(db, caller);

    public IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller) => access.VisibleSubmissions(db, caller);

    public IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller) => access.VisibleMessages(db, caller);
}
