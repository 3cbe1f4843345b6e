using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Prosecutions;

internal static class ProsecutionEndpoints
{
    public static void MapProsecutions(this RouteGroupBuilder api)
    {
        var prosecutions = api.MapGroup("/prosecutions").WithTags("Prosecutions");
        prosecutions.MapPost("", ReceiveAsync).WithName("SendProsecution").WithSummary("Send a prosecution as prosecutors send it today")
            .WithDescription("Charge JSON (application/vnd.hmcts.cjs.charge-prosecution+json, or application/json with initiation=charge, the default) or police XML "
                + "(application/xml). What cannot be read is refused and not kept; the rest is kept, checked, and answered 202. Without an Idempotency-Key the "
                + "sender, the message's own id and its bytes make a repetition known.")
            .Accepts<object>("application/json", ProsecutionReader.ChargeMediaType, "application/xml")
            .WithMetadata(new RequestSizeLimitAttribute(IntakeLimits.Default.MaxBytes + 1),
                ProblemResult.Described(StatusCodes.Status413PayloadTooLarge), ProblemResult.Described(StatusCodes.Status415UnsupportedMediaType));
        prosecutions.MapGet("/{id}", FindAsync).WithName("GetProsecution").WithSummary("A prosecution's state and problems");
        prosecutions.MapPatch("/{id}", CorrectAsync).WithName("CorrectProsecution").WithSummary("Correct faulty values and have it checked again")
            .WithDescription("Only values that a problem points at can be changed. All corrections are taken, or none.");
    }

    private static async Task<Results<Accepted<ProsecutionTaken>, ProblemResult>> ReceiveAsync(
        HttpRequest request, string? initiation, [FromHeader(Name = "Idempotency-Key")] string? key,
        Caller caller, ProsecutionCall call, CancellationToken ct)
    {
        if (key is not null && Answers.KeyProblem(key) is { } problem)
        {
            return problem;
        }

        if (await ReadAsync(request.Body, ct) is not { } body)
        {
            return Problem.ForStatus(StatusCodes.Status413PayloadTooLarge);
        }

        return await call.ReceiveAsync(caller, body, request.ContentType, initiation, key, ct) is var answer && answer is Taken taken
            ? TypedResults.Accepted($"/api/v1/prosecutions/{taken.SubmissionId}", new ProsecutionTaken(taken.SubmissionId, taken.State, taken.Replayed))
            : Refusal(answer);
    }

    private static async Task<Results<Ok<ProsecutionAnswer>, ProblemResult>> FindAsync(
        string id, Caller caller, CaseDatabase database, SubmissionQueries submissions, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await submissions.FindAsync(db, caller, id, ct) is var (view, decision) && view is not null
            ? TypedResults.Ok(Shown(view))
            : Answers.Denied(decision);
    }

    private static async Task<Results<Ok<ProsecutionTaken>, ProblemResult>> CorrectAsync(
        string id, CorrectionsRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ProsecutionCall call, CancellationToken ct)
    {
        if (key is not null && Answers.KeyProblem(key) is { } problem)
        {
            return problem;
        }

        if (request.Corrections is null || request.Corrections.Any(item => item?.Pointer is null))
        {
            return Problem.BadRequest("corrections-missing", "Send corrections, each with a pointer and a value. Nothing was changed.",
                new ApiFault("/corrections", "required", "Expected a list of {pointer, value}."));
        }

        return await call.CorrectAsync(caller, id, request, key, ct) is var answer && answer is Taken taken
            ? TypedResults.Ok(new ProsecutionTaken(taken.SubmissionId, taken.State, taken.Replayed))
            : Refusal(answer);
    }

    // Read whole, but never more than the largest message: the bytes are kept as they came.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, ct)) > 0;)
        {
            kept.Write(buffer, 0, count);
            if (kept.Length > IntakeLimits.Default.MaxBytes)
            {
                return null;
            }
        }

        return kept.ToArray();
    }

    private static ProblemResult Refusal(IntakeAnswer answer) => answer switch
    {
        Unreadable refused => Problem.Of(refused.Status, refused.Code, $"{refused.Message} Nothing was kept.", new ApiFault(refused.Pointer, refused.Code, refused.Message)),
        Forbidden { LooksAbsent: true } => Problem.NotFound("There is no such prosecution, or none that you may see."),
        Forbidden refused => Problem.Forbidden(refused.Code, refused.Message),
        CorrectionsRefused refused => Problem.Of(refused.Status, refused.Code, refused.Message,
            [.. refused.Faults.Select(fault => new ApiFault(fault.Pointer, fault.Code, fault.Message))]),
        _ => Answers.KeyReused,
    };

    private static ProsecutionAnswer Shown(SubmissionView view) => new()
    {
        Id = view.Id,
        State = view.State,
        Urn = view.Urn,
        ProsecutingAuthority = view.Authority,
        ReceivedAt = view.ReceivedAt,
        Problems = [.. view.Problems.Select(problem => new ProsecutionProblem(
            problem.Code, problem.Severity.ToString().ToLowerInvariant(), problem.Pointer, problem.Message, problem.Value, problem.Related))],
        Corrections = [.. view.Corrections.Select(made => new CorrectionMade(made.Pointer, made.Value, made.By, made.At))],
        Prosecution = view.Prosecution,
        CaseUrn = view.CaseUrn,
    };
}

/// <summary>Runs the intake's commands on a context of their own, at business time.</summary>
public sealed class ProsecutionCall(CaseDatabase database, ReceiveProsecution receive, CorrectProsecution correct, BusinessClock clock)
{
    public async Task<IntakeAnswer> ReceiveAsync(
        Caller caller, ReadOnlyMemory<byte> body, string? contentType, string? initiation, string? key, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await receive.RunAsync(db, new ProsecutionReceived(caller, body, contentType, initiation, key, clock.GetUtcNow()), ct);
    }

    public async Task<IntakeAnswer> CorrectAsync(Caller caller, string id, CorrectionsRequest request, string? key, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await correct.RunAsync(db, new CorrectionsSent(caller, id, [.. request.Corrections.Select(item => (item.Pointer, item.Value))], key, clock.GetUtcNow()), ct);
    }
}
