using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Participants;

/// <summary>The owner's case team brings an agency in, which is its consent to that agency's own roles. On a sealed case two people must.</summary>
public sealed class AddAgency(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string urn, string agency, string reason, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(urn), $"add-agency {urn} {agency} {reason}", clock.GetUtcNow()) with
        {
            Reason = reason,
            Load = load => Load(load, caller, agency, clock.GetUtcNow()),
            Check = (session, _) => AccessCommand.Said(Check(session, caller, reason)),
            Record = (session, _) => AccessCommand.Done(Bring(session, caller, agency, reason)),
        }, ct);

    private static void Load(UnitLoad load, Caller caller, string agency, DateTimeOffset real)
    {
        AccessLoad.AddCase(load, caller, real);
        load.One<Agency>("t.id = @brought AND t.status = 'active' AND t.kind <> 'platform'", ("@brought", agency));
        load.One<CaseParticipant>($"t.case_id = {load.UnitId} AND t.agency = @brought", ("@brought", agency));
    }

    private Rejection? Check(UnitSession session, Caller caller, string reason)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.AddAgency, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? AccessCommand.ReasonMissing(reason, session.RecordedAt)
            ?? (facts.Case.Sealed ? new Rejection("two-people-needed", "Expected a proposal, since the case is sealed: a second person must confirm it. Nothing was changed.") : null)
            ?? (session.One<Agency>() is null ? new Rejection("agency-unknown", "Expected an agency that is enrolled and active. Nothing was changed.") : null);
    }

    internal static JsonObject Bring(UnitSession session, Caller caller, string agency, string reason)
    {
        CaseParticipant? before = session.One<CaseParticipant>();
        CaseFile file = SessionCase.Of(session)!;
        if (before is not { WithdrawnAt: null })
        {
            if (before is { WithdrawnAt: { } left })
            {
                session.Insert(new FormerParticipant
                {
                    CaseId = file.Id,
                    Agency = agency,
                    JoinedAt = before.JoinedAt ?? before.Since,
                    WithdrawnAt = left,
                    Reason = before.Reason,
                });
            }
            SessionCase.Join(session, file, agency, reason);
            AuditLog.Record(session, caller, AccessActions.AddAgency, "case", file.Id, JsonSerializer.Serialize(new { agency }), reason);
        }
        return new JsonObject { ["agency"] = agency, ["state"] = "takes-part" };
    }
}
