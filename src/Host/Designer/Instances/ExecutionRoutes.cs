using System.Text.Json.Nodes;
using Assize.Host.Api;
using Assize.Host.Api.Problems;
using Assize.Workflows.Access;

namespace Assize.Host.Designer.Instances;

/// <summary>What Studio's viewer asks about the executions of an instance's steps.</summary>
internal static class ExecutionRoutes
{
    public static void MapExecutions(this RouteGroupBuilder studio)
    {
        studio.MapSeen(HttpMethods.Post, "/activity-executions/report", Report);
        studio.MapSeen(HttpMethods.Get, "/activity-execution-summaries/list", asked =>
            StudioAnswers.Answer(StudioDescriptors.List(Wanted(asked).Select(execution => StudioExecutions.Summary(asked.Seen, execution)))));
        studio.MapSeen(HttpMethods.Get, "/activity-executions/list", asked =>
            StudioAnswers.Answer(StudioDescriptors.List(Wanted(asked).Select(execution => StudioExecutions.Whole(asked.Seen, execution, asked.Drawn)))));
        studio.MapSeen(HttpMethods.Get, "/activity-executions/by-id", asked => asked.Execution is { } execution
            ? StudioAnswers.Answer(StudioExecutions.Whole(asked.Seen, execution, asked.Drawn))
            : Problem.ForStatus(StatusCodes.Status404NotFound));
        studio.MapSeen(HttpMethods.Get, "/activity-executions/{id}/call-stack", CallStack.AnswerAsync);

        // Nothing is retried by itself here: an incident is retried by a person, and the journal says so.
        studio.MapGet("/resilience/retries/{id}", () => StudioAnswers.Items()).Needs(AccessActions.ReadCase);
    }

    private static IResult Report(AskedInstance asked)
    {
        var nodes = InstanceRoutes.Texts(asked.Body, "activityNodeIds");
        var stats = StudioExecutions.Stats(asked.Trace);
        return StudioAnswers.Answer(new JsonObject
        {
            ["stats"] = new JsonArray([.. stats.Where(stat => nodes is null || nodes.Contains((string)stat!["activityNodeId"]!)).Select(stat => stat!.DeepClone())]),
        });
    }

    private static IEnumerable<TracedExecution> Wanted(AskedInstance asked)
    {
        var node = asked.Text("ActivityNodeId");
        return asked.Trace.Executions.Where(execution => node is null || execution.NodeId == node);
    }
}
