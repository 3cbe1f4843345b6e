using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Participants;

/// <summary>Records that the human behind an account is a party to the case: none of their accounts opens it from then on. One who is so already is not recorded twice.</summary>
public sealed class RecordParty(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public static IReadOnlyList<string> Parts { get; } = ["defendant", "victim", "witness"];

    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string urn, string subject, string part, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(urn), $"party {urn} {subject} {part}", clock.GetUtcNow()) with
        {
            Load = load =>
            {
                AccessLoad.AddCase(load, caller, clock.GetUtcNow());
                load.One<Person>("t.subject = @party", ("@party", subject));
                load.Many<CaseParty>($"t.case_id = {load.UnitId} AND t.to_at IS NULL");
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, part)),
            Record = (session, _) => AccessCommand.Done(Record(session, caller, part)),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, string part)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.RecordParty, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? (Parts.Contains(part) ? null : new Rejection("part-unknown", $"Expected one of {string.Join(", ", Parts)}. Nothing was changed."))
            ?? (session.One<Person>() is null ? new Rejection("person-unknown", "Expected an account of the directory, but there is none of that name. Nothing was changed.") : null);
    }

    private static JsonObject Record(UnitSession session, Caller caller, string part)
    {
        Person person = session.One<Person>()!;
        CaseFile file = SessionCase.Of(session)!;
        string human = person.PersonId ?? person.Subject;
        if (!session.Many<CaseParty>().Any(party => party.PersonId == human && party.Part == part))
        {
            session.Insert(new CaseParty { CaseId = file.Id, PersonId = human, Part = part, From = session.RecordedAt, RecordedBy = caller.Subject });
            AuditLog.Record(session, caller, AccessActions.RecordParty, "case", file.Id, said: $"{person.Subject}: {part}");
        }
        return new JsonObject { ["subject"] = person.Subject, ["part"] = part };
    }
}
