using System.Text.Json.Nodes;
using Assize.Host.Tests.Designer.Outline;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>A type that a drawing uses and the palette lacks leaves Studio's canvas empty.</summary>
public sealed class StudioPaletteTests(HostFixture host)
{
    [Fact]
    public async Task Draft_BegunAgain_IsShownWithWhatItUsesNow()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var file = Drawn(await owner.LoadAsync(await host.BeginAsync("Begun again")), "Vendor.First");
        file["definitionId"] = $"again-{Guid.NewGuid():n}";
        await owner.AskAsync(HttpMethod.Post, "/workflow-definitions/import", file);
        var before = await PaletteAsync(owner);
        await owner.AskAsync(HttpMethod.Delete, $"/workflow-definitions/{file["definitionId"]}");

        await owner.AskAsync(HttpMethod.Post, "/workflow-definitions/import", Drawn(file, "Vendor.Second"));

        Assert.Contains("Vendor.First", before, StringComparison.Ordinal);
        Assert.Contains("Vendor.Second", await PaletteAsync(owner), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Practice_IsShown_AfterItsDraftSaysSomethingElse()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Practised and changed");
        var plain = await owner.LoadAsync(id);
        await owner.SaveAsync(Drawn(plain, "Vendor.Practised"));
        await owner.AskAsync(HttpMethod.Post, $"/workflow-definitions/{id}/execute", new JsonObject { ["versionOptions"] = "Latest" });

        await owner.SaveAsync(plain);

        Assert.Contains("Vendor.Practised", await PaletteAsync(owner), StringComparison.Ordinal);
        using var other = host.Client(Cast.Lawyer);
        Assert.DoesNotContain("Vendor.Practised", await PaletteAsync(other), StringComparison.Ordinal);
    }

    /// <summary>With one step of a type that nobody has.</summary>
    private static JsonObject Drawn(JsonObject model, string type)
    {
        var drawn = model.DeepClone().AsObject();
        var steps = drawn["root"]!["activities"]!.AsArray();
        while (steps.Count > 1)
        {
            steps.RemoveAt(1);
        }

        steps.Add(new JsonObject { ["id"] = "odd", ["type"] = type, ["version"] = 1 });
        return drawn;
    }

    private static async Task<string> PaletteAsync(HttpClient client) => (await client.AskAsync(HttpMethod.Get, "/descriptors/activities")).Body!.ToJsonString();
}
