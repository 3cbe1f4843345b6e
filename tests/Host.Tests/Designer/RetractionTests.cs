using System.Net;
using System.Text.Json.Nodes;
using Assize.Host.Tests.Designer.Outline;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>A version that no new case takes any more, as Studio and our own pages show it.</summary>
public sealed class RetractionTests(HostFixture host)
{
    [Fact]
    public async Task Retract_OfTheNewest_IsSeenEverywhere_AndTheOneBeforeIsPublished()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = await PublishedTwiceAsync(owner, second);

        var (status, answer) = await second.AskAsync(HttpMethod.Post, $"/workflow-definitions/{id}/retract");
        var latest = Row(await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions?versionOptions=Latest&DefinitionIds={id}"));
        var published = Row(await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions?versionOptions=Published&DefinitionIds={id}"));
        var (_, shown) = await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Published");
        var outline = await (await owner.GetAsync($"/designer/outline/{id}", TestContext.Current.CancellationToken)).PageAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, false), Standing(answer!));
        Assert.Equal((2, false), Standing(latest));
        Assert.Equal((1, true), Standing(published));
        Assert.Equal((1, true), Standing(shown!));
        Assert.Contains("Once", outline.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Twice", outline.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_AfterARetraction_HasANumberOfItsOwn()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = await PublishedTwiceAsync(owner, second);
        await second.AskAsync(HttpMethod.Post, $"/workflow-definitions/{id}/retract");

        await owner.SaveAsync((await owner.LoadAsync(id)).Retitled("Mended"));

        Assert.Equal((3, false), Standing(await owner.LoadAsync(id)));
    }

    private async Task<string> PublishedTwiceAsync(HttpClient owner, HttpClient second)
    {
        var id = await host.BeginAsync("Retracted");
        foreach (var title in (string[])["Once", "Twice"])
        {
            await owner.SaveAsync((await owner.LoadAsync(id)).Retitled(title));
            await owner.AskToPublishAsync(id);
            await PublicationPageTests.ApproveAsync(second, id);
        }

        return id;
    }

    private static JsonNode Row((HttpStatusCode Status, JsonNode? Body) answer) => Assert.Single(answer.Body!["items"]!.AsArray())!;

    private static (int Version, bool IsPublished) Standing(JsonNode shown) => (shown["version"]!.GetValue<int>(), shown["isPublished"]!.GetValue<bool>());
}
