using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Exchange;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Api.Messages;

internal static class MessageEndpoints
{
    public static void MapMessages(this RouteGroupBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");
        messages.MapGet("", ListAsync).Needs(AccessActions.ReadMessage).WithName("ListMessages").WithSummary("Your agency's mailbox, the oldest first")
            .WithDescription("For an agency's system. A message stays until it is acknowledged; one that was read before comes again with the same id.");
        messages.MapPost("/{id}/acknowledge", AcknowledgeAsync).WithName("AcknowledgeMessage").WithSummary("Say that your agency has a message")
            .WithDescription("Saying it again changes nothing, so this post needs no Idempotency-Key.");
    }

    private static async Task<Results<Ok<Page<MessageItem>>, ProblemResult>> ListAsync(
        Caller caller, MessageQueries messages, string? cursor, int? limit, bool? all, CancellationToken ct) =>
        Answers.LimitProblem(limit) is { } problem ? problem
        : await messages.ListAsync(caller, cursor, limit ?? Cursor.DefaultLimit, all ?? false, ct) is { } page ? TypedResults.Ok(page)
        : Answers.CursorProblem;

    private static async Task<Results<Ok<MessageAnswer>, ProblemResult>> AcknowledgeAsync(
        string id, Caller caller, CaseDatabase database, AcknowledgeMessage acknowledge, BusinessClock clock, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await acknowledge.RunAsync(db, caller, $"acknowledge {id} {Guid.NewGuid():n}", clock.GetUtcNow(), id, ct) switch
        {
            Completed done => TypedResults.Ok(new MessageAnswer(id, done.Body?["state"]?.ToString() ?? "")),
            Refused refused => Answers.Refused(refused),
            _ => Answers.KeyReused,
        };
    }
}
