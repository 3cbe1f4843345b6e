using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>Process owners in the stock editor, from the first step drawn to a practice case that runs on it.</summary>
public sealed class StudioJourneyTests(WholeHost host)
{
    [Fact]
    public async Task TwoPeople_DrawPublishGoBackExportImport_AndWatchItRun()
    {
        var studio = new StudioCanvas(await host.SignInAsync("Clare Osborne", "/designer"), host.Url);
        var second = await host.SignInAsync("Imran Siddiqui", "/designer");
        var name = $"Drawn {Guid.NewGuid():n}"[..14];
        await studio.BeginAsync(name);

        await DrawAsync(studio);
        await PublishAsync(studio);
        await ApproveAsync(second, name);

        await studio.OpenAsync();
        await studio.SelectAsync("CaseTask1");
        await studio.TypeAsync("Title", "Look again");
        await studio.UntilStoredAsync("the new title", stored => stored["version"]!.GetValue<int>() == 2 && Value(Step(stored, "Assize.CaseTask"), "title") == "Look again");
        await PublishAsync(studio);
        await ApproveAsync(second, name);

        await studio.OpenAsync();
        await RollBackAsync(studio);
        var exported = await ExportAsync(studio);
        await ImportAsync(studio, exported, "By import");

        await RunAsync(studio);
    }

    [Fact]
    public async Task Fields_OfThePalette_AreStoredAsTheyWereFilledIn()
    {
        var studio = new StudioCanvas(await host.SignInAsync("Clare Osborne", "/designer"), host.Url);
        await studio.BeginAsync($"Fields {Guid.NewGuid():n}"[..15]);

        await studio.DropAsync("Assize: tasks", "Case task", 400, 60);
        await studio.ChooseAsync("Agency", "Prosecutor");
        await studio.TypeAsync("Title", "Look at it");
        await studio.TypeAsync("Instructions", "Read it.\nDecide.");
        await studio.EnterAsync("Outcomes", "Continue");
        await studio.EnterAsync("Outcomes", "Stop");
        await studio.TickAsync("Statutory");
        await studio.UntilStoredAsync("the task", stored => Step(stored, "Assize.CaseTask") is { } task
            && (Value(task, "agency"), Value(task, "title"), Value(task, "instructions"), Value(task, "outcomes"), Value(task, "statutory"))
                == ("prosecutor", "Look at it", "Read it.\nDecide.", "[\"Continue\",\"Stop\"]", "True"));

        await studio.AddVariableAsync("Variable1");
        await studio.DropAsync("Primitives", "Set variable", 650, 250);
        await studio.ChooseAsync("Variable", "Variable1");
        await studio.WriteAsync("1 + 1");
        await studio.UntilStoredAsync("the variable and the expression", stored => Step(stored, "Elsa.SetVariable") is { } set
            && set["variable"]?["name"]?.GetValue<string>() == "Variable1" && Value(set, "value") == "1 + 1" && set["value"]!["expression"]!["type"]!.GetValue<string>() == "JavaScript");

        await studio.DropAsync("Scripting", "Run JavaScript", 80, 400);
        await studio.WriteAsync("setOutcome('Far')");
        await studio.UntilStoredAsync("the script", stored => Step(stored, "Elsa.RunJavaScript") is { } script && Value(script, "script") == "setOutcome('Far')");

        await studio.DropAsync("Composition", "Dispatch workflow", 400, 420);
        await studio.ChooseAsync("Workflow", "Intake of a prosecution");
        await studio.UntilStoredAsync("the workflow", stored => Step(stored, "Elsa.DispatchWorkflow") is { } dispatch && Value(dispatch, "workflowDefinitionId") == "intake");

        await studio.DropAsync("Composition", "Complete", 700, 60);
        await studio.EnterAsync("Outcomes", "Over");
        await studio.UntilStoredAsync("the outcome", stored => Step(stored, "Elsa.Complete") is { } complete && Value(complete, "outcomes") == "[\"Over\"]");
        Assert.False(await studio.Page.Locator("#blazor-error-ui").IsVisibleAsync());
    }

    private static async Task DrawAsync(StudioCanvas studio)
    {
        await studio.DropAsync("Assize: tasks", "Case task", 450, 60);
        await studio.ChooseAsync("Agency", "Prosecutor");
        await studio.ChooseAsync("Role", "Reviewing lawyer");
        await studio.TypeAsync("Title", "Look at it");
        await studio.ChooseAsync("Form", "second-review");
        await studio.EnterAsync("Outcomes", "Continue");
        await studio.UntilStoredAsync("the task", stored => Value(Step(stored, "Assize.CaseTask"), "outcomes") == "[\"Continue\"]");
        await studio.DropAsync("Primitives", "End", 650, 380);
        await studio.ConnectAsync("Start", "Done", "CaseTask1");
        await studio.ConnectAsync("CaseTask1", "Continue", "End1");
        await studio.UntilStoredAsync("both connections", stored => stored["root"]!["connections"] is JsonArray { Count: 2 });
    }

    private static async Task PublishAsync(StudioCanvas studio)
    {
        await studio.Publish.ClickAsync();
        await studio.Page.Locator(".mud-snackbar").GetByText("waits for another process owner").First.WaitForAsync();
    }

    private async Task ApproveAsync(IPage second, string name)
    {
        await second.GotoAsync(new Uri(host.Url, "/designer/publications").AbsoluteUri);
        await second.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name }).First.ClickAsync();
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Approve and publish" }).ClickAsync();
        await second.GetByText("is published.").WaitForAsync();
    }

    private static async Task RollBackAsync(StudioCanvas studio)
    {
        await studio.Page.GetByText("Version history").First.ClickAsync();
        var first = studio.Page.Locator("tr").Filter(new LocatorFilterOptions { HasTextRegex = new System.Text.RegularExpressions.Regex(@"^\s*1\s") });
        await first.Locator("button").Last.ClickAsync();
        await studio.Page.Locator(".mud-popover-open").GetByText("Rollback to this version").ClickAsync();
        await studio.UntilStoredAsync("a draft of version 3 that says what version 1 said", stored =>
            stored["version"]!.GetValue<int>() == 3 && Value(Step(stored, "Assize.CaseTask"), "title") == "Look at it");
    }

    private static async Task<JsonObject> ExportAsync(StudioCanvas studio)
    {
        await studio.OpenAsync();
        await studio.OpenMenuAsync("Export");
        var download = await studio.Page.RunAndWaitForDownloadAsync(
            () => studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Export" }).ClickAsync());
        return JsonNode.Parse(await File.ReadAllTextAsync(await download.PathAsync()))!.AsObject();
    }

    private static async Task ImportAsync(StudioCanvas studio, JsonObject exported, string title)
    {
        Step(exported, "Assize.CaseTask")!["title"]!["expression"]!["value"] = title;
        var chooser = await studio.Page.RunAndWaitForFileChooserAsync(() => studio.OpenMenuAsync("Import"));
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "drawn.json",
            MimeType = "application/json",
            Buffer = System.Text.Encoding.UTF8.GetBytes(exported.ToJsonString()),
        });
        await studio.UntilStoredAsync("what the file says", stored => Value(Step(stored, "Assize.CaseTask"), "title") == title);
    }

    // The viewer is never reloaded: what it shows comes as it happens.
    private static async Task RunAsync(StudioCanvas studio)
    {
        await studio.OpenAsync();
        await studio.Run.ClickAsync();
        await studio.Page.WaitForURLAsync("**/workflows/instances/*/view");
        await studio.ShownAsync();
        var end = studio.Node("End1").Locator(".mud-badge");
        await Assertions.Expect(end).ToHaveCountAsync(0);

        var panel = studio.Page.Locator("#assize-practice");
        var goOn = panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Continue" }).First;
        await goOn.ClickAsync();
        await panel.GetByLabel("Your reasons").FillAsync("It was looked at.");
        await goOn.ClickAsync();
        await end.First.WaitForAsync();
        await studio.Page.KeepAsync("studio-viewer");
    }

    private static JsonObject? Step(JsonObject stored, string type) =>
        stored["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).FirstOrDefault(step => step["type"]!.GetValue<string>() == type);

    private static string? Value(JsonObject? step, string member) => step?[member]?["expression"]?["value"]?.GetValue<string>();
}
