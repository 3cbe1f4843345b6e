using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>Drawings that cannot be right, as the designer's routes answer them: the draft is kept, and each fault is named.</summary>
public sealed class BadDefinitionTests(HostFixture host)
{
    [Theory]
    [InlineData("Vendor.Unknown", null, "odd")]
    [InlineData("Elsa.WriteLine", """{"source":{"activity":"odd","port":"Done"},"target":{"activity":"nowhere","port":"In"}}""", "nowhere")]
    [InlineData("Elsa.WriteLine", """{"source":{"activity":"odd","port":"Dome"},"target":{"activity":"odd","port":"In"}}""", "Dome")]
    public async Task Publish_OfAFaultyDrawing_NamesTheStep_AndKeepsTheDraft(string type, string? connection, string named)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (id, model) = await BegunAsync(owner);
        model["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "odd", ["type"] = type, ["version"] = 1 });
        if (connection is not null)
        {
            (model["root"]!["connections"] ??= new JsonArray()).AsArray().Add(JsonNode.Parse(connection));
        }

        var (status, body) = await owner.SaveAsync(model, publish: true);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, body.Said(), StringComparison.Ordinal);
        Assert.Contains("\"odd\"", (await owner.LoadAsync(id)).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"Elsa.WriteLine","version":1}""")]
    [InlineData("""{"id":"","type":"Elsa.WriteLine","version":1}""")]
    [InlineData("""{"id":"odd","version":1}""")]
    [InlineData("""7""")]
    public async Task Save_OfAStepWithoutIdOrType_IsRefused_SaysWhere_AndKeepsWhatWasSent(string activity)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (id, model) = await BegunAsync(owner);
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse(activity));

        var (status, body) = await owner.SaveAsync(model);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Expected", body.Said(), StringComparison.Ordinal);
        Assert.Single((await owner.LoadAsync(id))["root"]!["activities"]!.AsArray());
    }

    [Theory]
    [InlineData("CSharp", "System.IO.File.Delete(\"x\")")]
    [InlineData("Python", "import os")]
    [InlineData("JavaScript", "for(;;")]
    public async Task Publish_OfAScriptThatCannotRun_NamesTheStep(string language, string script)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (_, model) = await BegunAsync(owner);
        model["root"]!["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "odd",
            ["type"] = "Elsa.WriteLine",
            ["version"] = 1,
            ["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = language, ["value"] = script } },
        });

        var (status, body) = await owner.SaveAsync(model, publish: true);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("odd: ", body.Said(), StringComparison.Ordinal);
    }

    private static async Task<(string Id, JsonObject Model)> BegunAsync(HttpClient owner)
    {
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Faulty {Guid.NewGuid():n}"));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        var id = begun.Headers.Location!.OriginalString.Split('/')[^1];
        return (id, await owner.LoadAsync(id));
    }
}
