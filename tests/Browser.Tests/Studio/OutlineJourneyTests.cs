using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>A workflow drawn, asked for and approved by people who have a keyboard and no script; the designer then opens the same draft.</summary>
public sealed class OutlineJourneyTests(WholeHost host)
{
    [Fact]
    public async Task TwoPeople_WithTheKeyboardAlone_DrawPublishGoBackExportImport_WatchItRun_AndTheCanvasShowsItApart()
    {
        var page = await host.SignInAsync("Clare Osborne", "/designer", script: false);
        var keys = new Keys(page);
        var name = $"Typed {Guid.NewGuid():n}"[..14];
        await keys.TypeAsync("Name", name);
        await keys.PressAsync(AriaRole.Button, "Begin in the outline");
        var id = new Uri(page.Url).Segments[^1];

        await AddAsync(page, keys, "add a step here: Start", "Look at it", "Assize.CaseTask");
        await Assertions.Expect(page.GetByText("Wrong:").First).ToBeVisibleAsync();
        await keys.ChooseAsync("Agency", "Prosecutor");
        await keys.ChooseAsync("Role", "Reviewing lawyer");
        await keys.TypeAsync("Title", "Look at it");
        await keys.TypeAsync("Form", "second-review");
        await keys.TypeAsync("Outcomes", "Continue\nStop");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        await Assertions.Expect(page.GetByText("Wrong:")).ToHaveCountAsync(0);

        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await AddAsync(page, keys, "add a step here: Look at it, Continue", "Say so", "Elsa.WriteLine");
        await keys.TypeAsync("Text", "seen");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await AddAsync(page, keys, "add a step here: Say so", "Over", "Elsa.End");
        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await keys.PressAsync(AriaRole.Link, "lead it somewhere: Look at it, Stop");
        await keys.ChooseAsync("It leads to", await page.Locator("option").Filter(new LocatorFilterOptions { HasText = "Over" }).InnerTextAsync());
        await keys.PressAsync(AriaRole.Button, "Save");
        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await Assertions.Expect(page.GetByText("Nothing is wrong with it.")).ToBeVisibleAsync();
        await page.KeepAsync("outline-typed");

        await AssertApartAsync(id);
        await keys.TypeAsync("What changed, and why (optional)", "A first version.");
        await keys.PressAsync(AriaRole.Button, "Ask for publication");
        await ApproveAsync(name);
        await page.GotoAsync(new Uri(host.Url, $"/designer/versions/{id}").AbsoluteUri);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Asked for by Clare Osborne, approved by Imran Siddiqui.", new() { UseInnerText = true });
        await Assertions.Expect(page.GetByText("A first version.")).ToBeVisibleAsync();

        await ChangeAndApproveAsync(page, keys, id, name);
        await RollBackAsync(page, keys);
        await ExportAndImportAsync(page, keys, id);
        await WatchAsync(page, keys, id);
    }

    [Fact]
    public async Task Fields_OfEveryKind_AreFilledInByKeyboard_AndStoredAsTheyWere()
    {
        var page = await host.SignInAsync("Clare Osborne", "/designer", script: false);
        var keys = new Keys(page);
        await keys.TypeAsync("Name", $"Keyed {Guid.NewGuid():n}"[..14]);
        await keys.PressAsync(AriaRole.Button, "Begin in the outline");
        var id = new Uri(page.Url).Segments[^1];
        await keys.PressAsync(AriaRole.Link, "Name, variables, inputs and outputs");
        await keys.TypeAsync("#variable-1-name", "Count");
        await keys.PressAsync(AriaRole.Button, "Save the workflow");

        await AddAsync(page, keys, "add a step here: Start", "Look at it", "Assize.CaseTask");
        await keys.ChooseAsync("Agency", "Prosecutor");
        await keys.TypeAsync("Instructions", "Read it.\nDecide.");
        await keys.TypeAsync("Outcomes", "Continue\nStop");
        await keys.TickAsync(page.Locator("input[name='in-statutory']"));
        await keys.UnfoldAsync("Compute it instead: Title");
        await keys.ChooseAsync("How Title is given", "By the JavaScript below");
        await keys.TypeAsync("Script or template for Title", "'Look ' + 'at it'");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        var task = Step(await StoredAsync(page, id), "Assize.CaseTask")!;
        Assert.Equal(
            ("prosecutor", "Read it.\nDecide.", "[\"Continue\",\"Stop\"]", "True", "'Look ' + 'at it'", "JavaScript"),
            (Value(task, "agency"), Value(task, "instructions"), Value(task, "outcomes"), Value(task, "statutory"), Value(task, "title"), task["title"]!["expression"]!["type"]!.GetValue<string>()));

        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await AddAsync(page, keys, "add a step here: Look at it, Continue", "Count it", "Elsa.SetVariable");
        await keys.ChooseAsync("Variable", "Count");
        await keys.ChooseAsync("How Value is given", "JavaScript");
        await keys.TypeAsync("Value", "1 + 1");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        var set = Step(await StoredAsync(page, id), "Elsa.SetVariable")!;
        Assert.Equal(("Count", "1 + 1"), (set["variable"]!["name"]!.GetValue<string>(), Value(set, "value")));

        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await AddAsync(page, keys, "add a step here: Count it", "Go on", "Elsa.DispatchWorkflow");
        await keys.ChooseAsync("Workflow", "Intake of a prosecution");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        Assert.Equal("intake", Value(Step(await StoredAsync(page, id), "Elsa.DispatchWorkflow"), "workflowDefinitionId"));
    }

    private async Task ChangeAndApproveAsync(IPage page, Keys keys, string id, string name)
    {
        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await keys.PressAsync(AriaRole.Link, "Look at it");
        await keys.TypeAsync("Title of the step", "Look again");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await keys.PressAsync(AriaRole.Button, "Ask for publication");
        await ApproveAsync(name);
    }

    private static async Task RollBackAsync(IPage page, Keys keys)
    {
        await page.ReloadAsync();
        await keys.PressAsync(AriaRole.Link, "Versions");
        await keys.PressAsync(AriaRole.Button, "Draw on from this version 1");
        await keys.PressAsync(AriaRole.Link, "Go on in the outline");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Draft of version 3", new() { UseInnerText = true });
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Look at it", Exact = true })).ToHaveCountAsync(1);
    }

    // What was saved as a file comes back as it was; what is changed in it comes in.
    private static async Task ExportAndImportAsync(IPage page, Keys keys, string id)
    {
        var saved = await keys.SaveAsync("Save it as a file");
        await TakeInAsync(page, keys, saved);
        Assert.Equal(Content(saved), Content(await keys.SaveAsync("Save it as a file")));

        var changed = Encoding.UTF8.GetString(saved).Replace("Look at it", "By import", StringComparison.Ordinal);
        await TakeInAsync(page, keys, Encoding.UTF8.GetBytes(changed));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "By import", Exact = true })).ToHaveCountAsync(1);
        Assert.Equal("By import", Value(Step(await StoredAsync(page, id), "Assize.CaseTask"), "title"));
        await page.KeepAsync("outline-imported");
    }

    private static async Task TakeInAsync(IPage page, Keys keys, byte[] file)
    {
        await keys.PressAsync(AriaRole.Link, "Bring in a file");
        await keys.TakeAsync("A JSON file that becomes the draft.", new FilePayload { Name = "drawn.json", MimeType = "application/json", Buffer = file });
        await keys.PressAsync(AriaRole.Button, "Bring it in");
        await page.GetByText("The draft says what the file says.").WaitForAsync();
    }

    // Where it stands is said and drawn before and after the answer; a second process owner who has the page open sees it move.
    private async Task WatchAsync(IPage page, Keys keys, string id)
    {
        await page.GotoAsync(new Uri(host.Url, $"/designer/outline/{id}").AbsoluteUri);
        await keys.PressAsync(AriaRole.Button, "Try it with a practice case");
        var practice = new Uri(page.Url).AbsolutePath;
        var second = await host.SignInAsync("Imran Siddiqui", practice, script: false);
        foreach (var shown in (IPage[])[page, second])
        {
            await Assertions.Expect(shown.Locator("main")).ToContainTextAsync("Stands at: By import", new() { UseInnerText = true });
            await Assertions.Expect(shown.Locator(".assize-process .here")).ToHaveCountAsync(1);
        }

        await page.KeepAsync("outline-practice");
        await keys.PressAsync(AriaRole.Button, "Stop: By import");
        if (await page.Locator("#practice-waits textarea").CountAsync() > 0)
        {
            await keys.TypeAsync("Your reasons", "It was looked at.");
            await keys.PressAsync(AriaRole.Button, "Stop");
        }

        await new Keys(second).PressAsync(AriaRole.Link, "Look again where it stands");
        foreach (var shown in (IPage[])[page, second])
        {
            await Assertions.Expect(shown.Locator("main")).ToContainTextAsync("It has ended.", new() { UseInnerText = true });
            await Assertions.Expect(shown.Locator(".assize-process .here")).ToHaveCountAsync(0);
        }

        await page.KeepAsync("outline-practice-ended");
        await keys.PressAsync(AriaRole.Link, "Outline");
        await keys.PressAsync(AriaRole.Link, "Cases that run on it");
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("Ended", new() { UseInnerText = true });
        await page.KeepAsync("outline-cases");
    }

    private static async Task<JsonObject> StoredAsync(IPage page, string id)
    {
        var answer = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), $"/designer/versions/{id}?handler=file").AbsoluteUri);
        return JsonNode.Parse(await answer.TextAsync())!.AsObject();
    }

    private static JsonObject? Step(JsonObject stored, string type) =>
        stored["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).FirstOrDefault(step => step["type"]!.GetValue<string>() == type);

    private static string? Value(JsonObject? step, string member) => step?[member]?["expression"]?["value"]?.GetValue<string>();

    // But for the revision, which the server counts.
    private static string Content(byte[] file)
    {
        var json = JsonNode.Parse(file)!.AsObject();
        json["root"]!["customProperties"]!.AsObject().Remove("revision");
        return json.ToJsonString();
    }

    private static async Task AddAsync(IPage page, Keys keys, string link, string title, string kind)
    {
        await keys.PressAsync(AriaRole.Link, link);
        await keys.TypeAsync("Title of the step", title);
        await keys.PickAsync("type", kind);
        await keys.PressAsync(AriaRole.Button, "Add the step");
        await page.GetByText("The step is added.").WaitForAsync();
    }

    private async Task ApproveAsync(string name)
    {
        var page = await host.SignInAsync("Imran Siddiqui", "/designer", script: false);
        var keys = new Keys(page);
        await keys.PressAsync(AriaRole.Link, "Publications");
        await keys.PressAsync(AriaRole.Link, name);
        await keys.PressAsync(AriaRole.Button, "Approve and publish");
        await Assertions.Expect(page.GetByText("is published.")).ToBeVisibleAsync();
    }

    /// <summary>No two steps lie over each other on the canvas of the designer.</summary>
    private async Task AssertApartAsync(string id)
    {
        var page = await host.SignInAsync("Clare Osborne", $"/designer/workflows/{id}");
        await page.SetViewportSizeAsync(1600, 1000);
        await Assertions.Expect(page.Locator("elsa-activity-wrapper .activity-label")).ToHaveCountAsync(4, new LocatorAssertionsToHaveCountOptions { Timeout = 180_000 });
        var boxes = await page.EvaluateAsync<double[][]>(
            "() => [...document.querySelectorAll('g.x6-node > rect')].map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.right, b.bottom]; })");
        await page.KeepAsync("outline-on-the-canvas");

        Assert.Equal(4, boxes.Length);
        for (var one = 0; one < boxes.Length; one++)
        {
            for (var other = one + 1; other < boxes.Length; other++)
            {
                Assert.True(
                    boxes[one][2] <= boxes[other][0] || boxes[other][2] <= boxes[one][0] || boxes[one][3] <= boxes[other][1] || boxes[other][3] <= boxes[one][1],
                    $"Expected the steps to lie apart, but {string.Join(", ", boxes[one])} and {string.Join(", ", boxes[other])} overlap.");
            }
        }

        await page.Context.CloseAsync();
    }
}
