using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Access;

/// <summary>Access that people take themselves and its reviews, and conflicts of interest.</summary>
internal static class SelfAccessEndpoints
{
    public static void MapSelfAccess(this RouteGroupBuilder access)
    {
        access.MapPost("/challenges", ChallengeAsync).WithName("ClaimChallenged").WithSummary("Take access to a case that your role misses by area or court only, until midnight");
        access.MapPost("/emergencies", EmergencyAsync).WithName("ClaimEmergency").WithSummary("Take an hour's access because a life is at risk");
        access.MapGet("/reviews", ReviewsAsync).Needs(AccessActions.ReviewAccess).WithName("ListReviews").WithSummary("Accesses that your privacy officers are to look at, the most urgent first");
        access.MapPost("/reviews/{id}", ReviewAsync).Needs(AccessActions.ReviewAccess).WithName("ReviewAccess").WithSummary("Say whether an access was justified");
        access.MapGet("/exclusions", ExclusionsAsync).Needs(AccessActions.RemoveExclusion).WithName("ListExclusions").WithSummary("Conflicts of interest of your agency's people");
        access.MapPost("/exclusions", DeclareAsync).WithName("DeclareExclusion").WithSummary("Declare a conflict of interest");
        access.MapPost("/exclusions/{id}/remove", RemoveAsync).Needs(AccessActions.RemoveExclusion).WithName("RemoveExclusion").WithSummary("Say that another person's conflict is over");
        access.MapGet("/proposals", ProposalsAsync).Needs(AccessActions.ProtectCase).WithName("ListProposals").WithSummary("Open proposals about cases that you have access to");
    }

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> ChallengeAsync(
        ChallengeRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ClaimChallenged claim, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => claim.RunAsync(db, caller, key!, new ChallengedClaimed(request.Case ?? "", request.Category ?? "", request.Reason ?? ""), ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> EmergencyAsync(
        EmergencyRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ClaimEmergency claim, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => claim.RunAsync(db, caller, key!, request.Case ?? "", request.Reason ?? "", ct));

    private static async Task<Results<Ok<Page<ReviewItem>>, ProblemResult>> ReviewsAsync(Caller caller, AccessLists lists, CancellationToken ct) =>
        TypedResults.Ok(await lists.ReviewsAsync(caller, ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> ReviewAsync(
        string id, ReviewRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ReviewAccess review, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => review.RunAsync(db, caller, key!, id, request.Finding ?? "", request.Note ?? "", ct));

    private static async Task<Results<Ok<Page<ExclusionItem>>, ProblemResult>> ExclusionsAsync(Caller caller, AccessLists lists, CancellationToken ct) =>
        TypedResults.Ok(await lists.ExclusionsAsync(caller, ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> DeclareAsync(
        ExclusionRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, DeclareExclusion declare, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => declare.RunAsync(
            db, caller, key!, new ConflictDeclared(request.Subject ?? "", request.Case, request.Jurisdiction, request.Agency, request.To?.ToUniversalTime(), request.Reason ?? ""), ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> RemoveAsync(
        string id, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, RemoveExclusion remove, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => remove.RunAsync(db, caller, key!, id, request.Reason ?? "", ct));

    private static async Task<Results<Ok<Page<ProposalItem>>, ProblemResult>> ProposalsAsync(Caller caller, AccessLists lists, CancellationToken ct) =>
        TypedResults.Ok(await lists.ProposalsAsync(caller, ct));
}
