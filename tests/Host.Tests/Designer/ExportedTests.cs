using System.Net;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>Definitions in the shape in which a stock server exports them, and our own, taken in and given out again.</summary>
public sealed class ExportedTests(HostFixture host)
{
    private static readonly string[] s_assigned = ["id", "definitionId", "version", "createdAt", "isLatest", "isPublished", "isReadonly", "links", "name"];

    public static TheoryData<string> Files => [.. new[] { "tests/Host.Tests/Designer/Exported" }.Select(Repository.PathOf).SelectMany(Directory.GetFiles)
        .Concat(Directory.GetDirectories(Repository.PathOf("definitions")).Where(folder => Path.GetFileName(folder) is not ("forms" or "tables" or "calendars")).SelectMany(Directory.GetFiles))
        .Select(path => Path.GetRelativePath(Repository.PathOf("."), path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Import_ThenExport_LosesNothing_AndAgainIsIdentical(string file)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var model = Read(file);
        var id = await ImportAsync(owner, model);

        var first = await ExportAsync(owner, id);
        await owner.AskAsync(HttpMethod.Post, "/workflow-definitions/import", JsonNode.Parse(first));
        var second = await ExportAsync(owner, id);

        Assert.Equal(first, second);
        Assert.Equal(Content(Read(file)), Content(JsonNode.Parse(first)!.AsObject()));
    }

    [Theory]
    [InlineData("many-or-few")]
    [InlineData("letter-by-letter")]
    public async Task Import_OfStepsThatWeHave_MayBePublished_AndRunsToItsEnd(string file)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await ImportAsync(owner, Read($"tests/Host.Tests/Designer/Exported/{file}.json"));

        var instance = await owner.RunAsync(id);
        var (_, seen) = await owner.AskAsync(HttpMethod.Get, $"/workflow-instances/{instance}");
        var (status, body) = await owner.AskToPublishAsync(id);

        Assert.Equal(("Finished", "Finished", 0), (seen!["status"]!.GetValue<string>(), seen["subStatus"]!.GetValue<string>(), seen["incidentCount"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.Said().Contains("waits for another process owner", StringComparison.Ordinal), body.Said());
    }

    [Fact]
    public async Task Import_OfStepsThatWeDoNotHave_SaysWhichStepByStep_AndTheCanvasShowsThem()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var model = Read("tests/Host.Tests/Designer/Exported/order-by-mail.json");
        model["definitionId"] = $"mail-{Guid.NewGuid():n}";

        var (said, shown) = await SendAsync(owner, model);
        var (_, palette) = await owner.AskAsync(HttpMethod.Get, "/descriptors/activities");
        var (status, refused) = await owner.SaveAsync(shown, publish: true);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        foreach (var (title, type) in (ValueTuple<string, string>[])[("When somebody asks", "Elsa.HttpEndpoint"), ("Tell the clerk", "Elsa.SendEmail"), ("Ask the stock", "Elsa.FlowSendHttpRequest")])
        {
            Assert.Contains($"“{title}”", said, StringComparison.Ordinal);
            Assert.Contains(type, refused.Said(), StringComparison.Ordinal);
            Assert.Contains(palette!["items"]!.AsArray(), item => item!["typeName"]!.GetValue<string>() == type && item["version"]!.GetValue<int>() == 1);
        }

        Assert.DoesNotContain("Elsa.WriteLine", refused.Said(), StringComparison.Ordinal);
        Assert.All(DefinitionReader.Read(shown.ToJsonString()).Root.SelfAndBelow(), step => Assert.NotEmpty(step.NodeId));
    }

    /// <summary>Nobody mends a definition of seven steps by its first refusal: each step that cannot run here is named, and no other.</summary>
    [Fact]
    public async Task Import_OfTypesAndScriptsOfAnotherServer_IsAllNamed_OnTheRefusalAndOnItsPage_AndIsGivenOutAsItCame()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var model = Read("tests/Host.Tests/Designer/Exported/clinic-callback.json");
        var id = $"clinic-{Guid.NewGuid():n}";
        model["definitionId"] = id;

        var (said, shown) = await SendAsync(owner, model);
        var (status, refused) = await owner.SaveAsync(shown, publish: true);
        var page = await (await owner.GetAsync($"/designer/verify/{id}", TestContext.Current.CancellationToken)).PageAsync();
        var given = JsonNode.Parse(await ExportAsync(owner, id))!.AsObject();

        Assert.Equal(HttpStatusCode.BadRequest, status);
        foreach (var text in (string[])[said, refused.Said(), page.Body!.TextContent])
        {
            Assert.All(["When the clinic calls", "Answer", "Say who called", "Ring back"], title => Assert.Contains($"“{title}”", text, StringComparison.Ordinal));
            Assert.All(["Is anything urgent?", "Note it for later", "Ring back now?"], title => Assert.DoesNotContain($"“{title}”", text, StringComparison.Ordinal));
        }

        foreach (var (sent, kept) in (ValueTuple<JsonNode?, JsonNode?>[])[
            (model["root"]!["activities"], given["root"]!["activities"]), (model["root"]!["connections"], given["root"]!["connections"]), (model["variables"], given["variables"]),
            (model["inputs"], given["inputs"]), (model["outputs"], given["outputs"]), (model["outcomes"], given["outcomes"]), (model["options"], given["options"]),
            (model["customProperties"], given["customProperties"]), (model["toolVersion"], given["toolVersion"]), (model["$schema"], given["$schema"])])
        {
            Assert.True(JsonNode.DeepEquals(sent, kept), $"Expected {sent?.ToJsonString()}, but it is {kept?.ToJsonString()}");
        }
    }

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Repository.PathOf(file)))!.AsObject();

    /// <summary>What a file says, without what the server that holds it assigns.</summary>
    private static string Content(JsonObject definition)
    {
        foreach (var member in s_assigned)
        {
            definition.Remove(member);
        }

        (definition["root"]!["customProperties"] as JsonObject)?.Remove("revision");
        return DefinitionWriter.Write(DefinitionReader.Read(new JsonObject([KeyValuePair.Create("definitionId", (JsonNode?)"same"), .. definition.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]).ToJsonString()));
    }

    private static async Task<string> ImportAsync(HttpClient owner, JsonObject model)
    {
        var id = $"taken-in-{Guid.NewGuid():n}";
        (model["definitionId"], model["name"]) = (id, id);
        await SendAsync(owner, model);
        return id;
    }

    private static async Task<(string Said, JsonObject Shown)> SendAsync(HttpClient owner, JsonObject model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/workflow-definitions/import")
        {
            Content = new StringContent(model.ToJsonString(), null, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var said = answer.Headers.TryGetValues("x-assize-said", out var values) ? Uri.UnescapeDataString(values.Single()) : "";
        return (said, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject());
    }

    private static async Task<string> ExportAsync(HttpClient owner, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/elsa/api/workflow-definitions/{id}/export?versionOptions=1");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal($"{id}-1.json", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
