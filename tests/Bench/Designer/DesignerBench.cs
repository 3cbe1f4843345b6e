using System.Diagnostics;
using System.Text.Json.Nodes;
using Assize.Bench.Journey;
using Assize.TestKit;
using Assize.TestKit.Databases;
using Assize.Workflows.Storage;
using Microsoft.Playwright;

namespace Assize.Bench.Designer;

/// <summary>How long process owners wait: for the editor, for a save, for a verdict, for a publication elsewhere, for a step in the viewer. On PostgreSQL.</summary>
internal sealed class DesignerBench(TextWriter output)
{
    public async Task RunAsync(int rounds, int versions)
    {
        await using var server = await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=150");
        await BrowseAsync(server, async (studio, host) =>
        {
            await FirstNodeAsync(studio, host, rounds);
            await ViewerAsync(studio, host, rounds);
            await AutosaveAsync(studio, server.ConnectionString("designer"), rounds * 20, versions);
        });
        await using var database = await VerifyAsync(server, rounds * 10);
        output.WriteLine(new Figure("publication, until a second host takes it: slowest", 1000 * (await new PublicationBench(database).RunAsync(rounds * 2)).Max(), "ms", "<= 1000"));
    }

    /// <summary>The viewer alone.</summary>
    public async Task ViewAsync(int rounds)
    {
        await using var server = await PostgresServer.StartAsync("shared_buffers=256MB", "max_connections=150");
        await BrowseAsync(server, (studio, host) => ViewerAsync(studio, host, rounds));
    }

    private static async Task BrowseAsync(PostgresServer server, Func<StudioBrowser, Uri, Task> measure)
    {
        await server.ExecuteAsync("CREATE DATABASE designer");
        var folder = Directory.CreateTempSubdirectory("assize-bench-designer-");
        using (var host = await HostProcess.StartAsync(folder.FullName, server.ConnectionString("designer")))
        {
            var (driver, chromium) = await StudioBrowser.LaunchAsync();
            using (driver)
            {
                await measure(new StudioBrowser(chromium, host.HostUrl), host.HostUrl);
                await chromium.CloseAsync();
            }
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Verification alone, which needs no browser.</summary>
    public async Task VerifyAsync(int definitions)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await VerifyAsync(server, definitions);
    }

    private async Task<BenchDatabase> VerifyAsync(PostgresServer server, int definitions)
    {
        var database = await BenchDatabase.CreateAsync(server, "verified");
        await new VerificationBench(database, output).RunAsync(definitions);
        return database;
    }

    private async Task FirstNodeAsync(StudioBrowser studio, Uri host, int rounds)
    {
        await using var bare = await BareStudio.StartAsync();
        const string Path = "/designer/workflows/mags-charged";
        var recording = await studio.SignInAsync();
        await recording.RouteAsync("**/*", bare.KeepAsync);
        await StudioBrowser.FirstNodeAsync(recording, new Uri(host, Path));
        await recording.UnrouteAllAsync(new PageUnrouteAllOptions { Behavior = UnrouteBehavior.Wait });
        List<double> ours = [], floor = [];
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await OnceAsync(await studio.SignInAsync(), new Uri(host, Path)));
            floor.Add(await OnceAsync(await studio.StrangerAsync(), new Uri(bare.Url, Path)));
        }

        output.WriteLine(new Figure("first step on the canvas, nothing cached: median", Figure.Median(ours), "s"));
        output.WriteLine(new Figure("the same from a bare server of files and kept answers", Figure.Median(floor), "s"));
        output.WriteLine(new Figure("first step, times the bare server", Figure.Median(ours) / Figure.Median(floor), "times", "<= 1.2"));
    }

    private static async Task<double> OnceAsync(IPage page, Uri address)
    {
        var seconds = await StudioBrowser.FirstNodeAsync(page, address);
        await page.Context.CloseAsync();
        return seconds;
    }

    private async Task ViewerAsync(StudioBrowser studio, Uri host, int rounds)
    {
        var page = await studio.SignInAsync();
        List<double> taken = [];
        for (var round = 0; round < rounds; round++)
        {
            var id = await studio.BeginAsync(page, $"Watched {Guid.NewGuid():n}");
            var model = (await studio.AskAsync(page, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest"))!.AsObject();
            model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{"id":"wait","type":"Assize.AwaitEvent","version":1,"name":"Wait","eventName":{"typeName":"String","expression":{"type":"Literal","value":"bench.goes-on"}}}"""));
            model["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"start","port":"Done"},"target":{"activity":"wait","port":"In"}}"""));
            await studio.AskAsync(page, "/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = false });
            await StudioBrowser.FirstNodeAsync(page, new Uri(host, $"/designer/workflows/{id}"));
            await page.Locator(".mud-toolbar > .mud-tooltip-root").Last.Locator("button").ClickAsync();
            await page.WaitForURLAsync("**/workflows/instances/*/view");
            var answer = page.Locator("#assize-practice").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Let it happen" }).First;
            await answer.WaitForAsync();
            var done = page.Locator("g.x6-node").Filter(new LocatorFilterOptions { HasText = "Wait" }).Locator(".mud-theme-success");
            await page.Locator("g.x6-node").Filter(new LocatorFilterOptions { HasText = "Wait" }).Locator(".mud-badge").First.WaitForAsync();
            var began = Stopwatch.GetTimestamp();
            await answer.ClickAsync();
            await done.First.WaitForAsync();
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        output.WriteLine($"viewer, one after the other: {string.Join(", ", taken.Select(x => $"{x:0}"))} ms");
        output.WriteLine(new Figure("viewer, from an answer to its badge: median", Figure.Median(taken), "ms"));
        output.WriteLine(new Figure("viewer, from an answer to its badge: slowest", taken.Max(), "ms", "<= 1000"));
    }

    private async Task AutosaveAsync(StudioBrowser studio, string connectionString, int saves, int versions)
    {
        await StoreAsync(connectionString, versions);
        var page = await studio.SignInAsync();
        var id = await studio.BeginAsync(page, $"Saved {Guid.NewGuid():n}");
        var drawn = (await studio.AskAsync(page, "/workflow-definitions/by-definition-id/mags-charged?versionOptions=Published"))!["root"]!;
        List<double> taken = [], palette = [];
        // The first ones are compiled, and do not count.
        for (var save = -saves / 5; save < saves; save++)
        {
            var model = (await studio.AskAsync(page, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest"))!.AsObject();
            // Each save follows the one before, as Studio's do: the draft carries its revision.
            var custom = model["root"]!["customProperties"]!.DeepClone();
            custom["save"] = save;
            model["root"] = drawn.DeepClone();
            model["root"]!["customProperties"] = custom;
            var saved = await TimedAsync(() => studio.AskAsync(page, "/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = false }));
            var read = await TimedAsync(() => studio.AskAsync(page, "/descriptors/activities?Refresh=True"));
            if (save >= 0)
            {
                taken.Add(saved);
                palette.Add(read);
            }
        }

        output.WriteLine(new Figure($"autosave, {versions} versions stored: 95 of 100", At(taken, 95), "ms", "<= 50"));
        output.WriteLine(new Figure("the palette after it: 95 of 100", At(palette, 95), "ms"));
    }

    private static async Task<double> TimedAsync(Func<Task> done)
    {
        var began = Stopwatch.GetTimestamp();
        await done();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task StoreAsync(string connectionString, int versions)
    {
        await using var database = CaseDatabase.Open(connectionString, "");
        await using var db = database.CreateDbContext();
        var text = await File.ReadAllTextAsync(Repository.PathOf("definitions/intake/1.json"));
        for (var version = 0; version < versions; version++)
        {
            var json = JsonNode.Parse(text)!.AsObject();
            (json["definitionId"], json["name"], json["version"]) = ($"stored-{version / 10}", $"Stored {version / 10}", (version % 10) + 1);
            await PublishedVersions.PublishAsync(db, json.ToJsonString(), "bench", Product.Start, Product.Start, CancellationToken.None);
        }
    }

    internal static double At(List<double> values, int percent) => values.Order().ElementAt(Math.Min(values.Count - 1, values.Count * percent / 100));
}
