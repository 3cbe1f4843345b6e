using System.Data.Common;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Loading;
using Assize.Workflows.Cases;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Workflows.Access;

/// <summary>The gates over the database's facts, and their twin as query filters. Grants are live by the real clock, never the business one.</summary>
public sealed class AccessEvaluator(TimeProvider clock, SealedRefusals? refusals = null) : IAccessEvaluator
{
    public AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts)
    {
        AccessDecision decision = AccessRules.Decide(caller, action, target, facts);
        if (refusals is not null && decision.Verdict is { Outcome: Outcome.NotFound } verdict && facts.Case is { Sealed: true })
        {
            refusals.Note(caller, action, facts, verdict.Code);
        }
        return decision;
    }

    public async Task<AccessDecision> CheckAsync(DbContext db, Caller caller, string action, AccessTarget target, CancellationToken ct) =>
        Decide(caller, action, target, await FactsAsync(db, caller.Subject, target, ct));

    public IQueryable<CaseFile> VisibleCases(DbContext db, Caller caller, string action = AccessActions.ReadCase) => Filter(db, caller, action).Cases();

    public IQueryable<WorkTask> VisibleTasks(DbContext db, Caller caller) => Filter(db, caller, AccessActions.ReadTask).Tasks();

    public IQueryable<Submission> VisibleSubmissions(DbContext db, Caller caller) => Filter(db, caller, AccessActions.ReadProsecution).Submissions();

    public IQueryable<AgencyMessage> VisibleMessages(DbContext db, Caller caller) => Filter(db, caller, AccessActions.ReadMessage).Messages();

    private CaseFilter Filter(DbContext db, Caller caller, string action)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new CaseFilter(db, caller, [.. ActionTable.RolesFor(action)], now, AccessPolicy.At(now));
    }

    /// <summary>All facts of a question, in one round trip.</summary>
    public async Task<AccessFacts> FactsAsync(DbContext db, string subject, AccessTarget target, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = FactsSql.For(target, db.Database.IsNpgsql());
            FactsParameters.Add(command, db, subject, now, target.Id);
            return FactsJson.Read((string)(await command.ExecuteScalarAsync(ct))!, now);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
