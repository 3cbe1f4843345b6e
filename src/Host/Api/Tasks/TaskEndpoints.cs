using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Tasks;

internal static class TaskEndpoints
{
    public static void MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("", ListAsync).Needs(AccessActions.ReadTask).WithName("ListTasks").WithSummary("Tasks that you have taken, may take, or that wait for your agency");
        tasks.MapGet("/{id}", FindAsync).Needs(AccessActions.ReadTask).WithName("GetTask").WithSummary("A task with its instructions and form");
        tasks.MapPost("/{id}/claim", ClaimAsync).WithName("ClaimTask").WithSummary("Take a task for yourself");
        tasks.MapPost("/{id}/release", ReleaseAsync).WithName("ReleaseTask").WithSummary("Give a task back to its role");
        tasks.MapPost("/{id}/complete", CompleteAsync).WithName("CompleteTask").WithSummary("Complete a task; the case goes on in the same transaction");
        tasks.MapPost("/{id}/reinstate", ReinstateAsync).WithName("ReinstateTask").WithSummary("Take back a wrong completion, while nobody has acted on it");
    }

    private static async Task<Results<Ok<Page<TaskItem>>, ProblemResult>> ListAsync(
        Caller caller, TaskQueries tasks, string? view, string? cursor, int? limit, CancellationToken ct)
    {
        if (!Enum.TryParse(view ?? nameof(TaskView.Mine), ignoreCase: true, out TaskView chosen) || view?.All(char.IsAsciiLetter) == false)
        {
            return Problem.BadRequest("view-unknown", "Choose the view mine, available or team.");
        }

        return Answers.LimitProblem(limit) is { } problem ? problem
            : await tasks.ListAsync(caller, chosen, cursor, limit ?? Cursor.DefaultLimit, ct) is { } page ? TypedResults.Ok(page)
            : Answers.CursorProblem;
    }

    private static async Task<Results<Ok<TaskDetail>, ProblemResult>> FindAsync(
        string id, Caller caller, TaskQueries tasks, FormQueries forms, CancellationToken ct)
    {
        if (await tasks.FindAsync(caller, id, ct) is not var (item, row))
        {
            return Problem.NotFound("There is no such task, or none that you may see.");
        }

        var form = await forms.FindAsync(row, ct);
        return TypedResults.Ok(new TaskDetail
        {
            Task = item,
            Instructions = row.Instructions,
            Outcomes = JsonSerializer.Deserialize<string[]>(row.Outcomes) ?? [],
            Form = form is null ? null : JsonNode.Parse(form.Text),
            Offences = await forms.OffencesAsync(row, ct),
            Outcome = row.Outcome,
            CompletedAt = row.CompletedAt,
            CompletedBy = row.CompletedBy,
        });
    }

    private static Task<Results<Ok<TaskAnswer>, ProblemResult>> ClaimAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ClaimTask claim, TaskCall call, CancellationToken ct) =>
        call.AnswerAsync(key, (db, now) => claim.RunAsync(db, caller, key!, now, id, ct));

    private static Task<Results<Ok<TaskAnswer>, ProblemResult>> ReleaseAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ReleaseTask release, TaskCall call, CancellationToken ct) =>
        call.AnswerAsync(key, (db, now) => release.RunAsync(db, caller, key!, now, id, ct));

    private static async Task<Results<Ok<TaskAnswer>, ProblemResult>> CompleteAsync(
        string id, CompleteTaskRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, CompleteTask complete, TaskCall call, CancellationToken ct) =>
        string.IsNullOrEmpty(request.Outcome)
            ? Problem.BadRequest("outcome-missing", "Name one of the task's outcomes. Nothing was changed.", new ApiFault("/outcome", "required", "Expected an outcome, but there is none."))
            : await call.AnswerAsync(key, (db, now) => complete.RunAsync(db, caller, key!, now, id, request.Outcome, request.Fields ?? [], ct));

    private static async Task<Results<Ok<TaskAnswer>, ProblemResult>> ReinstateAsync(
        string id, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ReinstateTask reinstate, TaskCall call, CancellationToken ct) =>
        ReasonProblem(request) ?? await call.AnswerAsync(key, (db, now) => reinstate.RunAsync(db, caller, key!, now, id, request.Reason, ct));

    internal static ProblemResult? ReasonProblem(ReasonRequest request) => string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 2000
        ? Problem.BadRequest("reason-missing", "Say why, in 1 to 2000 characters. Nothing was changed.", new ApiFault("/reason", "required", "Expected a reason of 1 to 2000 characters."))
        : null;
}

/// <summary>Runs a command on a task and says in HTTP what came of it.</summary>
internal sealed class TaskCall(CaseDatabase database, BusinessClock clock)
{
    public async Task<Results<Ok<TaskAnswer>, ProblemResult>> AnswerAsync(string? key, Func<CaseDb, DateTimeOffset, Task<CommandAnswer>> run)
    {
        if (Answers.KeyProblem(key) is { } problem)
        {
            return problem;
        }

        await using var db = database.CreateDbContext();
        return await run(db, clock.GetUtcNow()) switch
        {
            Completed done => TypedResults.Ok(new TaskAnswer(Text(done, "id"), Text(done, "state"), done.Body?["caseUrn"]?.ToString(), done.Replayed)),
            Refused refused => Answers.Refused(refused),
            _ => Answers.KeyReused,
        };
    }

    private static string Text(Completed done, string member) => done.Body?[member]?.ToString() ?? "";
}
