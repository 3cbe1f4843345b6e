using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assize.Host.Api.Contracts;
using Assize.Host.Operations;
using Microsoft.AspNetCore.Diagnostics;

namespace Assize.Host.Api.Problems;

/// <summary>Turns what the framework refuses or throws into problem answers, for the API's addresses.</summary>
public static partial class ProblemAnswers
{
    private static readonly string[] s_apiRoots = ["/api", "/openapi", "/health", "/metrics", "/elsa"];

    public static bool IsApi(PathString path) => s_apiRoots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    public static WebApplication UseProblemAnswers(this WebApplication app)
    {
        // Outermost, so that a page on which something broke gets its text, too.
        app.UseStatusCodePages(AnswerStatusAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerFailureAsync,
            // What a caller got wrong is told to the caller; the log of failures is for ours.
            SuppressDiagnosticsCallback = context => Refusal(context.Exception) is not null,
        });
        return app;
    }

    private static Task AnswerStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return IsApi(http.Request.Path)
            ? Problem.ForStatus(http.Response.StatusCode).ExecuteAsync(http)
            : ReexecuteAsync(context);
    }

    private static async Task ReexecuteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var (path, method) = (http.Request.Path, http.Request.Method);
        http.Items[typeof(StatusCodeContext)] = path.Value;
        http.Request.Path = $"/problem/{http.Response.StatusCode}";
        http.Request.Method = HttpMethods.Get;
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        try
        {
            await context.Next(http);
        }
        finally
        {
            (http.Request.Path, http.Request.Method) = (path, method);
        }
    }

    private static async Task AnswerFailureAsync(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerPathFeature>();
        var path = failure?.Path ?? http.Request.Path;
        var problem = Refusal(failure?.Error) ?? Problem.ForStatus(StatusCodes.Status500InternalServerError);
        if (problem.Value.Status >= StatusCodes.Status500InternalServerError && failure is not null)
        {
            var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Assize.Host.Failures");
            Log.RequestFailed(log, http.Request.Method, path, failure.Error);
        }

        http.Response.StatusCode = problem.Value.Status;
        if (IsApi(path))
        {
            await problem.ExecuteAsync(http);
        }
    }

    /// <summary>What the caller got wrong; null where the failure is ours.</summary>
    private static ProblemResult? Refusal(Exception? failure) => failure switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException json } => Problem.BadRequest(
            "json-unreadable",
            "The body is not the JSON that this address takes. Nothing was kept.",
            new ApiFault(Pointer(json.Path), "json-unreadable", json is UnkeepableJson ? json.Message : Where(json))),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => Unbound(bad.Message),
        BadHttpRequestException bad => Problem.ForStatus(bad.StatusCode),
        _ when HoldsNoCharacter(failure) => Problem.BadRequest("text-unkeepable", "The request holds the character U+0000, which cannot be kept. Nothing was changed; remove it."),
        _ => null,
    };

    // The framework's own words are for who wrote the endpoint; of them only the parameter's name is worth telling.
    private static ProblemResult Unbound(string message) =>
        message.Contains("body was provided", StringComparison.Ordinal) || message.Contains("from body", StringComparison.Ordinal)
            ? Problem.BadRequest("body-missing", "This address takes a JSON body, but there is none. Nothing was changed.", new ApiFault("", "required", "Expected a JSON body, but there is none."))
        : Parameter().Match(message) is { Success: true } named
            ? Problem.BadRequest("parameter-invalid", $"Expected a value that fits the parameter ‘{named.Groups["name"].Value}’, but it has none or another. Nothing was changed.")
        : Problem.ForStatus(StatusCodes.Status400BadRequest);

    // PostgreSQL's character_not_in_repertoire: text that came by a way with no check of its own.
    private static bool HoldsNoCharacter(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is DbException { SqlState: "22021" })
            {
                return true;
            }
        }

        return false;
    }

    private static string Where(JsonException json) => json.LineNumber is { } line
        ? $"Line {line + 1}, byte {json.BytePositionInLine + 1}: expected JSON of this address's schema, each member once."
        : "Expected JSON of this address's schema, each member once.";

    /// <summary>A serializer's path ("$.corrections[0].pointer") as a JSON pointer.</summary>
    private static string Pointer(string? path) => path is null or "$"
        ? ""
        : path.TrimStart('$').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');

    [GeneratedRegex("""parameter "(?:[^" ]+ )?(?<name>\w+)" """, RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
