using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Api.Tasks;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Cases;

internal static class CaseEndpoints
{
    public static void MapCases(this RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("", ListAsync).Needs(AccessActions.ReadCase).WithName("ListCases").WithSummary("Cases that your agency takes part in, the newest first");
        cases.MapGet("/{urn}", FindAsync).Needs(AccessActions.ReadCase).WithName("GetCase").WithSummary("A case with its defendants, offences, hearings and messages");
        cases.MapGet("/{urn}/history", HistoryAsync).Needs(AccessActions.ReadCase).WithName("GetCaseHistory").WithSummary("What happened in a case, the newest first");
        cases.MapGet("/{urn}/process", ProcessAsync).Needs(AccessActions.ReadCase).WithName("GetCaseProcess")
            .WithSummary("Where every defendant stands, what is waited for, by whom and until when");
        cases.MapPost("/{urn}/close-in-error", CloseAsync).WithName("CloseCaseInError").WithSummary("Close a case that should not have been opened");
        cases.MapPost("/{urn}/incidents/{id}/retry", RetryAsync).WithName("RetryIncident").WithSummary("Take a step again that went wrong; answers where the case stands then");
    }

    private static async Task<Results<Ok<Page<CaseItem>>, ProblemResult>> ListAsync(
        Caller caller, CaseQueries cases, string? cursor, int? limit, CancellationToken ct) =>
        Answers.LimitProblem(limit) is { } problem ? problem
        : await cases.ListAsync(caller, cursor, limit ?? Cursor.DefaultLimit, ct) is { } page ? TypedResults.Ok(page)
        : Answers.CursorProblem;

    private static async Task<Results<Ok<CaseDetail>, ProblemResult>> FindAsync(string urn, Caller caller, CaseQueries cases, CancellationToken ct) =>
        await cases.FindAsync(caller, urn, ct) is { } found ? TypedResults.Ok(found) : Absent();

    private static async Task<Results<Ok<Page<HistoryItem>>, ProblemResult>> HistoryAsync(
        string urn, Caller caller, HistoryQueries history, string? cursor, int? limit, CancellationToken ct) =>
        Answers.LimitProblem(limit) is { } problem ? problem
        : await history.FindAsync(caller, urn, cursor, limit ?? Cursor.DefaultLimit, ct) is not var (read, page) ? Absent()
        : read ? TypedResults.Ok(page)
        : Answers.CursorProblem;

    private static async Task<Results<Ok<CaseProcess>, ProblemResult>> ProcessAsync(string urn, Caller caller, ProcessQueries processes, CancellationToken ct) =>
        await processes.FindAsync(caller, urn, ct) is { } process ? TypedResults.Ok(process) : Absent();

    private static async Task<Results<Ok<CaseItem>, ProblemResult>> CloseAsync(
        string urn, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, CloseCase close, CancellationToken ct) =>
        Answers.KeyProblem(key) ?? TaskEndpoints.ReasonProblem(request) ?? await close.RunAsync(urn, request.Reason, key!, caller, ct);

    private static async Task<Results<Ok<CaseProcess>, ProblemResult>> RetryAsync(
        string urn, string id, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, RetryCase retry, CancellationToken ct) =>
        Answers.KeyProblem(key) ?? TaskEndpoints.ReasonProblem(request) ?? await retry.RunAsync(urn, id, request.Reason, key!, caller, ct);

    private static ProblemResult Absent() => Problem.NotFound("There is no such case, or none that you may see.");
}

/// <summary>Finds the case by its reference, closes it and shows it as it is then.</summary>
internal sealed class CloseCase(CaseDatabase database, CaseQueries cases, CloseCaseInError close, BusinessClock clock)
{
    public async Task<Results<Ok<CaseItem>, ProblemResult>> RunAsync(string urn, string reason, string key, Caller caller, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } id)
        {
            return Problem.NotFound("There is no such case, or none that you may see.");
        }

        await using var db = database.CreateDbContext();
        return await close.RunAsync(db, caller, key, clock.GetUtcNow(), id, reason, ct) switch
        {
            Completed => TypedResults.Ok((await cases.FindAsync(caller, urn, ct))!.Case),
            Refused refused => Answers.Refused(refused),
            _ => Answers.KeyReused,
        };
    }
}

/// <summary>Finds the case by its reference, takes its step again and shows where it stands then.</summary>
internal sealed class RetryCase(CaseDatabase database, CaseQueries cases, ProcessQueries processes, RetryIncident retry, BusinessClock clock)
{
    public async Task<Results<Ok<CaseProcess>, ProblemResult>> RunAsync(string urn, string incident, string reason, string key, Caller caller, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } id)
        {
            return Problem.NotFound("There is no such case, or none that you may see.");
        }

        await using var db = database.CreateDbContext();
        return await retry.RunAsync(db, caller, key, clock.GetUtcNow(), id, incident, reason, ct) switch
        {
            Completed => TypedResults.Ok((await processes.FindAsync(caller, urn, ct))!),
            Refused refused => Answers.Refused(refused),
            _ => Answers.KeyReused,
        };
    }
}
