using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Queries;
using Assize.Workflows.Access;

namespace Assize.Host.Designer.Instances;

/// <summary>What Studio's list of instances and its viewer ask. Whatever the caller may not see is not there.</summary>
internal static class InstanceRoutes
{
    private const int LargestWindow = 1_000;
    private const int MostFiles = 200;

    public static void MapInstances(this RouteGroupBuilder studio)
    {
        studio.MapPost("/workflow-instances", ListAsync).Needs(AccessActions.ReadCase);
        studio.MapSeen(HttpMethods.Get, "/workflow-instances/{id}", asked => StudioAnswers.Answer(StudioInstances.Whole(asked.Seen)));
        studio.MapSeen(HttpMethods.Get, "/workflow-instances/{id}/execution-state", asked => StudioAnswers.Answer(StudioInstances.Execution(asked.Seen)));
        studio.MapSeen(HttpMethods.Get, "/workflow-instances/{id}/variables", asked => StudioAnswers.Answer(StudioInstances.Variables(asked.Seen, asked.Drawn)));
        studio.MapSeen(HttpMethods.Get, "/workflow-instances/{id}/export", Export);
        studio.MapSeen(HttpMethods.Post, "/workflow-instances/{id}/journal", Journal);
        studio.MapPost("/bulk-actions/export/workflow-instances", ExportManyAsync).Needs(AccessActions.ReadCase);
    }

    private static async Task<IResult> ListAsync(HttpContext http, InstanceQueries instances, CancellationToken ct)
    {
        var search = new InstanceSearch(await StudioBody.ReadAsync(http, ct) ?? []);
        var found = search.Of(await instances.ListAsync(http.Caller(), search.Term, ct));
        return StudioAnswers.Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. found.Skip(search.Page * search.PageSize).Take(search.PageSize).Select(StudioInstances.Summary)]),
            ["totalCount"] = found.Count,
            ["links"] = new JsonArray(),
        });
    }

    private static IResult Export(AskedInstance asked) => Results.File(Encoding.UTF8.GetBytes(Text(asked)), "application/json", FileName(asked));

    private static async Task<IResult> ExportManyAsync(HttpContext http, InstanceQueries instances, StudioDefinitions definitions, CancellationToken ct)
    {
        var body = await StudioBody.ReadAsync(http, ct) ?? [];
        var ids = Texts(body, "ids")?.Take(MostFiles).ToList() ?? [];
        return await StudioAnswers.ZipAsync(http, "workflow-instances.zip", FilesAsync(http, ids, instances, definitions, ct));
    }

    private static async IAsyncEnumerable<(string Name, string Text)> FilesAsync(
        HttpContext http, List<string> ids, InstanceQueries instances, StudioDefinitions definitions, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var id in ids)
        {
            if (await InstanceQuestions.FindAsync(http, id, [], instances, definitions, ct) is { } asked)
            {
                yield return (FileName(asked), Text(asked));
            }
        }
    }

    private static string FileName(AskedInstance asked) => $"instance-{asked.Seen.State.Id}.json";

    /// <summary>A file to be read, or sent to whoever helps. It is a record of a case, so none is ever taken in.</summary>
    private static string Text(AskedInstance asked)
    {
        var file = StudioInstances.Whole(asked.Seen);
        file["journal"] = new JsonArray([.. asked.Trace.Notes.Select((line, number) => StudioExecutions.Line(asked.Seen.State.Id, line, number))]);
        return StudioDescriptors.Text(file);
    }

    private static IResult Journal(AskedInstance asked)
    {
        var filter = asked.Body["filter"] as JsonObject ?? asked.Body;
        var found = asked.Trace.Notes.Select((line, number) => (Line: line, Number: (long)number)).Where(row => Fits(filter, row.Line)).ToList();
        var window = found.Skip(Math.Max(0, asked.Number("skip", 0))).Take(Math.Clamp(asked.Number("take", 100), 1, LargestWindow));
        return StudioAnswers.Answer(new JsonObject
        {
            ["items"] = new JsonArray([.. window.Select(row => StudioExecutions.Line(asked.Seen.State.Id, row.Line, row.Number))]),
            ["totalCount"] = found.Count,
        });
    }

    private static bool Fits(JsonObject filter, TracedNote line) =>
        (Texts(filter, "activityIds") is not { } ids || ids.Contains(line.Note.ActivityId))
        && (Texts(filter, "activityNodeIds") is not { } nodes || nodes.Contains(line.Note.NodeId))
        && (Texts(filter, "excludedActivityTypes") is not { } types || !types.Contains(line.Note.ActivityType))
        && (Texts(filter, "eventNames") is not { } events || events.Contains(line.Note.Event));

    /// <summary>Null where the list is absent or empty: no filter.</summary>
    internal static HashSet<string>? Texts(JsonObject json, string member) =>
        json.ArrayOf(member) is { Count: > 0 } list ? [.. list.Select(item => item.AsText()).OfType<string>()] : null;
}
