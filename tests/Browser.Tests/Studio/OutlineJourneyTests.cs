using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>A workflow drawn, asked for and approved by people who have a keyboard and no script; the designer then opens the same draft.</summary>
public sealed class OutlineJourneyTests(WholeHost host)
{
    [Fact]
    public async Task TwoPeople_WithTheKeyboardAlone_DrawAskAndApprove_AndTheCanvasShowsItApart()
    {
        var page = await host.SignInAsync("Clare Osborne", "/designer", script: false);
        var keys = new Keys(page);
        var name = $"Typed {Guid.NewGuid():n}"[..14];
        await keys.TypeAsync("Name", name);
        await keys.PressAsync(AriaRole.Button, "Begin in the outline");
        var id = new Uri(page.Url).Segments[^1];

        await AddAsync(page, keys, "add a step here: Start", "Look at it", "Assize.CaseTask");
        Assert.True(await page.GetByText("Wrong:").First.IsVisibleAsync());
        await keys.ChooseAsync("Agency", "Prosecutor");
        await keys.ChooseAsync("Role", "Reviewing lawyer");
        await keys.TypeAsync("Title", "Look at it");
        await keys.TypeAsync("Form", "initial-review");
        await keys.TypeAsync("Outcomes", "Continue\nStop");
        await keys.PressAsync(AriaRole.Button, "Save the step");
        Assert.Equal(0, await page.GetByText("Wrong:").CountAsync());

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
        Assert.True(await page.GetByText("Nothing is wrong with it.").IsVisibleAsync(), await page.Locator("main").InnerTextAsync());
        await page.KeepAsync("outline-typed");

        await AssertApartAsync(id);
        await keys.TypeAsync("What changed, and why (optional)", "A first version.");
        await keys.PressAsync(AriaRole.Button, "Ask for publication");
        await ApproveAsync(name);
        await page.GotoAsync(new Uri(host.Url, $"/designer/versions/{id}").AbsoluteUri);
        Assert.Contains("Asked for by Clare Osborne, approved by Imran Siddiqui.", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await page.GetByText("A first version.").IsVisibleAsync());
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
        Assert.True(await page.GetByText("is published.").IsVisibleAsync(), await page.Locator("main").InnerTextAsync());
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
