using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Practice;

/// <summary>Runs a drawing as it stands, broken or not, in a case that is only for practice: hidden, heard by nobody, and deleted after some days.</summary>
public sealed class StartPractice(UnitRunner runner, IAccessEvaluator access, DraftingRights rights, RuleCatalog rules, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <param name="now">Business time.</param>
    /// <param name="trigger">The step to begin with, where the drawing has several.</param>
    /// <param name="given">Values in the place of the invented ones.</param>
    public async Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string definitionId, string? trigger, JsonObject? given, CancellationToken ct)
    {
        string caseId = Guid.CreateVersion7().ToString("n");
        if (await DrawnForPractice.FindAsync(db, rights, caller, definitionId, ct) is not var (drawn, _))
        {
            return new Refused("definition-not-found", "There is no such workflow to run.", Replayed: false);
        }
        DefinitionUse use = await rules.UseAsync(db, drawn, ct);
        DateOnly today = London.Day(now);
        List<string> missing = [.. use.Resources.Where(x => rules.VersionOn(x.Kind, x.Id, today) is null).Select(x => $"{x.Kind} “{x.Id}”")];
        if (missing.Count > 0)
        {
            return new Refused("resources-missing", $"It cannot run yet: {string.Join(", ", missing)} is not published. The draft is as it was.", Replayed: false);
        }
        string instanceId = Guid.CreateVersion7().ToString("n");
        JsonObject input = [];
        return await runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = definitionId,
            Actor = caller.Subject,
            Now = now,
            Unit = UnitAddress.New(caseId),
            Load = load => AccessLoad.Add(load, caller, AccessTarget.None, clock.GetUtcNow()),
            Check = async (session, cancel) =>
            {
                AccessDecision decision = access.Decide(caller, AccessActions.RunPractice, AccessTarget.None, AccessLoad.Facts(session));
                if (!decision.Allowed)
                {
                    return new Rejection(decision.Code, decision.Reason);
                }
                PracticeCase practice = Practice(caller, session, drawn);
                session.Db.Add(practice);
                await session.Db.SaveChangesAsync(cancel);
                StartCase.Record(session, PracticeFacts.Of(caseId, caller.Agency, today), out input);
                JsonObject all = PracticeFacts.Input(input, caseId);
                foreach ((string name, JsonNode? value) in given ?? [])
                {
                    all[name] = value?.DeepClone();
                }
                return await session.StepAsync(new StartStep(
                    PracticeCase.RunsAs(definitionId, caseId), all, drawn.Version, CorrelationId: caseId, TriggerActivityId: trigger, InstanceId: instanceId), cancel);
            },
            Record = (session, _) =>
            {
                AuditLog.Record(session, caller, AccessActions.RunPractice, "definition", definitionId);
                return Task.FromResult<JsonNode?>(new JsonObject { ["caseId"] = session.UnitId, ["instanceId"] = instanceId });
            },
        }, ct);
    }

    private PracticeCase Practice(Caller caller, UnitSession session, WorkflowDefinition drawn)
    {
        DateTimeOffset real = DraftAudit.Now(clock);
        return new PracticeCase
        {
            CaseId = session.UnitId,
            DefinitionId = drawn.DefinitionId,
            Version = drawn.Version,
            Name = drawn.Name ?? drawn.DefinitionId,
            Text = DraftText.Store(drawn, PracticeCase.RunsAs(drawn.DefinitionId, session.UnitId), drawn.Version, revision: null),
            Agency = caller.Agency,
            StartedBy = caller.Subject,
            StartedAt = real,
            KeptUntil = real + Kept,
        };
    }
}
