using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Forms;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Practice;

/// <summary>Answers whatever a practice case waits for: completes its task with a form, lets its day come, brings its event.</summary>
public sealed class AnswerPractice(UnitRunner runner, IAccessEvaluator access, RuleCatalog rules, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string caseId, PracticeAnswer answer, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"practise {answer.WaitId} {answer.Outcome} {answer.Fields.ToJsonString()}"),
            Actor = caller.Subject,
            Now = answer.Due > now ? answer.Due.Value : now,
            Unit = UnitAddress.Existing(caseId),
            Load = load =>
            {
                load.One<PracticeCase>($"t.case_id = {load.UnitId}");
                AccessLoad.Add(load, caller, AccessTarget.None, clock.GetUtcNow());
            },
            Check = (session, cancel) => StepAsync(session, caller, answer, cancel),
            Record = (session, _) =>
            {
                PracticeAudit.Record(session, caller, PracticeAudit.Answered, answer.WaitId);
                return Task.FromResult<JsonNode?>(null);
            },
        }, ct);

    private async Task<Rejection?> StepAsync(UnitSession session, Caller caller, PracticeAnswer answer, CancellationToken ct)
    {
        if (PracticeAccess.Refusal(session, access, caller) is { } refused)
        {
            return refused;
        }
        Wait? wait = session.Instances.Values.SelectMany(x => x.Waits).FirstOrDefault(x => x.Id == answer.WaitId);
        return wait switch
        {
            null => new Rejection("wait-not-found", "It waits for this no longer. Nothing was changed."),
            { Kind: WaitKind.Timer } => await session.StepAsync(new TimerStep(wait.Id), ct),
            { Kind: WaitKind.Event } => await session.StepAsync(new ResumeStep(wait.Id, null, answer.Fields), ct),
            { Kind: WaitKind.Task } => await CompleteAsync(session, caller, wait, answer, ct),
            _ => new Rejection("wait-kind", "It waits for another workflow, which has to end by itself. Nothing was changed."),
        };
    }

    private async Task<Rejection?> CompleteAsync(UnitSession session, Caller caller, Wait wait, PracticeAnswer answer, CancellationToken ct)
    {
        Form form = await rules.FormAsync(session.Db, (string?)wait.Spec?["form"] ?? "", (int?)wait.Spec?["formVersion"] ?? 1, ct);
        FormContext context = new(answer.Outcome ?? "", London.Day(session.Now), CompleteTask.Offences(session.Instances.Values.First(x => x.Waits.Contains(wait))), null);
        FormAnswers checkedAnswers = FormEvaluation.Check(form, answer.Fields, context);
        if (checkedAnswers.Problems.Count > 0)
        {
            return new Rejection("fields-invalid", "Expected fields that fit the form, but some do not. Nothing was changed.", CompleteTask.Errors(checkedAnswers.Problems));
        }
        JsonObject payload = new() { ["fields"] = PersonalAnswers.Apart(session, form, checkedAnswers.Fields), ["by"] = caller.Subject };
        return await session.StepAsync(new ResumeStep(wait.Id, answer.Outcome, payload), ct);
    }
}

/// <param name="Due">Of a timer: the case is moved on to then.</param>
public sealed record PracticeAnswer(string WaitId, string? Outcome, JsonObject Fields, DateTimeOffset? Due);
