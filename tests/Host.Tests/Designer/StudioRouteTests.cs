using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Tests.Designer.Outline;
using Assize.TestKit.Definitions;
using Assize.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>What stock Studio asks beside loading and saving: several at once, parts of a drawing, lists of a field, addresses of its own, files.</summary>
public sealed class StudioRouteTests(HostFixture host)
{
    [Fact]
    public async Task BulkDelete_TakesDraftsAway_AndSaysOfPublishedOnesThatTheyStay()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Deleted with others");

        var (status, body, said) = await TellAsync(owner, "/bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray(id, "intake") });
        var (gone, _) = await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");

        Assert.Equal((HttpStatusCode.OK, 1, HttpStatusCode.NotFound), (status, body!["deleted"]!.GetValue<int>(), gone));
        Assert.Contains("a published version is never deleted", said, StringComparison.Ordinal);
        Assert.Equal("intake", (await owner.LoadAsync("intake"))["definitionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task BulkDeleteOfVersions_TakesADraftAway_AndNoPublishedVersion()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("A version of many");

        var (_, body, said) = await TellAsync(owner, "/bulk-actions/delete/workflow-definitions/by-id", new JsonObject { ["ids"] = new JsonArray($"{id}@1", "intake@1") });

        Assert.Equal(1, body!["deleted"]!.GetValue<int>());
        Assert.Contains("only retracted", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BulkPublish_AsksForEach_AndSaysWhatStandsInTheWayOfOthers()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var good = await host.BeginAsync("Good of many");
        var broken = await host.BeginAsync("Broken of many");
        var model = await owner.LoadAsync(broken);
        model["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "odd", ["type"] = "Vendor.Unknown", ["version"] = 1 });
        await owner.SaveAsync(model);

        var (_, body, said) = await TellAsync(owner, "/bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray(good, broken, "intake") });

        Assert.All((string[])["published", "alreadyPublished", "notFound", "updatedConsumers"], member => Assert.IsType<JsonArray>(body![member]));
        Assert.Empty(body!["published"]!.AsArray());
        Assert.Contains($"{good}: waits for another process owner", said, StringComparison.Ordinal);
        Assert.Contains($"{broken}: The draft is kept", said, StringComparison.Ordinal);
        Assert.Contains("Vendor.Unknown", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Definition ID", "definitionId")]
    [InlineData("Latest version", "version")]
    public async Task List_IsOrderedByTheColumnThatWasPressed(string column, string member)
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var up = await ListedAsync(owner, $"OrderBy={Uri.EscapeDataString(column)}&OrderDirection=Ascending");
        var down = await ListedAsync(owner, $"OrderBy={Uri.EscapeDataString(column)}&OrderDirection=Descending");

        Assert.Equal(up.Select(Said).Order(StringComparer.OrdinalIgnoreCase), up.Select(Said));
        Assert.Equal(down.Select(Said).OrderDescending(StringComparer.OrdinalIgnoreCase), down.Select(Said));
        string Said(JsonNode row) => row[member]!.ToString().PadLeft(member == "version" ? 9 : 0, '0');
    }

    [Fact]
    public async Task List_SaysWhatAWorkflowIsFor_AndIsSearchedByThat()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var described = (await ListedAsync(owner, "")).First(row => row["description"] is not null);

        var found = await ListedAsync(owner, $"SearchTerm={Uri.EscapeDataString(described["description"]!.GetValue<string>()[..20])}");

        Assert.Contains(found, row => row["definitionId"]!.GetValue<string>() == described["definitionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task BulkRetract_OfTheOnlyVersion_IsRefused_AndSaysWhy()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var (_, body, said) = await TellAsync(owner, "/bulk-actions/retract/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("intake") });

        Assert.Empty(body!["retracted"]!.AsArray());
        Assert.Empty(body["notFound"]!.AsArray());
        Assert.Contains("Publish another first", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BulkExport_IsAZip_WithEachVersionAsItWasPublished_AndNoDraftForReaders()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var reader = host.Client(Cast.Lawyer);
        var draft = await host.BeginAsync("Zipped");
        JsonObject Asked() => new() { ["ids"] = new JsonArray("intake@1", "mags-charged@2", $"{draft}@1"), ["includeConsumingWorkflows"] = false };

        var entries = await ZipAsync(owner, Asked());
        var seen = await ZipAsync(reader, Asked());

        Assert.Equal(["intake-1.json", "mags-charged-2.json", $"{draft}-1.json"], entries.Keys);
        Assert.Equal(["intake-1.json", "mags-charged-2.json"], seen.Keys);
        Assert.Equal(await File.ReadAllTextAsync(TestKit.Repository.PathOf("definitions/intake/1.json"), TestContext.Current.CancellationToken), entries["intake-1.json"]);
    }

    [Fact]
    public async Task Export_WithTheWorkflowsThatUseIt_SaysThatTheyAreNotInTheFile()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        using var answer = await SendExportAsync(owner, "/elsa/api/workflow-definitions/intake/export?versionOptions=1&includeConsumingWorkflows=True");
        using var alone = await SendExportAsync(owner, "/elsa/api/workflow-definitions/intake/export?versionOptions=1&includeConsumingWorkflows=False");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Workflows that use it are not in it", Uri.UnescapeDataString(Assert.Single(answer.Headers.GetValues("x-assize-said"))), StringComparison.Ordinal);
        Assert.False(alone.Headers.Contains("x-assize-said"));
    }

    private static async Task<HttpResponseMessage> SendExportAsync(HttpClient owner, string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await owner.SendAsync(asked, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task TypesOfScripts_AreDeclarations_AndNothingForAWorkflowThatIsNotThere()
    {
        using var reader = host.Client(Cast.Lawyer);

        using var declared = await PostAsync(reader, "/scripting/javascript/type-definitions/mags-charged", []);
        using var none = await PostAsync(reader, "/scripting/javascript/type-definitions/nowhere", []);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (declared.StatusCode, none.StatusCode));
        Assert.Contains("declare function getVariable(name: ", await declared.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("", await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Strategies_AreThoseThatTheEngineHas_ByElsasNames()
    {
        using var reader = host.Client(Cast.Lawyer);

        var (_, incidents) = await reader.AskAsync(HttpMethod.Get, "/descriptors/incident-strategies");
        var (_, activations) = await reader.AskAsync(HttpMethod.Get, "/descriptors/workflow-activation-strategies");

        Assert.Equal(["Stop", "Go on"], incidents!["items"]!.AsArray().Select(item => item!["displayName"]!.GetValue<string>()));
        Assert.Contains("ContinueWithIncidentsStrategy", incidents["items"]![1]!["typeName"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(activations!["items"]!.AsArray());
    }

    [Fact]
    public async Task ImportOfInstances_TakesNothingIn_AndSaysWhy()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "files", "instance.json" } };
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/bulk-actions/import/workflow-instances") { Content = form };
        asked.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await owner.SendAsync(asked, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Nothing was changed", Uri.UnescapeDataString(Assert.Single(answer.Headers.GetValues("x-assize-said"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subgraph_OfAStep_IsTheStepInItsDrawing_AndOfNoneIsNotThere()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var (_, part) = await owner.AskAsync(HttpMethod.Get, "/workflow-definitions/subgraph/intake@1?parentNodeId=Workflow1:intake-flow:validate");
        var (_, way) = await owner.AskAsync(HttpMethod.Get, "/workflow-definitions/subgraph/segments/intake@1?childNodeId=Workflow1:intake-flow:validate");
        var (none, _) = await owner.AskAsync(HttpMethod.Get, "/workflow-definitions/subgraph/segments/intake@1?childNodeId=Workflow1:nowhere");

        Assert.Equal("validate", part!["activity"]!["id"]!.GetValue<string>());
        Assert.Equal(("validate", "intake-flow"), (way!["childNode"]!["activity"]!["id"]!.GetValue<string>(), way["container"]!["activity"]!["id"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.NotFound, none);
    }

    [Fact]
    public async Task Subgraph_OfAWorkflowThatIsUsed_IsTheVersionThatTheStepNames()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        await using (var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext())
        {
            foreach (var definition in (WorkflowDefinition[])[Used(1, "first"), Used(2, "second"), Draw.Workflow(Draw.Flowchart("flow", [Draw.Activity("use", "Shown", ("workflowDefinitionId", "shown-inside"))]), id: "shown-outside")])
            {
                Assert.Null(await PublishedVersions.PublishAsync(db, definition.Json.ToJsonString(), "tests", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken));
            }
        }

        var (status, part) = await owner.AskAsync(HttpMethod.Get, "/workflow-definitions/subgraph/shown-outside@1?parentNodeId=Workflow1:flow:use:inner:first");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("first", part!["activity"]!["id"]!.GetValue<string>());

        static WorkflowDefinition Used(int version, string step) => Draw.Workflow(Draw.Flowchart("inner", [Draw.Write(step)]), d => d["version"] = version, "shown-inside");
    }

    [Theory]
    [InlineData("Assize.CaseTask", "Form", "initial-review")]
    [InlineData("Assize.CaseTask", "role", "reviewing-lawyer")]
    [InlineData("Assize.Decision", "Table", null)]
    [InlineData("Vendor.Unknown", "Form", null)]
    public async Task Options_OfAField_AreItsList_AndDoNotAskToBeAskedAgain(string type, string input, string? value)
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var (status, body) = await owner.AskAsync(HttpMethod.Post, $"/descriptors/activities/{type}/options/{input}", new JsonObject { ["context"] = new JsonObject() });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("Refresh", body!.ToJsonString(), StringComparison.Ordinal);
        Assert.True(value is null || body.ToJsonString().Contains($"\"{value}\"", StringComparison.Ordinal), body.ToJsonString());
    }

    [Fact]
    public async Task TestOfAStep_AndAlterations_AreAnsweredByWhatToDoInstead()
    {
        using var owner = host.Client(Cast.ProcessOwner);

        var (tested, body) = await owner.AskAsync(HttpMethod.Post, "/tests/activities", new JsonObject());
        var (altered, problem) = await owner.AskAsync(HttpMethod.Post, "/alterations/submit", new JsonObject());

        Assert.Equal((HttpStatusCode.OK, "Faulted"), (tested, body!["status"]!.GetValue<string>()));
        Assert.Contains("Run the workflow", body["exception"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, altered);
        Assert.Contains("Nothing was changed", problem!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressThatStudioPushes_LeadsToThePage()
    {
        using var reader = host.Client(Cast.Lawyer);
        using var nobody = host.Client(null);

        using var pushed = await reader.GetAsync("/designer/workflows/definitions/mags-charged/edit", TestContext.Current.CancellationToken);
        using var page = await reader.GetAsync(pushed.Headers.Location, TestContext.Current.CancellationToken);
        using var refused = await nobody.GetAsync("/designer/workflows/definitions/mags-charged/edit", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, "/designer/workflows/mags-charged"), (pushed.StatusCode, pushed.Headers.Location!.OriginalString));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (page.StatusCode, refused.StatusCode));
    }

    /// <summary>Only pages with Studio on them may do what Studio cannot do without.</summary>
    [Theory]
    [InlineData("/designer/workflows/mags-charged", true)]
    [InlineData("/designer/workflows/definitions", true)]
    [InlineData("/designer/workflows/instances", true)]
    [InlineData("/designer", false)]
    [InlineData("/designer/outline/mags-charged", false)]
    public async Task Policy_OfAPage_AllowsWebAssemblyForStudioAlone(string path, bool studio)
    {
        using var reader = host.Client(Cast.Lawyer);

        using var page = await reader.GetAsync(path, TestContext.Current.CancellationToken);

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal(studio, policy.Contains("'wasm-unsafe-eval'", StringComparison.Ordinal));
        Assert.Equal(studio, policy.Contains("style-src 'self' 'unsafe-inline'", StringComparison.Ordinal));
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy.Replace("'wasm-unsafe-eval'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches("(object-src|default-src) 'none'", policy);
    }

    [Fact]
    public async Task Files_NamedByTheirContent_AreKeptForAYear_AndOthersAskedForAgain()
    {
        using var client = host.Client(null);
        var files = Directory.GetFiles(Path.Combine(Assize.Host.Web.WebFiles.Folder(), "designer", "_framework"), "*.wasm");
        Assert.NotEmpty(files);

        var hashed = await HeadersAsync(client, $"/designer/_framework/{Path.GetFileName(files[0])}");
        var boot = await HeadersAsync(client, "/designer/_framework/blazor.webassembly.js");
        var built = await HeadersAsync(client, $"/lib/assize/designer.js?v={Assize.Host.Web.WebFiles.Version}");

        Assert.Equal(("public, max-age=31536000, immutable", "application/wasm", "br"), (hashed.Cache, hashed.Type, hashed.Encoding));
        Assert.Equal(("no-cache", "br"), (boot.Cache, boot.Encoding));
        Assert.StartsWith("public, max-age=31536000", built.Cache, StringComparison.Ordinal);
    }

    private static async Task<(string Cache, string Type, string Encoding)> HeadersAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "br");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string.Join(", ", answer.Headers.GetValues("Cache-Control")), answer.Content.Headers.ContentType!.MediaType!, string.Join(",", answer.Content.Headers.ContentEncoding));
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body, string Said)> TellAsync(HttpClient client, string route, JsonObject body)
    {
        using var answer = await PostAsync(client, route, body);
        var said = answer.Headers.TryGetValues("x-assize-said", out var values) ? Uri.UnescapeDataString(values.Single()) : "";
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), said);
    }

    private static async Task<IReadOnlyDictionary<string, string>> ZipAsync(HttpClient client, JsonObject body)
    {
        using var answer = await PostAsync(client, "/bulk-actions/export/workflow-definitions", body);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var entries = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var text = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            entries[entry.FullName] = await text.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = DefinitionReader.Read(entries[entry.FullName]);
        }

        return entries;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string route, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api" + route) { Content = new StringContent(body.ToJsonString(), null, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<List<JsonNode>> ListedAsync(HttpClient client, string query)
    {
        var (status, body) = await client.AskAsync(HttpMethod.Get, $"/workflow-definitions?versionOptions=Latest&Page=0&PageSize=100&{query}");
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. body!["items"]!.AsArray().Select(row => row!)];
    }
}
