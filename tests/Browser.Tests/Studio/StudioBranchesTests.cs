using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>What a step gives, kept in a variable, and a branch drawn within a step: from the stock editor to the case that runs by them.</summary>
public sealed class StudioBranchesTests(WholeHost host)
{
    // A line of a table waits until the editor is at rest, and on a busy machine that takes its time.
    private const float Patience = 240_000;

    [Fact]
    public async Task Switch_AndWhatAStepGives_AreDrawn_Published_OpenedAgain_AndRun()
    {
        var studio = new StudioCanvas(await host.SignInAsync("Clare Osborne", "/designer"), host.Url);
        var name = $"Branch {Guid.NewGuid():n}"[..15];
        await studio.BeginAsync(name);
        studio.Page.SetDefaultTimeout(Patience);

        await DrawAsync(studio);
        await studio.Publish.ClickAsync();
        await studio.Page.Locator(".mud-snackbar").GetByText("waits for another process owner").First.WaitForAsync();
        var drawn = await studio.StoredAsync();
        await ApproveAsync(name);

        await studio.OpenAsync();
        await Assertions.Expect(studio.Node("Switch1").Locator(".embedded-port[data-port-name='Five']")).ToContainTextAsync("Flowchart1");
        await studio.SelectAsync("RunJavaScript1");
        await studio.OpenTabAsync("Output");
        await Assertions.Expect(studio.Control("Result")).ToContainTextAsync("Variable1");
        await studio.Page.KeepAsync("studio-branches");
        Assert.True((await studio.StoredAsync())["isPublished"]!.GetValue<bool>());

        await studio.Run.ClickAsync();
        await studio.Page.WaitForURLAsync("**/workflows/instances/*/view");
        var answer = await studio.Page.APIRequest.GetAsync(new Uri(host.Url, $"/elsa/api/workflow-instances/{new Uri(studio.Page.Url).Segments[^2].Trim('/')}").AbsoluteUri);
        var ran = JsonNode.Parse(await answer.TextAsync())!;
        Assert.Equal(("Finished", "five!"), (ran["subStatus"]!.GetValue<string>(), ran["workflowState"]!["output"]!["Output1"]?.GetValue<string>()));
        Assert.Equal("Elsa.SetOutput", Branch(drawn)!["type"]!.GetValue<string>());
    }

    private static async Task DrawAsync(StudioCanvas studio)
    {
        await studio.AddVariableAsync("Variable1");
        await studio.AddOutputAsync("Output1");
        await studio.DropAsync("Scripting", "Run JavaScript", 400, 60);
        await studio.WriteAsync("'fi' + 've'");
        await studio.UntilStoredAsync("the script", stored => Step(stored, "Elsa.RunJavaScript")?["script"]?["expression"]?["value"]?.GetValue<string>() == "'fi' + 've'");
        await studio.OpenTabAsync("Output");
        await studio.ChooseAsync("Result", "Variable1");
        await studio.UntilStoredAsync("where the result goes", stored =>
            Step(stored, "Elsa.RunJavaScript")?["result"]?["memoryReference"]?["id"]?.GetValue<string>() == stored["variables"]![0]!["id"]!.GetValue<string>());

        await studio.DropAsync("Branching", "Switch", 80, 250);
        await studio.AddLineAsync("Add case", "Five", "getVariable1() === 'five'");
        await studio.UntilStoredAsync("the case", stored => Step(stored, "Elsa.Switch")?["cases"] is JsonArray { Count: 1 });
        await studio.EnterBranchAsync("Five");
        await studio.DropAsync("Composition", "Set output", 300, 100);
        await studio.ChooseAsync("Output", "Output 1");
        await studio.WriteAsync("getVariable1() + '!'");
        await studio.UntilStoredAsync("the step in the branch", stored => Branch(stored) is { } step
            && step["outputName"]?["expression"]?["value"]?.GetValue<string>() == "Output1" && step["outputValue"]?["expression"]?["value"]?.GetValue<string>() == "getVariable1() + '!'");

        await studio.LeaveBranchAsync();
        await studio.ConnectAsync("Start", "Done", "RunJavaScript1");
        await studio.ConnectAsync("RunJavaScript1", "Done", "Switch1");
        await studio.UntilStoredAsync("both connections", stored => stored["root"]!["connections"] is JsonArray { Count: 2 } && Branch(stored) is not null);
    }

    private async Task ApproveAsync(string name)
    {
        var second = await host.SignInAsync("Imran Siddiqui", "/designer/publications");
        await second.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).First.ClickAsync();
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve and publish" }).ClickAsync();
        await second.GetByText("is published.").First.WaitForAsync();
    }

    private static JsonObject? Step(JsonObject stored, string type) =>
        stored["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).FirstOrDefault(step => step["type"]!.GetValue<string>() == type);

    private static JsonObject? Branch(JsonObject stored) => (Step(stored, "Elsa.Switch")?["cases"]?[0]?["activity"]?["activities"] as JsonArray)?.FirstOrDefault()?.AsObject();
}
