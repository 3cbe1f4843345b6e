using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Exclusions;

/// <summary>An administrator of the person's own agency, and never the person, says that a conflict is over.</summary>
public sealed class RemoveExclusion(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string exclusionId, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, UnitAddress.ByRow("exclusion", exclusionId), $"remove {exclusionId} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load =>
            {
                AccessLoad.Add(load, caller, AccessTarget.None, clock.GetUtcNow());
                load.One<Exclusion>("t.id = @exclusion", ("@exclusion", exclusionId));
                load.One<Person>("t.subject = (SELECT subject FROM exclusion WHERE id = @exclusion)", ("@exclusion", exclusionId));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, reason)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(exclusionId, Remove(session, caller, reason))),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string reason)
    {
        Exclusion exclusion = session.One<Exclusion>()!;
        AccessFacts facts = AccessLoad.Facts(session);
        return session.One<Person>()?.Agency != caller.Agency
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.RemoveExclusion, facts, AccessTarget.None)
                ?? (caller.Subject == exclusion.Subject || facts.Person!.PersonId == exclusion.PersonId ? AccessCommand.SamePerson : null)
                ?? AccessCommand.ReasonMissing(reason, session.RecordedAt)
                ?? (exclusion.RemovedAt is null ? null : new Rejection("exclusion-ended", "Expected a conflict that still stands. Nothing was changed."));
    }

    private static string Remove(UnitSession session, Caller caller, string reason)
    {
        Exclusion exclusion = session.One<Exclusion>()!;
        exclusion.RemovedAt = session.RecordedAt;
        exclusion.RemovedBy = caller.Subject;
        exclusion.RemovalReason = reason;
        session.Write(exclusion);
        AuditLog.Record(session, caller, AccessActions.RemoveExclusion, "exclusion", exclusion.Id, JsonSerializer.Serialize(new { exclusion.Subject }), reason);
        return "removed";
    }
}
