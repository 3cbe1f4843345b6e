using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Seals;

/// <summary>A second person of the owner's agency, with access to the case, does what another proposed.</summary>
public sealed class ConfirmProposal(UnitRunner runner, IAccessEvaluator access, RuleCatalog rules, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string proposalId, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, UnitAddress.ByRow("access_proposal", proposalId), $"confirm {proposalId}", clock.GetUtcNow()) with
        {
            Load = load => ProposalStep.Load(load, caller, proposalId, clock.GetUtcNow()),
            Check = (session, _) => AccessCommand.Said(ProposalStep.Check(session, access, caller) ?? Unfit(session)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(proposalId, Apply(session, caller))),
        }, ct);

    private static Rejection? Unfit(UnitSession session)
    {
        AccessProposal proposal = session.One<AccessProposal>()!;
        ProtectionContent content = proposal.Read();
        CaseFacts file = AccessLoad.Facts(session).Case!;
        bool isKnown = content.Named.All(named => session.Many<Person>().Any(person =>
            person.Subject == named.Subject && person.Status == DirectoryStatus.Active && !person.IsSystem && file.TakesPart(person.Agency)));
        return proposal.SealEpoch != file.SealEpoch ? new Rejection("proposal-stale", "Expected a proposal made under the present seal. Nothing was changed; it must be proposed again.")
            : ProtectionRules.Unfit(proposal.Kind, content, file)
                ?? (isKnown ? null : new Rejection("person-unknown", "Expected named people who are active, of agencies that take part in the case. Nothing was changed."))
                ?? (proposal.Kind == ProposalKind.AddAgency && session.One<Agency>() is null ? new Rejection("agency-unknown", "Expected an agency that is enrolled and active. Nothing was changed.") : null);
    }

    private string Apply(UnitSession session, Caller caller)
    {
        AccessProposal proposal = session.One<AccessProposal>()!;
        ProtectionContent content = proposal.Read();
        (Person, string)[] named = [.. content.Named.Select(x => (session.Many<Person>().First(person => person.Subject == x.Subject), x.Role))];
        switch (proposal.Kind)
        {
            case ProposalKind.Seal or ProposalKind.Reseal:
                Protection.Seal(session, named, proposal, caller.Subject);
                break;
            case ProposalKind.Unseal:
                Protection.Unseal(session, proposal, caller.Subject);
                break;
            case ProposalKind.Reclassify:
                Protection.Reclassify(session, content.Classification!, proposal.ProposedBy, caller.Subject, proposal.Reason);
                break;
            case ProposalKind.AddAgency:
                AddAgency.Bring(session, caller, content.Agency!, proposal.Reason);
                break;
            default:
                BreakGlass(session, caller, proposal, named[0]);
                break;
        }
        ProposalStep.Close(session, caller, proposal, ProposalState.Done);
        return proposal.State;
    }

    private void BreakGlass(UnitSession session, Caller caller, AccessProposal proposal, (Person Person, string Role) named)
    {
        CaseFile file = SessionCase.Of(session)!;
        DateTimeOffset to = session.RecordedAt.AddMinutes(AccessPolicy.At(session.RecordedAt).BreakGlassMinutes);
        AccessGrant grant = Protection.Named(session, file, named.Person, named.Role, proposal, caller.Subject, to);
        session.Insert(grant);
        Alerts.Raise(session, grant, file, ReviewDue.From(rules, session.RecordedAt));
        AuditLog.Record(session, caller, AccessActions.ClaimEmergency, "grant", grant.Id, JsonSerializer.Serialize(new { grant.Subject, grant.To }), proposal.Reason);
    }
}
