using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Scim;

public sealed class ScimGroupTests(AdminServers servers) : IClassFixture<AdminServers>
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, "displayName")]
    [InlineData(DatabaseKind.Postgres, "displayName")]
    [InlineData(DatabaseKind.Sqlite, "externalId")]
    public async Task Rename_GivesAndTakesTheRolesOfWhoeverStays(DatabaseKind kind, string attribute)
    {
        ScimClient client = await ClientAsync(kind);
        string mapped = "Officers " + ScimTests.Name();
        await client.MapAsync((mapped, "officer-in-case"));
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;
        string group = (string)(await client.DoAsync("POST", "/Groups", new { displayName = "Before " + mapped, members = new[] { new { value = id } } }))["id"]!;

        await RenameAsync(client, group, attribute, mapped);
        Account named = await client.AccountAsync(id);
        await RenameAsync(client, group, attribute, "After " + mapped);
        Account former = await client.AccountAsync(id);

        Assert.Equal(("active", "officer-in-case"), (named.Status, Assert.Single(named.Roles).Role));
        Assert.NotNull(Assert.Single(former.Roles).To);
        Assert.NotNull(former.MovedAt);
    }

    [Fact]
    public async Task Put_OfAnotherName_TakesTheRolesOfWhoeverStays()
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string mapped = "Officers " + ScimTests.Name();
        await client.MapAsync((mapped, "officer-in-case"));
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;
        string group = (string)(await client.DoAsync("POST", "/Groups", new { displayName = mapped, externalId = mapped + "-id", members = new[] { new { value = id } } }))["id"]!;

        await client.DoAsync("PUT", $"/Groups/{group}", new { displayName = "Former " + mapped, externalId = mapped + "-id", members = new[] { new { value = id } } });

        Assert.NotNull(Assert.Single((await client.AccountAsync(id)).Roles).To);
    }

    private static Task<JsonObject> RenameAsync(ScimClient client, string group, string attribute, string name) =>
        client.DoAsync("PATCH", $"/Groups/{group}", $$"""{"Operations":[{"op":"Replace","path":"{{attribute}}","value":"{{name}}"}]}""");

    private async Task<ScimClient> ClientAsync(DatabaseKind kind) => await ScimClient.OfAsync(await servers.OnAsync(kind), Carol);
}
