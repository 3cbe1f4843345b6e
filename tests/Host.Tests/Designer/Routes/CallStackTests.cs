using System.Net;
using System.Text.Json.Nodes;
using Assize.Engine.Storage;
using Assize.Host.Tests.Designer.Outline;
using Assize.TestKit.Definitions;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer.Routes;

/// <summary>What led to a step of a workflow that another one started.</summary>
public sealed class CallStackTests(HostFixture host)
{
    [Theory]
    [InlineData("waits", true, "start")]
    [InlineData("ends", true, "start")]
    [InlineData("waits", false, null)]
    public async Task CallStack_AcrossWorkflows_GoesUpToTheStepThatStartedThisOne_AndNoFurtherWhereItIsDeclined(string child, bool isAwaited, string? starter)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (parent, inner) = await StartedAsync(owner, child, isAwaited);
        var execution = await LastExecutionAsync(owner, inner);

        var within = await StackAsync(owner, execution, "?includeCrossWorkflowChain=False");
        var across = await StackAsync(owner, execution, "?includeCrossWorkflowChain=True");
        var unsaid = await StackAsync(owner, execution, "");

        Assert.Equal([(inner, "Elsa.Workflow"), (inner, "Elsa.Flowchart"), (inner, "step")], within.Select(Said));
        Assert.Equal(
            starter is null ? [(parent, "Elsa.Workflow"), .. within.Select(Said)] : [(parent, "Elsa.Workflow"), (parent, "Elsa.Flowchart"), (parent, starter), .. within.Select(Said)],
            across.Select(Said));
        Assert.Equal(across.Select(record => record.ToJsonString()), unsaid.Select(record => record.ToJsonString()));
        Assert.Equal(Enumerable.Range(0, across.Count), across.Select(record => record["callStackDepth"]!.GetValue<int>()));
        Assert.Equal(across.SkipLast(1).Select(record => record["id"]!.GetValue<string>()), across.Skip(1).Select(record => record["schedulingActivityExecutionId"]!.GetValue<string>()));
        Assert.Equal(parent, within[0]["schedulingWorkflowInstanceId"]!.GetValue<string>());
    }

    private static (string Instance, string Step) Said(JsonNode record) => (
        record["workflowInstanceId"]!.GetValue<string>(),
        record["activityType"]!.GetValue<string>() is "Elsa.Workflow" or "Elsa.Flowchart" ? record["activityType"]!.GetValue<string>() : record["activityId"]!.GetValue<string>());

    private static async Task<List<JsonNode>> StackAsync(HttpClient client, string execution, string query)
    {
        var (status, body) = await client.AskAsync(HttpMethod.Get, $"/activity-executions/{execution}/call-stack{query}");
        Assert.Equal(HttpStatusCode.OK, status);
        var items = body!["items"]!.AsArray();
        Assert.Equal((execution, items.Count), (body["activityExecutionId"]!.GetValue<string>(), body["totalCount"]!.GetValue<int>()));
        return [.. items.Select(item => item!)];
    }

    private static async Task<string> LastExecutionAsync(HttpClient client, string instance)
    {
        var (_, list) = await client.AskAsync(HttpMethod.Get, $"/activity-executions/list?WorkflowInstanceId={instance}&ActivityNodeId=Workflow1:inner:step");
        return Assert.Single(list!["items"]!.AsArray())!["id"]!.GetValue<string>();
    }

    /// <summary>A practice case whose workflow starts another; gives both instances.</summary>
    private async Task<(string Parent, string Child)> StartedAsync(HttpClient owner, string child, bool isAwaited)
    {
        var used = $"called-{Guid.NewGuid():n}";
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var step = child == "waits" ? Draw.Activity("step", "Assize.AwaitEvent", ("eventName", Draw.Literal("never"))) : Draw.Write("step");
        var published = Draw.Workflow(Draw.Flowchart("inner", [step]), id: used).Json.ToJsonString();
        Assert.Null(await PublishedVersions.PublishAsync(db, published, "tests", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken));
        var model = await owner.LoadAsync(await host.BeginAsync("Caller"));
        await owner.SaveAsync(model.Redrawn(Draw.Flowchart("outer",
        [
            Draw.Activity("start", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal(used)), ("waitForCompletion", Draw.Literal(isAwaited ? "True" : "False"))),
            Draw.Activity("after", "Assize.AwaitEvent", ("eventName", Draw.Literal("never"))),
        ], "start -> after")));
        var parent = await owner.RunAsync(model["definitionId"]!.GetValue<string>());
        return (parent, await db.Set<InstanceRow>().Where(row => row.ParentId == parent).Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken));
    }
}
