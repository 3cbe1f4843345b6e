using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Grants;

/// <param name="Urn">The case; null where it is for every case of a jurisdiction that the agency asked owns.</param>
/// <param name="OwnerAgency">Whose consent is asked for; with a case it is the owner.</param>
public sealed record CrossRequested(
    string? Urn, string? Jurisdiction, string? OwnerAgency, string Subject, string Role, string MaxClassification, DateTimeOffset To, string Reason);

/// <summary>Asks for access to another agency's case or cases. Opens nothing until both agencies approved it.</summary>
public sealed class RequestCross(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, CrossRequested asked, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, Unit(asked), JsonSerializer.Serialize(asked), clock.GetUtcNow()) with
        {
            Reason = asked.Reason,
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<Person>("t.subject = @beneficiary", ("@beneficiary", asked.Subject));
                load.One<Agency>("t.id = @owner AND t.status = 'active'", ("@owner", asked.OwnerAgency));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, asked)),
            Record = (session, _) =>
            {
                AccessGrant grant = Grant(session, caller, asked);
                session.Insert(grant);
                AuditLog.Record(session, caller, AccessActions.RequestCross, "grant", grant.Id, JsonSerializer.Serialize(new { grant.Subject, grant.Role, grant.To }), asked.Reason);
                return AccessCommand.Done(AccessCommand.Answer(grant.Id, grant.State));
            },
        }, ct);

    private static UnitAddress Unit(CrossRequested asked) => asked.Urn is { } urn ? AccessCommand.Case(urn) : AccessCommand.Person(asked.Subject);

    private Rejection? Check(UnitSession session, Caller caller, CrossRequested asked)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        if (asked.Urn is not null && facts.Case is null)
        {
            return AccessCommand.Absent;
        }
        // A sealed case is asked about by those only who have it already; to all others it is not there.
        if (facts.Case is { Sealed: true } && AccessCommand.Refusal(access, caller, AccessActions.ReadCase, facts) is { } hidden)
        {
            return hidden;
        }
        string? owner = facts.Case?.Owner ?? session.One<Agency>()?.Id;
        Person? person = session.One<Person>();
        bool isBetween = person is { IsSystem: false } && (person.Agency == caller.Agency || caller.Agency == owner);
        return AccessCommand.Refusal(access, caller, AccessActions.RequestCross, facts with { Case = null, CaseId = null }, AccessTarget.None)
            ?? (!isBetween ? new Rejection("person-unknown", "Expected one of your own people, or one of another agency for a case of yours. Nothing was changed.") : null)
            ?? (person!.Status != DirectoryStatus.Active ? new Rejection("person-inactive", "Expected somebody whose account is active. Nothing was changed.") : null)
            ?? (owner is null ? new Rejection("agency-unknown", "Expected an agency that is enrolled and active. Nothing was changed.") : null)
            ?? (owner == person.Agency ? new Rejection("agency-owns-case", "Expected another agency's case: your own needs no consent. Nothing was changed.") : null)
            ?? (asked.Urn is null && string.IsNullOrEmpty(asked.Jurisdiction) ? new Rejection("scope-missing", "Expected a case or a jurisdiction. Nothing was changed.") : null)
            ?? (GrantTerms.IsDelegable(asked.Role) ? null : GrantTerms.RoleUnknown)
            ?? (Classification.IsKnown(asked.MaxClassification) ? null : GrantTerms.ClassTooHigh)
            ?? GrantTerms.CrossTooLong(asked.To, asked.MaxClassification, facts.Case?.Sealed == true, session.RecordedAt)
            ?? AccessCommand.ReasonMissing(asked.Reason, session.RecordedAt);
    }

    private static AccessGrant Grant(UnitSession session, Caller caller, CrossRequested asked)
    {
        Person person = session.One<Person>()!;
        CaseFile? file = SessionCase.Of(session);
        return new AccessGrant
        {
            Id = session.NewId(),
            UnitId = session.UnitId,
            Kind = GrantKind.Cross,
            State = GrantState.Requested,
            Subject = person.Subject,
            PersonId = person.PersonId ?? person.Subject,
            Agency = person.Agency,
            Role = asked.Role,
            CaseId = file?.Id,
            Jurisdiction = asked.Jurisdiction,
            MaxClassification = asked.MaxClassification,
            To = asked.To,
            Reason = asked.Reason,
            RequestedBy = caller.Subject,
            RequestedPerson = AccessLoad.Facts(session).Person!.PersonId,
            RequestedAgency = caller.Agency,
            RequestedAt = session.RecordedAt,
            AskedAgency = file?.OwnerAgency ?? asked.OwnerAgency,
        };
    }
}
