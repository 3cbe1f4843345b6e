using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Host.Access;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Host.Api;

/// <summary>What every resource folder shares: request ids, page sizes, and how a command's answer is said in HTTP.</summary>
internal static class Answers
{
    private const int LongestKey = 128;

    /// <summary>The request id, or why there is none.</summary>
    public static ProblemResult? KeyProblem(string? key) => key switch
    {
        null or "" => Problem.BadRequest("idempotency-key-missing", "Send an Idempotency-Key of your choosing, and the same one again if you repeat the request. Nothing was changed."),
        { Length: > LongestKey } => Problem.BadRequest("idempotency-key-invalid", $"An Idempotency-Key has at most {LongestKey} characters. Nothing was changed."),
        _ when key.Any(letter => letter is < '!' or > '~') => Problem.BadRequest("idempotency-key-invalid", "An Idempotency-Key has visible characters only. Nothing was changed."),
        _ => null,
    };

    public static ProblemResult? LimitProblem(int? limit) => limit is < 1 or > Cursor.LargestLimit
        ? Problem.BadRequest("limit-invalid", $"Ask for 1 to {Cursor.LargestLimit} rows.", new ApiFault("", "limit-invalid", $"Expected a limit from 1 to {Cursor.LargestLimit}, but it is {limit}."))
        : null;

    public static ProblemResult CursorProblem { get; } =
        Problem.BadRequest("cursor-invalid", "This cursor is none of this list. Begin without one, and pass on what “next” says.");

    public static ProblemResult KeyReused { get; } = Problem.Unprocessable(
        "idempotency-key-reused", "This Idempotency-Key was used before with another body. Nothing was changed; choose a new key.");

    public static ProblemResult Refused(Refused refused) => Of(refused.Code, refused.Message, refused.Code == "outcome-unknown"
        ? [new ApiFault("/outcome", refused.Code, refused.Message)]
        : Faults(refused.Detail));

    public static ProblemResult Denied(AccessDecision decision) => decision.LooksAbsent
        ? Problem.NotFound("There is nothing here, or nothing that you may see.")
        : Problem.Forbidden(decision.Code, decision.Reason);

    /// <summary>Lets nobody in whose roles do not allow the action; what they may see is each endpoint's question.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string action) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        await using var db = http.RequestServices.GetRequiredService<CaseDatabase>().CreateDbContext();
        var decision = await http.RequestServices.GetRequiredService<IAccessEvaluator>()
            .CheckAsync(db, http.Caller(), action, ActionTable.Door(action), http.RequestAborted);
        return decision.Allowed ? await next(context) : Denied(decision);
    });

    private static ProblemResult Of(string code, string message, IReadOnlyList<ApiFault> faults) => code switch
    {
        AccessCodes.NotFound or AccessCodes.NoStanding or "unit-not-found" or "wait-not-found" or "incident-not-found" => Problem.NotFound("There is nothing here, or nothing that you may see."),
        AccessCodes.UnknownCaller or AccessCodes.CallerInactive or AccessCodes.AgencyInactive or AccessCodes.RoleMissing
            or AccessCodes.WrongLane or AccessCodes.SamePerson or AccessCodes.HeldByOther or AccessCodes.SessionRevoked or AccessCodes.PartyConflict
            or AccessCodes.Excluded or AccessCodes.NoGrant or AccessCodes.StepUp or "not-owner" => Problem.Forbidden(code, message),
        "reason-too-short" or "reason-missing" or "category-unknown" or "role-not-delegable" or "classification-too-high" or "end-passed" or "end-too-late" or "scope-missing"
            or "part-unknown" or "kind-unknown" or "finding-unknown" or "person-unknown" or "agency-unknown" => Problem.Unprocessable(code, message, faults),
        "fields-invalid" or "outcome-unknown" => Problem.Unprocessable(code, message, faults),
        _ => Problem.Of(StatusCodes.Status409Conflict, code, message, faults),
    };

    private static IReadOnlyList<ApiFault> Faults(JsonNode? detail) => detail is JsonArray list
        ? [.. list.OfType<JsonObject>().Select(fault => new ApiFault(Text(fault, "pointer"), Text(fault, "code"), Text(fault, "message")))]
        : [];

    private static string Text(JsonObject fault, string member) => fault[member]?.ToString() ?? "";
}
