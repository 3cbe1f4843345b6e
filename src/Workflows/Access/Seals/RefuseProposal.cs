using Assize.Engine.Commands;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Seals;

/// <summary>A second person says no to what another proposed.</summary>
public sealed class RefuseProposal(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string proposalId, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, UnitAddress.ByRow("access_proposal", proposalId), $"refuse {proposalId}", clock.GetUtcNow()) with
        {
            Load = load => ProposalStep.Load(load, caller, proposalId, clock.GetUtcNow()),
            Check = (session, _) => AccessCommand.Said(ProposalStep.Check(session, access, caller)),
            Record = (session, _) =>
            {
                ProposalStep.Close(session, caller, session.One<AccessProposal>()!, ProposalState.Refused);
                return AccessCommand.Done(AccessCommand.Answer(proposalId, ProposalState.Refused));
            },
        }, ct);
}
