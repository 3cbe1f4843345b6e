using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>Tables of lines in the stock editor: what is written in them stands in the stored step, one line below the other.</summary>
public sealed class StudioLinesTests(WholeHost host)
{
    // A line waits until the editor is at rest, and on a busy machine that takes its time.
    private const float Patience = 240_000;

    [Fact]
    public async Task Cases_AreStoredOneBelowTheOther_AndTakenAway()
    {
        var studio = await BeginAsync("Cases");
        await studio.DropAsync("Branching", "Switch (flow)", 80, 250);

        await studio.AddLineAsync("Add case", "Guilty", "true");
        await studio.AddLineAsync("Add case", "Not guilty", "false");
        await studio.AddLineAsync("Add case", "Neither", "1 > 2");
        await studio.UntilStoredAsync("all three cases", stored => Cases(stored) is ["Guilty: true", "Not guilty: false", "Neither: 1 > 2"]);

        await studio.Page.Locator("tr").Filter(new LocatorFilterOptions { HasTextRegex = new Regex(@"^\s*Guilty") }).Locator("button").Last.ClickAsync();
        await studio.UntilStoredAsync("the cases that are left", stored => Cases(stored) is ["Not guilty: false", "Neither: 1 > 2"]);
    }

    [Fact]
    public async Task Entries_AreStoredOneBelowTheOther()
    {
        var studio = await BeginAsync("Entries");
        await studio.DropAsync("Composition", "Dispatch workflow", 400, 420);

        await studio.AddLineAsync("Add entry", "first", "1");
        await studio.AddLineAsync("Add entry", "second", "2");

        await studio.UntilStoredAsync("both entries", stored => Step(stored, "Elsa.DispatchWorkflow")?["input"]?["expression"]?["value"]?.GetValue<string>() is { } input
            && JsonNode.Parse(input) is JsonObject { Count: 2 } entries && entries.ContainsKey("first") && entries.ContainsKey("second"));
    }

    private async Task<StudioCanvas> BeginAsync(string name)
    {
        var studio = new StudioCanvas(await host.SignInAsync("Clare Osborne", "/designer"), host.Url);
        await studio.BeginAsync($"{name} {Guid.NewGuid():n}"[..14]);
        studio.Page.SetDefaultTimeout(Patience);
        return studio;
    }

    private static JsonObject? Step(JsonObject stored, string type) =>
        stored["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).FirstOrDefault(step => step["type"]!.GetValue<string>() == type);

    private static string[] Cases(JsonObject stored) =>
        [.. (Step(stored, "Elsa.FlowSwitch")?["cases"] as JsonArray ?? []).Select(one => $"{one!["label"]}: {one["condition"]!["value"]}")];
}
