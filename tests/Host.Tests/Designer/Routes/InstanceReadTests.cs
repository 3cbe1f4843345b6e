using System.Text.Json.Nodes;
using Assize.Host.Tests.Designer.Outline;
using Assize.TestKit.Definitions;
using Xunit;

namespace Assize.Host.Tests.Designer.Routes;

/// <summary>What Studio's viewer reads of an instance: variables, how it stands, all that its steps did, and the file of it.</summary>
public sealed class InstanceReadTests(HostFixture host)
{
    [Fact]
    public async Task Variables_AreThoseOfTheOpenScopes_ByTheirNames_AsTheyStandNow()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var instance = await RunningAsync(owner);

        var (_, body) = await owner.AskAsync(HttpMethod.Get, $"/workflow-instances/{instance}/variables");

        var variable = Assert.Single(body!["items"]!.AsArray())!;
        Assert.Equal((1, "v1", "Plea", "guilty"), (body["count"]!.GetValue<int>(), variable["id"]!.GetValue<string>(), variable["name"]!.GetValue<string>(), variable["value"]!.GetValue<string>()));
    }

    [Fact]
    public async Task ExecutionState_ChangesWithEachStep_AndSaysWhenItIsOver()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var instance = await RunningAsync(owner);

        var (_, waiting) = await owner.AskAsync(HttpMethod.Get, $"/workflow-instances/{instance}/execution-state");
        await owner.AskAsync(HttpMethod.Post, $"/cancel/workflow-instances/{instance}");
        var (_, over) = await owner.AskAsync(HttpMethod.Get, $"/workflow-instances/{instance}/execution-state");

        Assert.Equal(("Running", "Suspended"), Standing(waiting!));
        Assert.Equal(("Finished", "Cancelled"), Standing(over!));
        Assert.True(over!["updatedAt"]!.GetValue<DateTimeOffset>() >= waiting!["updatedAt"]!.GetValue<DateTimeOffset>());
        static (string, string) Standing(JsonNode state) => (state["status"]!.GetValue<string>(), state["subStatus"]!.GetValue<string>());
    }

    [Fact]
    public async Task Executions_OfAStep_AreWhole_TheLatestLast_AndThoseOfAllStepsWithoutOne()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var instance = await RunningAsync(owner);

        var (_, all) = await owner.AskAsync(HttpMethod.Get, $"/activity-executions/list?WorkflowInstanceId={instance}");
        var (_, one) = await owner.AskAsync(HttpMethod.Get, $"/activity-executions/list?WorkflowInstanceId={instance}&ActivityNodeId={Node(all!, "say")}");
        var (_, none) = await owner.AskAsync(HttpMethod.Get, $"/activity-executions/list?WorkflowInstanceId={instance}&ActivityNodeId=Workflow1:nowhere");

        Assert.Equal(["set", "say", "wait"], all!["items"]!.AsArray().Select(item => item!["activityId"]!.GetValue<string>()).Where(id => id is "set" or "say" or "wait"));
        var said = Assert.Single(one!["items"]!.AsArray())!;
        Assert.Equal(("Completed", "a line", "Done"),
            (said["status"]!.GetValue<string>(), said["activityState"]!["Text"]!.GetValue<string>(), said["payload"]!["Outcomes"]![0]!.GetValue<string>()));
        Assert.NotNull(said["completedAt"]);
        Assert.Equal("Running", all["items"]!.AsArray()[^1]!["status"]!.GetValue<string>());
        Assert.Empty(none!["items"]!.AsArray());
    }

    [Fact]
    public async Task Export_IsAFileWithTheStateAndEveryLineOfTheJournal()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var instance = await RunningAsync(owner);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/elsa/api/workflow-instances/{instance}/export");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);
        var (_, journal) = await owner.AskAsync(HttpMethod.Post, $"/workflow-instances/{instance}/journal?skip=0&take=1000", new JsonObject());

        Assert.Equal(("application/json", $"instance-{instance}.json"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        var file = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(instance, file["workflowState"]!["id"]!.GetValue<string>());
        Assert.Equal("wait", Assert.Single(file["workflowState"]!["bookmarks"]!.AsArray())!["activityId"]!.GetValue<string>());
        Assert.Equal(journal!["items"]!.ToJsonString(), file["journal"]!.ToJsonString());
    }

    private static string Node(JsonNode list, string step) =>
        list["items"]!.AsArray().First(item => item!["activityId"]!.GetValue<string>() == step)!["activityNodeId"]!.GetValue<string>();

    /// <summary>A practice case that has set a variable, said a line, and waits.</summary>
    private async Task<string> RunningAsync(HttpClient owner)
    {
        var model = await owner.LoadAsync(await host.BeginAsync("Read"));
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v1", ["name"] = "Plea", ["typeName"] = "String", ["isArray"] = false, ["value"] = "none yet" });
        await owner.SaveAsync(model.Redrawn(Draw.Flowchart("flow",
        [
            Draw.SetVariable("set", "v1", Draw.Literal("guilty")),
            Draw.Activity("say", "Elsa.WriteLine", ("text", Draw.Literal("a line"))),
            Draw.Activity("wait", "Assize.AwaitEvent", ("eventName", Draw.Literal("never"))),
        ], "set -> say", "say -> wait")));
        return await owner.RunAsync(model["definitionId"]!.GetValue<string>());
    }
}
