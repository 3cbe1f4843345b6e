using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Assize.Engine.Definitions;
using Assize.Host.Tests.Designer.Outline;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>What cannot be a draft, or is one no more: it is kept for whoever sent it, and a page leads to it.</summary>
public sealed class KeptCopyTests(HostFixture host)
{
    [Fact]
    public async Task Save_LongerThanIsRead_IsKeptWhole_AndTheDraftIsAsItWas()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Too long");
        var before = await owner.LoadAsync(id);
        var model = before.DeepClone().AsObject();
        model["description"] = new string('x', DefinitionReader.MaxBytes);

        var (status, body) = await owner.SaveAsync(model);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("kept as it was sent, as your copy", body.Said(), StringComparison.Ordinal);
        Assert.Contains($"at most {DefinitionReader.MaxBytes} bytes", body.Said(), StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await owner.LoadAsync(id)).ToJsonString());
        Assert.True(JsonNode.DeepEquals(model, await CopyAsync(owner, id)));
    }

    [Fact]
    public async Task Save_LargerThanTheAddressTakes_IsRefusedAsThat_AndTheDraftIsAsItWas()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Far too long");
        var before = await owner.LoadAsync(id);
        var model = before.DeepClone().AsObject();
        model["description"] = new string('x', DefinitionReader.MaxBytes + (128 * 1024));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/workflow-definitions")
        {
            Content = new StringContent(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }.ToJsonString(), null, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.ExpectContinue = true;

        using var answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(before.ToJsonString(), (await owner.LoadAsync(id)).ToJsonString());
    }

    [Fact]
    public async Task Save_NestedTooDeepToBeRead_SaysThatNothingWasStored_ToPersonAndPage()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Far too deep");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/workflow-definitions")
        {
            Content = new StringContent($$$"""{"publish":false,"model":{"definitionId":"{{{id}}}","root":{{{new string('[', 600)}}}{{{new string(']', 600)}}} }}""", null, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Nothing was stored", JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Said(), StringComparison.Ordinal);
        Assert.Equal("true", answer.Headers.GetValues("x-assize-unkept").Single());
    }

    [Theory]
    [InlineData("discarded")]
    [InlineData("never drawn")]
    public async Task Copy_OfAWorkflowThatIsNotThere_IsOnTheListOfWhoeverSentIt_AndOfNobodyElse(string how)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = how == "discarded" ? await host.BeginAsync("Discarded") : $"never-{Guid.NewGuid():n}";
        var sent = how == "discarded" ? await owner.LoadAsync(id) : new JsonObject { ["definitionId"] = id, ["name"] = id, ["root"] = "a picture of it" };
        var (refused, _) = how == "discarded"
            ? await owner.AskAsync(HttpMethod.Delete, $"/workflow-definitions/{id}") : await owner.AskAsync(HttpMethod.Post, "/workflow-definitions/import", sent);

        using var list = await owner.GetAsync("/designer", TestContext.Current.CancellationToken);
        using var page = await owner.GetAsync($"/designer/versions/{id}", TestContext.Current.CancellationToken);
        using var others = await second.GetAsync("/designer", TestContext.Current.CancellationToken);

        Assert.Equal(how == "discarded" ? HttpStatusCode.NoContent : HttpStatusCode.BadRequest, refused);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(Copies(await list.PageAsync()), link => link.GetAttribute("href") == $"/designer/versions/{id}");
        Assert.Contains((await page.PageAsync()).QuerySelectorAll("main a"), link => link.GetAttribute("href") == $"/designer/versions/{id}?handler=copy");
        Assert.Equal(Drawn(sent), Drawn(await CopyAsync(owner, id)));
        Assert.DoesNotContain(Copies(await others.PageAsync()), link => link.TextContent.Contains(id, StringComparison.Ordinal));
        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.SecondOwner, $"/designer/versions/{id}");
        await host.ExpectAsync(HttpStatusCode.NotFound, Cast.SecondOwner, $"/designer/versions/{id}?handler=copy");
    }

    [Fact]
    public async Task Copy_OfAWorkflowThatIsThere_IsOnItsPage_AndNotOnTheListOfThoseThatAreNot()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Still there");
        var model = await owner.LoadAsync(id);
        model["root"] = "a picture of it";

        await owner.SaveAsync(model);
        using var list = await owner.GetAsync("/designer", TestContext.Current.CancellationToken);

        Assert.Equal("a picture of it", (await CopyAsync(owner, id))["root"]!.GetValue<string>());
        Assert.DoesNotContain(Copies(await list.PageAsync()), link => link.TextContent.Contains(id, StringComparison.Ordinal));
    }

    private static string Drawn(JsonObject definition) => definition["root"] is JsonObject root ? root["activities"]![0]!["id"]!.GetValue<string>() : definition["root"]!.GetValue<string>();

    private static IEnumerable<IElement> Copies(IParentNode page) => page.QuerySelectorAll("#copies a");

    private static async Task<JsonObject> CopyAsync(HttpClient client, string id)
    {
        using var copy = await client.GetAsync($"/designer/versions/{id}?handler=copy", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, copy.StatusCode);
        return JsonNode.Parse(await copy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
    }
}
