using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <param name="To">Null: until it is ended.</param>
public sealed record CaseRoleGiven(string Urn, string Subject, string Role, string MaxClassification, DateTimeOffset? To, string Reason);

/// <summary>An agency that takes part in a case gives one of its own people a named role on it.</summary>
public sealed class GiveCaseRole(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, CaseRoleGiven given, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(given.Urn), JsonSerializer.Serialize(given), clock.GetUtcNow()) with
        {
            Reason = given.Reason,
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<Person>("t.subject = @beneficiary", ("@beneficiary", given.Subject));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, given)),
            Record = (session, _) =>
            {
                AccessGrant grant = Grant(session, caller, given);
                session.Insert(grant);
                AuditLog.Record(session, caller, AccessActions.GiveCaseRole, "grant", grant.Id, JsonSerializer.Serialize(new { grant.Subject, grant.Role, grant.To }), given.Reason);
                return AccessCommand.Done(AccessCommand.Answer(grant.Id, grant.State));
            },
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, CaseRoleGiven given)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        AccessDecision decision = access.Decide(caller, AccessActions.GiveCaseRole, AccessTarget.Case(facts.Case?.Id ?? ""), facts);
        if (!decision.Allowed)
        {
            return AccessCommand.Said(decision);
        }
        // Another agency's people look absent, as everywhere in administration.
        if (session.One<Person>() is not { IsSystem: false } person || person.Agency != caller.Agency)
        {
            return new Rejection("person-unknown", "Expected one of your agency's own people, but there is none of that name. Nothing was changed.");
        }
        bool isWithin = decision.Verdict?.Sufficient.Any(grant => Classification.Within(given.MaxClassification, grant.MaxClassification)) == true;
        return (person.PersonId ?? person.Subject) == facts.Person!.PersonId ? AccessCommand.SamePerson
            : person.Status != DirectoryStatus.Active ? new Rejection("person-inactive", "Expected somebody whose account is active. Nothing was changed.")
            : !GrantTerms.IsDelegable(given.Role) ? GrantTerms.RoleUnknown
            : !Classification.IsKnown(given.MaxClassification) || !isWithin ? GrantTerms.ClassTooHigh
            : given.To <= session.RecordedAt ? GrantTerms.EndPassed
            : AccessCommand.ReasonMissing(given.Reason, session.RecordedAt);
    }

    private static AccessGrant Grant(UnitSession session, Caller caller, CaseRoleGiven given)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        Person person = session.One<Person>()!;
        return new AccessGrant
        {
            Id = session.NewId(),
            UnitId = session.UnitId,
            Kind = GrantKind.Case,
            State = GrantState.Live,
            Subject = person.Subject,
            PersonId = person.PersonId ?? person.Subject,
            Agency = person.Agency,
            Role = given.Role,
            CaseId = session.UnitId,
            MaxClassification = given.MaxClassification,
            SealEpoch = facts.Case!.Sealed ? facts.Case.SealEpoch : null,
            To = given.To,
            LiveAt = session.RecordedAt,
            Reason = given.Reason,
            RequestedBy = caller.Subject,
            RequestedPerson = facts.Person!.PersonId,
            RequestedAgency = caller.Agency,
            RequestedAt = session.RecordedAt,
        };
    }
}
