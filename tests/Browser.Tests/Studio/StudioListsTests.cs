using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Assize.Browser.Tests.Studio;

/// <summary>Stock Studio's lists, worked as people do.</summary>
public sealed class StudioListsTests(WholeHost host)
{
    [Theory]
    [InlineData("Updated", "updatedAt")]
    [InlineData("Name", "name")]
    public async Task Instances_AreOrderedByTheColumnThatIsPressed(string column, string member)
    {
        var page = await OpenAsync("/designer/workflows/instances");

        var up = await AnsweredAsync(page, column, "POST", "/workflow-instances");

        Assert.True(up.Count > 1);
        Assert.Equal(up.Select(row => Said(row, member)).Order(StringComparer.Ordinal), up.Select(row => Said(row, member)));
    }

    [Fact]
    public async Task Definitions_AreOrderedByTheColumnThatIsPressed_AndSayWhatTheyAreFor()
    {
        var page = await OpenAsync("/designer/workflows/definitions");

        var rows = await AnsweredAsync(page, "Latest version", "GET", "/workflow-definitions");

        Assert.Equal(rows.Select(row => row["version"]!.GetValue<int>()).Order(), rows.Select(row => row["version"]!.GetValue<int>()));
        Assert.Contains(rows, row => row["description"] is not null);
        await page.KeepAsync("studio-definitions");
    }

    [Fact]
    public async Task Definitions_OfAZip_AreTakenIn_ExportedTogether_AndDeleted()
    {
        var page = await OpenAsync("/designer/workflows/definitions");
        var mark = Guid.NewGuid().ToString("n")[..12];

        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await page.Locator(".mud-table-toolbar .mud-button-group-root .mud-menu button").ClickAsync();
            await ChooseAsync(page, "Import");
        });
        await chooser.SetFilesAsync(new FilePayload { Name = "drawn.zip", MimeType = "application/zip", Buffer = Zip(mark) });
        await SearchAsync(page, mark, 2);
        foreach (var box in await page.Locator("tbody input[type=checkbox]").AllAsync())
        {
            await box.CheckAsync();
        }

        await BulkAsync(page, "Export");
        var download = await page.RunAndWaitForDownloadAsync(() => ConfirmAsync(page, "Export"));
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal([$"listed-a-{mark}-1.json", $"listed-b-{mark}-1.json"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));

        await page.Locator("tbody tr").First.Locator(".mud-menu button").ClickAsync();
        await ChooseAsync(page, "Delete");
        await ConfirmAsync(page, "Delete");
        await Assertions.Expect(page.Locator("tbody input[type=checkbox]")).ToHaveCountAsync(1);
        await page.KeepAsync("studio-definitions-of-a-zip");
        await page.Locator("tbody input[type=checkbox]").SetCheckedAsync(true);
        await BulkAsync(page, "Delete");
        await ConfirmAsync(page, "Delete");
        await Assertions.Expect(page.Locator("tbody input[type=checkbox]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Instances_AreShownByTheRowsOfAPage_AndNoneIsTakenInFromAFile()
    {
        var page = await OpenAsync("/designer/workflows/instances");

        await page.Locator(".mud-table-pagination-select .mud-select-input").First.ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => ChooseAsync(page, "25"),
            one => one.Request.Method == "POST" && one.Url.EndsWith("/workflow-instances", StringComparison.Ordinal) && one.Request.PostData!.Contains("\"pageSize\":25", StringComparison.Ordinal));
        var rows = JsonNode.Parse(await answer.TextAsync())!["items"]!.AsArray().Count;
        Assert.True(rows > 1, $"Expected rows, but they are {await answer.TextAsync()} to {answer.Request.PostData}");
        await Assertions.Expect(page.Locator("tbody input[type=checkbox]")).ToHaveCountAsync(rows);

        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await page.Locator(".mud-table-toolbar .mud-menu").Filter(new LocatorFilterOptions { HasTextRegex = new System.Text.RegularExpressions.Regex(@"^\s*Actions\s*$") }).GetByRole(AriaRole.Button).ClickAsync();
            await ChooseAsync(page, "Import");
        });
        await chooser.SetFilesAsync(new FilePayload { Name = "instance.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await Assertions.Expect(page.Locator("#assize-said")).ToContainTextAsync("none is taken in from a file");
        await Assertions.Expect(page.Locator("tbody input[type=checkbox]")).ToHaveCountAsync(rows);
        await page.KeepAsync("studio-instances-from-a-file");
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await host.SignInAsync("Clare Osborne", path);
        await page.Locator("tbody tr").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 180_000 });
        return page;
    }

    private static async Task<List<JsonNode>> AnsweredAsync(IPage page, string column, string method, string route)
    {
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.Locator(".mud-table-sort-label").Filter(new LocatorFilterOptions { HasTextRegex = new System.Text.RegularExpressions.Regex($"^\\s*{column}\\s*$") }).ClickAsync(),
            one => one.Request.Method == method && new Uri(one.Url).AbsolutePath.EndsWith(route, StringComparison.Ordinal)
                && (one.Url + one.Request.PostData).Replace('+', ' ').Contains(method == "POST" ? $"\"orderBy\":\"{column}\"" : $"OrderBy={column}", StringComparison.Ordinal));
        return [.. JsonNode.Parse(await answer.TextAsync())!["items"]!.AsArray().Select(row => row!)];
    }

    private static string Said(JsonNode row, string member) => row[member]?.ToString() ?? "";

    private static Task ChooseAsync(IPage page, string item) => page.Locator(".mud-popover-open").GetByText(item, new LocatorGetByTextOptions { Exact = true }).ClickAsync();

    private static Task ConfirmAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

    private static async Task BulkAsync(IPage page, string item)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Bulk actions" }).ClickAsync();
        await ChooseAsync(page, item);
    }

    private static async Task SearchAsync(IPage page, string term, int rows)
    {
        await page.Locator(".mud-table-toolbar input[type=text]").First.FillAsync(term);
        await Assertions.Expect(page.Locator("tbody input[type=checkbox]")).ToHaveCountAsync(rows);
    }

    /// <summary>Two workflows as Studio exports them.</summary>
    private static byte[] Zip(string mark)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["a", "b"])
            {
                using var entry = zip.CreateEntry($"{name}.json").Open();
                entry.Write(System.Text.Encoding.UTF8.GetBytes($$$"""
                    {"$schema":"https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json","definitionId":"listed-{{{name}}}-{{{mark}}}","name":"Listed {{{name}}} {{{mark}}}","version":1,
                    "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"name":"Flowchart","start":"start","activities":[{"id":"start","type":"Elsa.Start","version":1,"name":"Start"}],"connections":[]}}
                    """));
            }
        }

        return file.ToArray();
    }
}
