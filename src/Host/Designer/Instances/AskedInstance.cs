using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Api.Problems;
using Assize.Host.Queries;
using Assize.Workflows.Access;

namespace Assize.Host.Designer.Instances;

/// <summary>A question about one instance that the caller may see, with what the answers are made of.</summary>
internal sealed record AskedInstance(HttpContext Http, InstanceSeen Seen, InstanceTrace Trace, DrawnDefinition? Drawn, JsonObject Body)
{
    public int Number(string name, int otherwise) => int.TryParse(Http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>The execution that the route or the query names; null where the instance has none of that id.</summary>
    public TracedExecution? Execution => (Http.Request.RouteValues["id"] as string ?? Text("id"))?.Split('.') is [_, var id]
        ? Trace.Executions.FirstOrDefault(execution => execution.Id == id)
        : null;

    public string? Text(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;
}

/// <summary>Maps routes about one instance, so that each of them checks before it answers.</summary>
internal static class InstanceQuestions
{
    public static void MapSeen(this RouteGroupBuilder studio, string method, string route, Func<AskedInstance, IResult> answer) =>
        studio.MapSeen(method, route, (asked, _) => Task.FromResult(answer(asked)));

    public static void MapSeen(this RouteGroupBuilder studio, string method, string route, Func<AskedInstance, CancellationToken, Task<IResult>> answer) =>
        studio.MapMethods(route, [method], async (HttpContext http, InstanceQueries instances, StudioDefinitions definitions, CancellationToken ct) =>
            await FindAsync(http, instances, definitions, ct) is { } asked ? await answer(asked, ct) : Problem.ForStatus(StatusCodes.Status404NotFound)).Needs(AccessActions.ReadCase);

    /// <summary>The instance that the route, the query or the body names.</summary>
    private static async Task<AskedInstance?> FindAsync(HttpContext http, InstanceQueries instances, StudioDefinitions definitions, CancellationToken ct)
    {
        var body = HttpMethods.IsPost(http.Request.Method) ? await StudioBody.ReadAsync(http, ct) ?? [] : [];
        var named = http.Request.RouteValues["id"] as string ?? http.Request.Query["WorkflowInstanceId"].FirstOrDefault()
            ?? http.Request.Query["id"].FirstOrDefault() ?? body["workflowInstanceId"]?.ToString() ?? "";
        return await FindAsync(http, named.Split('.')[0], body, instances, definitions, ct);
    }

    /// <summary>Null where the caller may see none of that id.</summary>
    public static async Task<AskedInstance?> FindAsync(HttpContext http, string id, JsonObject body, InstanceQueries instances, StudioDefinitions definitions, CancellationToken ct)
    {
        if (await instances.FindAsync(http.Caller(), id, ct) is not { } seen)
        {
            return null;
        }

        var trace = InstanceTrace.Of(await instances.JournalAsync(seen.State.Id, ct));
        return new AskedInstance(http, seen, trace, await definitions.DrawnAsync(seen.State.DefinitionId, seen.State.DefinitionVersion, ct), body);
    }
}
