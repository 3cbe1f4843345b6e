using System.Text.Json;
using Assize.Host.Api.Contracts;
using Assize.Host.Operations;
using Microsoft.AspNetCore.Diagnostics;

namespace Assize.Host.Api.Problems;

/// <summary>Turns what the framework refuses or throws into problem answers, for the API's addresses.</summary>
public static class ProblemAnswers
{
    private static readonly string[] s_apiRoots = ["/api", "/openapi", "/health", "/metrics", "/elsa"];

    public static bool IsApi(PathString path) => s_apiRoots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    public static WebApplication UseProblemAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(handler => handler.Run(AnswerFailureAsync));
        app.UseStatusCodePages(AnswerStatusAsync);
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
        var problem = failure?.Error is BadHttpRequestException bad ? Describe(bad) : Problem.ForStatus(StatusCodes.Status500InternalServerError);
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

    private static ProblemResult Describe(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException json } => Problem.BadRequest(
            "json-unreadable",
            "The body is not the JSON that this address takes. Nothing was kept.",
            new ApiFault(Pointer(json.Path), "json-unreadable", Where(json))),
        { StatusCode: StatusCodes.Status400BadRequest } => Problem.BadRequest("bad-request", bad.Message),
        _ => Problem.ForStatus(bad.StatusCode),
    };

    private static string Where(JsonException json) => json.LineNumber is { } line
        ? $"Line {line + 1}, byte {json.BytePositionInLine + 1}: expected JSON of this address's schema."
        : "Expected JSON of this address's schema.";

    /// <summary>A serializer's path ("$.corrections[0].pointer") as a JSON pointer.</summary>
    private static string Pointer(string? path) => path is null or "$"
        ? ""
        : path.TrimStart('$').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
