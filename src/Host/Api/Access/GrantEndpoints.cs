using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Access;

/// <summary>Grants on their way from a request to their end.</summary>
internal static class GrantEndpoints
{
    public static void MapGrants(this RouteGroupBuilder access)
    {
        access.MapGet("/grants", ListAsync).Needs(AccessActions.EndGrant).WithName("ListGrants").WithSummary("Grants that concern your agency: to sponsor, to consent to, due, or all that are open");
        access.MapPost("/requests", RequestAsync).WithName("RequestCross").WithSummary("Ask for access to another agency's case or cases");
        access.MapPost("/grants/{id}/sponsor", SponsorAsync).Needs(AccessActions.SponsorCross).WithName("SponsorCross").WithSummary("Stand by a request of your agency");
        access.MapPost("/grants/{id}/consent", ConsentAsync).Needs(AccessActions.ConsentCross).WithName("ConsentCross").WithSummary("Consent to a sponsored request for a case of your agency; it is live at once");
        access.MapPost("/grants/{id}/refuse", RefuseAsync).Needs(AccessActions.RefuseCross).WithName("RefuseCross").WithSummary("Refuse a request");
        access.MapPost("/grants/{id}/change", ChangeAsync).Needs(AccessActions.ChangeCross).WithName("ChangeCross").WithSummary("Shorten or lower a grant at once, or ask for more");
        access.MapPost("/grants/{id}/certify", CertifyAsync).Needs(AccessActions.CertifyGrant).WithName("CertifyGrant").WithSummary("Say why a grant is still needed; it wakes one that sleeps");
        access.MapPost("/grants/{id}/end", EndAsync).Needs(AccessActions.EndGrant).WithName("EndGrant").WithSummary("End a grant, or take a request back");
    }

    private static async Task<Results<Ok<Page<GrantItem>>, ProblemResult>> ListAsync(
        Caller caller, AccessLists lists, string? box, string? cursor, int? limit, CancellationToken ct) =>
        !Enum.TryParse(box ?? nameof(GrantBox.Open), ignoreCase: true, out GrantBox chosen) || !Enum.IsDefined(chosen) || char.IsDigit((box ?? "o")[0])
            ? Problem.BadRequest("box-unknown", "Choose the box open, sponsor, consent, live, due or mine.")
            : Answers.LimitProblem(limit) is { } problem ? problem
            : await lists.GrantsAsync(caller, chosen, cursor, limit ?? Cursor.DefaultLimit, ct) is { } page ? TypedResults.Ok(page)
            : Answers.CursorProblem;

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> RequestAsync(
        CrossAgencyRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, RequestCross ask, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => ask.RunAsync(db, caller, key!, new CrossRequested(
            request.Case, request.Jurisdiction, request.OwnerAgency, request.Subject, request.Role, request.MaxClassification, request.To.ToUniversalTime(), request.Reason), ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> SponsorAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, SponsorCross sponsor, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => sponsor.RunAsync(db, caller, key!, id, ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> ConsentAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ConsentCross consent, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => consent.RunAsync(db, caller, key!, id, ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> RefuseAsync(
        string id, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, RefuseCross refuse, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => refuse.RunAsync(db, caller, key!, id, request.Reason ?? "", ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> ChangeAsync(
        string id, CrossAgencyChange request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ChangeCross change, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => change.RunAsync(db, caller, key!, new CrossChanged(id, request.Role ?? "", request.MaxClassification ?? "", request.To.ToUniversalTime(), request.Reason ?? ""), ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> CertifyAsync(
        string id, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, CertifyGrant certify, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => certify.RunAsync(db, caller, key!, id, request.Reason ?? "", ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> EndAsync(
        string id, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, EndGrant end, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => end.RunAsync(db, caller, key!, id, request.Reason ?? "", ct));
}
