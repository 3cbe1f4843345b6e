using System.Text.Json.Nodes;
using Assize.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>A definition that another server exported, with steps that are not known here, on the canvas of the stock editor and on the page that verifies it.</summary>
public sealed class StudioForeignTests(WholeHost host)
{
    private static readonly string[] s_known = ["Is anything urgent?", "Note it for later", "Ring back now?"];

    // By its type, or by the language of what is written in it.
    private static readonly (string Title, string What)[] s_missing =
        [("When the clinic calls", "Elsa.HttpEndpoint"), ("Answer", "Elsa.WriteHttpResponse"), ("Say who called", "CSharp"), ("Ring back", "CSharp")];

    [Fact]
    [LooksAt("/designer/verify/{definitionId}")]
    public async Task Export_OfAnotherServer_IsDrawnWhole_AndWhatCannotRunIsNamed()
    {
        var studio = new StudioCanvas(await host.SignInAsync("Clare Osborne", "/designer"), host.Url) { Id = $"clinic-{Guid.NewGuid():n}"[..14] };
        await studio.Page.SetViewportSizeAsync(1600, 1000);
        var sent = await ImportAsync(studio);

        await studio.OpenAsync();
        await Assertions.Expect(studio.Page.Locator("elsa-activity-wrapper")).ToHaveCountAsync(Steps(sent).Count);
        await Assertions.Expect(studio.Page.Locator("g.x6-edge")).ToHaveCountAsync(sent["root"]!["connections"]!.AsArray().Count);
        foreach (var title in s_known.Append("Say who called"))
        {
            await Assertions.Expect(studio.Node(title)).ToBeVisibleAsync();
        }

        foreach (var (title, type) in s_missing[..2])
        {
            await Assertions.Expect(studio.Node(title)).ToContainTextAsync(type);
        }

        await Assertions.Expect(studio.Node("Ring back now?").Locator(".embedded-port[data-port-name='Then']")).ToContainTextAsync("Ring back");
        await studio.CalmAsync();
        await studio.ShowWholeAsync();
        await studio.Page.KeepAsync("studio-foreign");
        await studio.SelectAsync("When the clinic calls");
        await studio.CalmAsync();
        await studio.Page.KeepAsync("studio-foreign-unknown");
        await Assertions.Expect(studio.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        Assert.True(JsonNode.DeepEquals(Steps(sent), Steps(await studio.StoredAsync())), "Expected what was looked at to be as it came, but it is not.");

        await VerifiedAsync(studio);
    }

    private async Task<JsonObject> ImportAsync(StudioCanvas studio)
    {
        var model = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("tests/Host.Tests/Designer/Exported/clinic-callback.json"), TestContext.Current.CancellationToken))!.AsObject();
        (model["definitionId"], model["name"]) = (studio.Id, studio.Id);
        var answer = await studio.Page.APIRequest.PostAsync(new Uri(host.Url, "/elsa/api/workflow-definitions/import").AbsoluteUri, new APIRequestContextOptions
        {
            DataString = model.ToJsonString(),
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["Sec-Fetch-Site"] = "same-origin" },
        });
        Assert.True(answer.Ok, await answer.TextAsync());
        return model;
    }

    private async Task VerifiedAsync(StudioCanvas studio)
    {
        await studio.Page.GotoAsync(new Uri(host.Url, $"/designer/verify/{studio.Id}").AbsoluteUri);
        await studio.Page.AssertCleanAsync();
        await studio.Page.KeepAsync("studio-foreign-verified");
        var said = await studio.Page.Locator("main li").AllInnerTextsAsync();
        foreach (var (title, what) in s_missing)
        {
            Assert.Contains(what, Assert.Single(said, line => line.Contains($"“{title}”", StringComparison.Ordinal)), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(said, line => s_known.Any(title => line.Contains($"“{title}”", StringComparison.Ordinal)));
    }

    private static JsonArray Steps(JsonObject definition) => definition["root"]!["activities"]!.AsArray();
}
