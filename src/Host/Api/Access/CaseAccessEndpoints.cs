using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Access;

/// <summary>What the agency that owns a case, or takes part in it, does about its access.</summary>
internal static class CaseAccessEndpoints
{
    public static void MapCaseAccess(this RouteGroupBuilder access)
    {
        access.MapPost("/cases/{urn}/agencies", AddAgencyAsync).WithName("AddAgency").WithSummary("Bring an agency into a case");
        access.MapPost("/cases/{urn}/agencies/{agency}/withdraw", WithdrawAgencyAsync).WithName("WithdrawAgency").WithSummary("Take an agency off a case; its roles stop at once");
        access.MapPost("/cases/{urn}/parties", RecordPartyAsync).WithName("RecordParty").WithSummary("Record that somebody with an account is a party");
        access.MapPost("/cases/{urn}/parties/end", EndPartyAsync).WithName("EndParty").WithSummary("Say that a recorded party is none, or none any more");
        access.MapPost("/cases/{urn}/roles", GiveRoleAsync).WithName("GiveCaseRole").WithSummary("Give one of your people a role on a case");
        access.MapPost("/cases/{urn}/proposals", ProposeAsync).WithName("ProposeProtection").WithSummary("Propose a seal, its renewal or its end, or another class");
        access.MapPost("/proposals/{id}/confirm", ConfirmAsync).Needs(AccessActions.ProtectCase).WithName("ConfirmProposal").WithSummary("Do what another person proposed");
        access.MapPost("/proposals/{id}/refuse", RefuseAsync).Needs(AccessActions.ProtectCase).WithName("RefuseProposal").WithSummary("Refuse what another person proposed");
    }

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> AddAgencyAsync(
        string urn, AgencyRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, AddAgency add, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => add.RunAsync(db, caller, key!, urn, request.Agency ?? "", request.Reason ?? "", ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> WithdrawAgencyAsync(
        string urn, string agency, ReasonRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, WithdrawAgency withdraw, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => withdraw.RunAsync(db, caller, key!, urn, agency, request.Reason ?? "", ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> RecordPartyAsync(
        string urn, PartyRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, RecordParty record, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => record.RunAsync(db, caller, key!, urn, request.Subject ?? "", request.Part ?? "", ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> EndPartyAsync(
        string urn, PartyEnd request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, EndParty end, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => end.RunAsync(db, caller, key!, urn, request.Subject ?? "", request.Part ?? "", request.Reason ?? "", ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> GiveRoleAsync(
        string urn, CaseRoleRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, GiveCaseRole give, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => give.RunAsync(
            db, caller, key!, new CaseRoleGiven(urn, request.Subject ?? "", request.Role ?? "", request.MaxClassification, request.To?.ToUniversalTime(), request.Reason ?? ""), ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> ProposeAsync(
        string urn, ProtectionRequest request, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ProposeProtection propose, AccessCall call, CancellationToken ct)
    {
        var content = new ProtectionContent
        {
            Named = [.. (request.Named ?? []).Select(named => new NamedPerson(named.Subject ?? "", named.Role ?? ""))],
            Classification = request.Classification,
            Agency = request.Agency,
        };
        return call.AnswerAsync(key, db => propose.RunAsync(db, caller, key!, new ProtectionProposed(urn, request.Kind ?? "", content, request.Reason ?? ""), ct));
    }

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> ConfirmAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ConfirmProposal confirm, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => confirm.RunAsync(db, caller, key!, id, ct));

    private static Task<Results<Ok<AccessAnswer>, ProblemResult>> RefuseAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, RefuseProposal refuse, AccessCall call, CancellationToken ct) =>
        call.AnswerAsync(key, db => refuse.RunAsync(db, caller, key!, id, ct));
}
