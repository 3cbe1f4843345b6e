using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Seals;

public sealed record ProtectionProposed(string Urn, string Kind, ProtectionContent Content, string Reason);

/// <summary>The owner's case team asks for a seal, its renewal or its end, a lower class, or an agency on a sealed case; another of them must confirm. A higher class is at once.</summary>
public sealed class ProposeProtection(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    private static readonly string[] s_kinds = [ProposalKind.Seal, ProposalKind.Reseal, ProposalKind.Unseal, ProposalKind.Reclassify, ProposalKind.AddAgency];

    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, ProtectionProposed asked, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, AccessCommand.Case(asked.Urn), JsonSerializer.Serialize(asked), clock.GetUtcNow()) with
        {
            Reason = asked.Reason,
            Load = load => AccessLoad.AddCase(load, caller, clock.GetUtcNow()),
            Check = (session, _) => AccessCommand.Said(Check(session, caller, asked)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(Record(session, caller, asked) is { } id ? id : session.UnitId, State(session, asked))),
        }, ct);

    private Rejection? Check(UnitSession session, Caller caller, ProtectionProposed asked)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.ProtectCase, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? (s_kinds.Contains(asked.Kind) ? null : new Rejection("kind-unknown", $"Expected one of {string.Join(", ", s_kinds)}. Nothing was changed."))
            ?? AccessCommand.ReasonMissing(asked.Reason, session.RecordedAt)
            ?? ProtectionRules.Unfit(asked.Kind, asked.Content, facts.Case);
    }

    private static bool IsAtOnce(UnitSession session, ProtectionProposed asked) =>
        asked.Kind == ProposalKind.Reclassify && Classification.Within(AccessLoad.Facts(session).Case!.Classification, asked.Content.Classification!);

    private static string State(UnitSession session, ProtectionProposed asked) => IsAtOnce(session, asked) ? ProposalState.Done : ProposalState.Open;

    private static string? Record(UnitSession session, Caller caller, ProtectionProposed asked)
    {
        AccessFacts facts = AccessLoad.Facts(session);
        if (IsAtOnce(session, asked))
        {
            Protection.Reclassify(session, asked.Content.Classification!, caller.Subject, with: null, asked.Reason);
            AuditLog.Record(session, caller, AccessActions.ProtectCase, "case", session.UnitId, JsonSerializer.Serialize(new { asked.Kind, asked.Content.Classification }), asked.Reason);
            return null;
        }
        AccessProposal proposal = new()
        {
            Id = session.NewId(),
            UnitId = session.UnitId,
            Kind = asked.Kind,
            Content = JsonSerializer.Serialize(asked.Content, JsonSerializerOptions.Web),
            Reason = asked.Reason,
            ProposedBy = caller.Subject,
            ProposedPerson = facts.Person!.PersonId,
            ProposedAt = session.RecordedAt,
            SealEpoch = facts.Case!.SealEpoch,
            State = ProposalState.Open,
        };
        session.Insert(proposal);
        AuditLog.Record(session, caller, AccessActions.ProtectCase, "proposal", proposal.Id, JsonSerializer.Serialize(new { asked.Kind, state = proposal.State }), asked.Reason);
        return proposal.Id;
    }
}
