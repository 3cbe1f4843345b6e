using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Practice;

/// <summary>Stops a practice case; it stays to be looked at until it is deleted.</summary>
public sealed class CancelPractice(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, DateTimeOffset now, string caseId, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"cancel practice {caseId}"),
            Actor = caller.Subject,
            Now = now,
            Unit = UnitAddress.Existing(caseId),
            Load = load =>
            {
                load.One<PracticeCase>($"t.case_id = {load.UnitId}");
                AccessLoad.Add(load, caller, AccessTarget.None, clock.GetUtcNow());
            },
            Check = (session, _) => Task.FromResult(PracticeAccess.Refusal(session, access, caller)),
            Steps = [new CancelStep()],
            Record = (session, _) =>
            {
                PracticeAudit.Record(session, caller, PracticeAudit.Cancelled);
                return Task.FromResult<JsonNode?>(null);
            },
        }, ct);
}
