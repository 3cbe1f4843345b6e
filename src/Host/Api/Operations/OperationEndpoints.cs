using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Api.Operations;

internal static class OperationEndpoints
{
    public static void MapOperations(this RouteGroupBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations");
        operations.MapGet("", ListAsync).Needs(AccessActions.ReadOperation).WithName("ListOperations").WithSummary("Long work of your agency, the newest first");
        operations.MapGet("/{id}", FindAsync).Needs(AccessActions.ReadOperation).WithName("GetOperation").WithSummary("How far a piece of long work is");
        Steer(operations, OperationSteering.Pause, "pause", "Stop after the present batch, to go on later");
        Steer(operations, OperationSteering.Resume, "resume", "Go on with what was paused, or try again what failed");
        Steer(operations, OperationSteering.Cancel, "cancel", "Stop after the present batch, for good");
    }

    private static void Steer(RouteGroupBuilder operations, OperationSteering steering, string word, string summary) => operations
        .MapPost($"/{{id}}/{word}", (string id, Caller caller, CaseDatabase database, SteerOperation steer, CancellationToken ct) => SteerAsync(id, steering, caller, database, steer, ct))
        .Needs(AccessActions.ReadOperation).WithName($"{steering}Operation").WithSummary(summary)
        .WithDescription("Saying it again changes nothing, so this post needs no Idempotency-Key.");

    private static async Task<Results<Ok<Page<OperationItem>>, ProblemResult>> ListAsync(Caller caller, OperationQueries operations, string? cursor, int? limit, CancellationToken ct) =>
        Answers.LimitProblem(limit) is { } problem ? problem
        : await operations.ListAsync(caller, cursor, limit ?? Cursor.DefaultLimit, ct) is { } page ? TypedResults.Ok(page)
        : Answers.CursorProblem;

    private static async Task<Results<Ok<OperationItem>, ProblemResult>> FindAsync(string id, Caller caller, OperationQueries operations, CancellationToken ct) =>
        await operations.FindAsync(caller, id, ct) is { } found ? TypedResults.Ok(found) : Problem.NotFound("There is nothing here, or nothing that you may see.");

    private static async Task<Results<Ok<OperationItem>, ProblemResult>> SteerAsync(
        string id, OperationSteering steering, Caller caller, CaseDatabase database, SteerOperation steer, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await steer.RunAsync(db, caller, id, steering, ct) switch
        {
            { Operation: null } => Problem.NotFound("There is nothing here, or nothing that you may see."),
            { Code: "operation-state" or "operation-moved", Code: var code, Message: var message } => Problem.Of(StatusCodes.Status409Conflict, code, message!, []),
            { Code: { } code, Message: var message } => Problem.Forbidden(code, message!),
            { Operation: { } operation } => TypedResults.Ok(OperationQueries.Item(operation)),
        };
    }
}
