using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Forms;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

/// <summary>Completes a task: checks who, when and what; the workflow steps; the form's answers go into the case record; one commit.</summary>
public sealed class CompleteTask(UnitRunner runner, IAccessEvaluator access, RuleCatalog rules, ReferenceStore reference, TimeProvider clock)
{
    public Task<CommandAnswer> RunAsync(
        CaseDb db, Caller caller, string requestId, DateTimeOffset now, string taskId, string outcome, JsonObject fields, CancellationToken ct)
    {
        Completion completion = new(caller, taskId, outcome, fields);
        return runner.RunAsync(db, TaskRequest.Of(caller, requestId, taskId, "complete", $"{outcome} {fields.ToJsonString()}", now) with
        {
            Load = load => Load(load, completion),
            Check = (session, cancel) => CheckAsync(session, completion, cancel),
            Record = (session, _) => Task.FromResult<JsonNode?>(Record(session, completion)),
        }, ct);
    }

    private void Load(UnitLoad load, Completion completion)
    {
        TaskRequest.Load(load, completion.Caller, completion.TaskId, clock.GetUtcNow());
        TaskRequest.LoadRecord(load, completion.TaskId);
        if (rules.MayWriteOffences(completion.Fields))
        {
            load.Many<Offence>(
                "t.defendant_id IN (SELECT d.id FROM defendant d JOIN work_task w ON w.case_id = d.case_id WHERE w.id = @task AND (w.defendant_id IS NULL OR w.defendant_id = d.id))",
                ("@task", completion.TaskId));
        }
    }

    private async Task<Rejection?> CheckAsync(UnitSession session, Completion completion, CancellationToken ct)
    {
        WorkTask? task = session.One<WorkTask>();
        if (TaskRequest.Check(session, access, completion.Caller, AccessActions.CompleteTask, completion.TaskId) is { } denied)
        {
            return denied;
        }
        if (OpenTask.Required(task!) is { } ended)
        {
            return ended;
        }
        if (task!.NotBefore > session.Now)
        {
            return new Rejection("too-early", $"Expected completion on or after {task.NotBefore:d MMMM yyyy}, but it is only {session.Now:d MMMM yyyy}. Nothing was changed.");
        }
        if (JsonSerializer.Deserialize<string[]>(task.Outcomes) is { } outcomes && !outcomes.Contains(completion.Outcome))
        {
            return new Rejection("outcome-unknown", $"Expected one of {string.Join(", ", outcomes)}, but the outcome is \u2018{completion.Outcome}\u2019. Nothing was changed.");
        }
        return await StepAsync(session, task, completion, ct);
    }

    private async Task<Rejection?> StepAsync(UnitSession session, WorkTask task, Completion completion, CancellationToken ct)
    {
        JsonObject fields = completion.Fields;
        if (task.FormId == CorrectionTask.Form)
        {
            (Rejection? refused, fields) = await CorrectionTask.TakeAsync(session, reference, completion.Caller, completion.Outcome, fields, ct);
            if (refused is not null)
            {
                return refused;
            }
        }
        Form form = await rules.FormAsync(session.Db, task.FormId, task.FormVersion, ct);
        session.Instances.TryGetValue(task.InstanceId, out InstanceState? instance);
        FormContext context = new(
            completion.Outcome, London.Day(session.Now), Offences(instance),
            instance is not null && form.Questions.Any(x => x.Type == QuestionType.Offence) ? AlternativeCharge.Named(session, instance) : null);
        FormAnswers answers = FormEvaluation.Check(form, fields, context);
        CaseUpdate? laid = form.Updates?.FirstOrDefault(x => x.Set == CaseUpdateTargets.OffenceLaid && FormEvaluation.Applies(form, x.When, answers.Fields, context));
        ReferenceData? lists = laid is null ? null : await reference.OfAsync(session, ct, SessionCase.Of(session)?.LegalDate);
        IReadOnlyList<FieldProblem> problems = laid is not null && AlternativeCharge.Problem(laid, answers.Fields, lists!) is { } unlisted ? [.. answers.Problems, unlisted] : answers.Problems;
        if (problems.Count > 0)
        {
            return new Rejection("fields-invalid", "Expected fields that fit the form, but some do not. Nothing was changed.", Errors(problems));
        }
        completion.Accept(form, answers.Fields, context, SessionCase.Snapshot(session));
        // Before the step: what it sends to agencies is read from the record.
        await CaseUpdates.ApplyAsync(session, completion, instance!, lists, ct);
        JsonObject payload = new() { ["fields"] = PersonalAnswers.Apart(session, form, answers.Fields), ["by"] = completion.Caller.Subject };
        if (completion.ChangesCharges)
        {
            payload["defendants"] = AlternativeCharge.Travelling(session, instance!);
        }
        return await session.StepAsync(new ResumeStep(task.Id, completion.Outcome, payload), ct);
    }

    private static JsonObject Record(UnitSession session, Completion completion)
    {
        WorkTask task = session.One<WorkTask>()!;
        task.Undo = SessionCase.Changes(session, completion.Before!);
        session.Write(task);
        AuditLog.Record(session, completion.Caller, AccessActions.CompleteTask, "task", task.Id, JsonSerializer.Serialize(new { outcome = task.Outcome }));
        JsonObject answer = OpenTask.Answer(session, task);
        answer["opened"] = new JsonArray([.. session.Opened.Where(x => x.Wait.Kind == WaitKind.Task).Select(Opened)]);
        return answer;
    }

    private static JsonObject Opened(WaitChange opened) => new()
    {
        ["id"] = opened.Wait.Id,
        ["activityId"] = opened.Wait.ActivityId,
        ["title"] = opened.Wait.Name,
        ["agency"] = opened.Wait.Spec?["agency"]?.DeepClone(),
        ["role"] = opened.Wait.Spec?["role"]?.DeepClone(),
    };

    /// <summary>The offences stand in what the defendant's workflow was started with, so that no look-up is needed.</summary>
    internal static IReadOnlyList<FormOffence> Offences(InstanceState? instance) =>
        instance is not null
        && instance.Input.TryGetValue("defendant", out JsonNode? defendant) && defendant?["offences"] is JsonArray offences
            ? [.. offences.Select(x => new FormOffence((int)x!["sequence"]!, (string)x["code"]!, (string)x["title"]!))]
            : [];

    internal static JsonArray Errors(IReadOnlyList<FieldProblem> problems) => new(
        [.. problems.Select(x => new JsonObject { ["pointer"] = "/fields" + x.Pointer, ["code"] = x.Code, ["message"] = x.Message })]);
}
