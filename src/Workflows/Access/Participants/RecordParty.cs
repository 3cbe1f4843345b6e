using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Participants;

/// <summary>Records that the human behind an account is a party to the case: none of their accounts opens it from then on.</summary>
public sealed class RecordParty(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    private static readonly string[] s_parts = ["defendant", "victim", "witness"];

    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string urn, string subject, string part, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(urn), $"party {urn} {subject} {part}", clock.GetUtcNow()) with
        {
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<Person>("t.subject = @party", ("@party", subject));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, part)),
            Record = (session, _) => AccessCommand.Done(Record(session, caller, part)),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string part)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.RecordParty, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? (s_parts.Contains(part) ? null : new Rejection("part-unknown", $"Expected one of {string.Join(", ", s_parts)}. Nothing was changed."))
            ?? (session.One<Person>() is null ? new Rejection("person-unknown", "Expected an account of the directory, but there is none of that name. Nothing was changed.") : null);
    }

    private static JsonObject Record(UnitSession session, Caller caller, string part)
    {
        Person person = session.One<Person>()!;
        CaseFile file = SessionCase.Of(session)!;
        session.Insert(new CaseParty
        {
            CaseId = file.Id,
            PersonId = person.PersonId ?? person.Subject,
            Part = part,
            From = session.RecordedAt,
            RecordedBy = caller.Subject,
        });
        AuditLog.Record(session, caller, AccessActions.RecordParty, "case", file.Id, said: $"{person.Subject}: {part}");
        return new JsonObject { ["subject"] = person.Subject, ["part"] = part };
    }
}
