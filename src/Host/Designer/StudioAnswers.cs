using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Api.Problems;
using Assize.Workflows.Drafting;

namespace Assize.Host.Designer;

/// <summary>Answers as Studio understands them: of all refusals it shows only those with status 400, by their messages.</summary>
internal static class StudioAnswers
{
    /// <summary>Said where an export asks for the workflows that use what is exported: a file is one version, and which of their versions is meant nobody said.</summary>
    public const string WithoutUsers = "The file holds what you chose. Workflows that use it are not in it; choose them in the list and export them as well.";

    private const int LongestSaid = 2_000;

    public static IResult Answer(JsonObject? value) => value is null
        ? Problem.ForStatus(StatusCodes.Status404NotFound)
        : Results.Text(StudioDescriptors.Text(value), "application/json");

    public static IResult Items(params JsonObject[] items) => Answer(StudioDescriptors.List(items));

    /// <summary>Several files in one, which is whole before its first byte is sent.</summary>
    public static async Task<IResult> ZipAsync(HttpContext http, string name, IAsyncEnumerable<(string Name, string Text)> files)
    {
        using var file = new MemoryStream();
        await LongDownload.WriteAsync(http, ct => WriteAsync(file, files, ct));
        return Results.File(file.ToArray(), "application/zip", name);
    }

    private static async Task WriteAsync(MemoryStream file, IAsyncEnumerable<(string Name, string Text)> files, CancellationToken ct)
    {
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        await foreach (var (entryName, text) in files.WithCancellation(ct))
        {
            await using var entry = await zip.CreateEntry(entryName).OpenAsync(ct);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        }
    }

    public static IResult Said(params IEnumerable<string> messages)
    {
        var said = messages.ToList();
        return Results.Json(
            new { statusCode = StatusCodes.Status400BadRequest, message = said[0], errors = new { generalErrors = said } },
            statusCode: StatusCodes.Status400BadRequest);
    }

    /// <summary>Says something beside the answer, where Studio itself would show nothing: our page shows it.</summary>
    public static void Say(HttpContext http, params IEnumerable<string> messages)
    {
        if (string.Join(" ", messages) is { Length: > 0 } said)
        {
            http.Response.Headers["x-assize-said"] = Uri.EscapeDataString(said.Length > LongestSaid ? said[..LongestSaid] : said);
        }
    }

    public static IResult Refused(DraftRefused refused) =>
        Said([refused.Message, .. refused.Problems.Take(20).Select(problem => problem.ActivityId is { } step ? $"{step}: {problem.Message}" : problem.Message)]);

    public static IResult Saved(WorkflowDraft draft) => Answer(new JsonObject
    {
        ["workflowDefinition"] = StudioDefinitions.Whole(draft, mayDraft: true),
        ["alreadyPublished"] = false,
        ["consumingWorkflowCount"] = 0,
    });
}
