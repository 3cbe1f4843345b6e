using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Exclusions;

/// <param name="Urn">The case; null where the conflict is with a whole jurisdiction or agency.</param>
/// <param name="Subject">Whose conflict it is: one's own, or of one's agency's people where one administers them.</param>
public sealed record ConflictDeclared(string Subject, string? Urn, string? Jurisdiction, string? Agency, DateTimeOffset? To, string Reason);

/// <summary>Records a conflict of interest: from the next request on it bars the human behind the account, whatever roles they hold.</summary>
public sealed class DeclareExclusion(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, ConflictDeclared conflict, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(
            caller, requestId, conflict.Urn is { } urn ? AccessCommand.Case(urn) : AccessCommand.Person(conflict.Subject), JsonSerializer.Serialize(conflict), clock.GetUtcNow()) with
        {
            Reason = conflict.Reason,
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<Person>("t.subject = @excluded", ("@excluded", conflict.Subject));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, conflict)),
            Record = (session, _) =>
            {
                Exclusion exclusion = Exclusion(session, caller, conflict);
                session.Insert(exclusion);
                AuditLog.Record(session, caller, AccessActions.DeclareExclusion, "exclusion", exclusion.Id, JsonSerializer.Serialize(new { exclusion.Subject, exclusion.CaseId }), conflict.Reason);
                return AccessCommand.Done(AccessCommand.Answer(exclusion.Id, "live"));
            },
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, ConflictDeclared conflict)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        bool isOwn = conflict.Subject == caller.Subject;
        bool isAdmin = facts.Grants.Any(held => held.Role == Roles.AgencyAdmin && held.IsLive(facts.At)) && session.One<Person>()?.Agency == caller.Agency;
        // A case that one may not know of is not there to have a conflict with; one that one merely may not open is.
        bool isHidden = conflict.Urn is not null
            && (facts.Case is null || access.Decide(caller, AccessActions.DeclareExclusion, AccessTarget.Case(facts.Case.Id), facts).LooksAbsent);
        return isHidden || (!isOwn && !isAdmin)
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.DeclareExclusion, facts with { Case = null, CaseId = null }, conflict.Urn is null ? AccessTarget.None : AccessTarget.SomeCase)
                ?? (session.One<Person>() is null ? new Rejection("person-unknown", "Expected an account of the directory. Nothing was changed.") : null)
                ?? ((conflict.Urn ?? conflict.Jurisdiction ?? conflict.Agency) is null ? new Rejection("scope-missing", "Expected a case, a jurisdiction or an agency. Nothing was changed.") : null)
                ?? (string.IsNullOrWhiteSpace(conflict.Reason) ? new Rejection("reason-missing", "Expected a reason. Nothing was changed.") : null);
    }

    private static Exclusion Exclusion(UnitSession session, Caller caller, ConflictDeclared conflict)
    {
        Person person = session.One<Person>()!;
        return new Exclusion
        {
            Id = session.NewId(),
            UnitId = session.UnitId,
            Subject = person.Subject,
            PersonId = person.PersonId ?? person.Subject,
            CaseId = conflict.Urn is null ? null : session.UnitId,
            Jurisdiction = conflict.Jurisdiction,
            OnlyAgency = conflict.Agency,
            From = session.RecordedAt,
            To = conflict.To,
            Reason = conflict.Reason,
            DeclaredBy = caller.Subject,
        };
    }
}
