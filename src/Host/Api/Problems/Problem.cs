using System.Diagnostics;
using Assize.Host.Api.Contracts;

namespace Assize.Host.Api.Problems;

/// <summary>Makes the problem answers of the API; every one goes through here and looks the same.</summary>
public static class Problem
{
    public const string MediaType = "application/problem+json";

    public static ProblemResult BadRequest(string code, string detail, params IReadOnlyList<ApiFault> errors) =>
        Of(StatusCodes.Status400BadRequest, code, detail, errors);

    public static ProblemResult Forbidden(string code, string detail) => Of(StatusCodes.Status403Forbidden, code, detail);

    public static ProblemResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not-found", detail);

    public static ProblemResult Conflict(string code, string detail) => Of(StatusCodes.Status409Conflict, code, detail);

    public static ProblemResult Unprocessable(string code, string detail, params IReadOnlyList<ApiFault> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, code, detail, errors);

    public static ProblemResult Of(int status, string code, string? detail, params IReadOnlyList<ApiFault> errors) => new(new ApiProblem
    {
        Type = $"urn:assize:problem:{code}",
        Title = Title(status),
        Status = status,
        Detail = detail,
        Code = code,
        TraceId = status >= StatusCodes.Status500InternalServerError ? Activity.Current?.TraceId.ToString() : null,
        Errors = errors,
    });

    /// <summary>The problem for a status that the framework set without a body.</summary>
    public static ProblemResult ForStatus(int status) => status switch
    {
        400 => Of(status, "bad-request", "The request could not be read. Nothing was kept."),
        401 => Of(status, "not-signed-in", "Send an access token of the identity server: Authorization: Bearer …"),
        403 => Of(status, "not-allowed", "Your agency and role do not allow this. Nothing was changed."),
        404 => Of(status, "not-found", "There is nothing here, or nothing that you may see."),
        405 => Of(status, "method-not-allowed", "This address does not take this method. The Allow header lists those it takes."),
        406 => Of(status, "not-acceptable", "This address answers application/json."),
        413 => Of(status, "too-large", "The body is larger than this address takes. Nothing was kept."),
        415 => Of(status, "media-type", "This address does not take this media type. Nothing was kept. The documentation at /openapi/v1.json lists those it takes."),
        422 => Of(status, "unprocessable", "The request was read but cannot be done. Nothing was changed."),
        _ => Of(status, "failed", "Something went wrong on our side. Nothing was changed; try again, and give us the trace id if it happens again."),
    };

    private static string Title(int status) => status switch
    {
        400 => "The request cannot be read",
        401 => "You are not signed in",
        403 => "This is not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "Not acceptable",
        409 => "This is no longer possible",
        413 => "Too large",
        415 => "Unsupported media type",
        422 => "The request cannot be done",
        _ => "Something went wrong",
    };
}
