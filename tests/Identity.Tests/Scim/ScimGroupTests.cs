using System.Net;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
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

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Put_IsTheWholeGroup_ItsExternalIdAndItsMembers(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string mapped = "Officers " + ScimTests.Name();
        await client.MapAsync((mapped + "-id", "officer-in-case"));
        string leaver = await UserAsync(client), stayer = await UserAsync(client), joiner = await UserAsync(client);
        string group = (string)(await client.DoAsync("POST", "/Groups", new { displayName = mapped, externalId = "before-" + mapped, members = Members(leaver, stayer) }))["id"]!;
        Assert.Empty((await client.AccountAsync(stayer)).Roles);

        JsonObject put = await client.DoAsync("PUT", $"/Groups/{group}", new { displayName = mapped, externalId = mapped + "-id", members = Members(stayer, joiner) });
        JsonObject silent = await client.DoAsync("PUT", $"/Groups/{group}", new { displayName = mapped, members = Members(stayer) });

        Assert.Equal((mapped + "-id", mapped + "-id"), ((string)put["externalId"]!, (string)silent["externalId"]!));
        Assert.Equal(new[] { stayer, joiner }.Order(StringComparer.Ordinal), put["members"]!.AsArray().Select(member => (string)member!["value"]!));
        Account stayed = await client.AccountAsync(stayer), joined = await client.AccountAsync(joiner), left = await client.AccountAsync(leaver);
        Assert.Null(Assert.Single(stayed.Roles).To);
        Assert.NotNull(Assert.Single(joined.Roles).To);
        Assert.Equal([.. new[] { stayer, joiner }.Order(StringComparer.Ordinal)], put["members"]!.AsArray().Select(member => (string)member!["value"]!).Order(StringComparer.Ordinal));
        Assert.Empty(left.Roles);
    }

    [Theory]
    [InlineData("""{"displayName":"Any","externalId":7}""")]
    [InlineData("""{"displayName":"Any","externalId":"two\nlines"}""")]
    public async Task Put_WithAnExternalIdThatIsNone_IsRefused(string body)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string group = (string)(await client.DoAsync("POST", "/Groups", new { displayName = "Group " + ScimTests.Name() }))["id"]!;

        (HttpStatusCode status, JsonObject problem) = await client.SendAsync("PUT", $"/Groups/{group}", body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalidValue"), (status, (string?)problem["scimType"]));
        Assert.Contains("externalId", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("displayName, urn:ietf:params:scim:schemas:core:2.0:Group:Members")]
    public async Task ExcludedAttributes_WithMembers_LeavesThemOut(string excluded)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string name = "Group " + ScimTests.Name();
        string group = (string)(await client.DoAsync("POST", "/Groups", new { displayName = name, members = Members(await UserAsync(client)) }))["id"]!;
        string query = $"excludedAttributes={Uri.EscapeDataString(excluded)}";

        JsonObject one = await client.DoAsync("GET", $"/Groups/{group}?{query}");
        JsonObject list = await client.DoAsync("GET", $"/Groups?{query}&filter={Uri.EscapeDataString($"id eq \"{group}\"")}");
        JsonObject whole = await client.DoAsync("GET", $"/Groups/{group}");

        Assert.False(one.ContainsKey("members"));
        Assert.False(Assert.Single(list["Resources"]!.AsArray())!.AsObject().ContainsKey("members"));
        Assert.Single(whole["members"]!.AsArray());
        Assert.Equal((name, (string)whole["meta"]!["version"]!), ((string)whole["displayName"]!, (string)one["meta"]!["version"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Delete_EndsTheRolesThatCameThroughItAlone(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string builders = "Builders " + ScimTests.Name(), officers = "Officers " + ScimTests.Name();
        await client.MapAsync((builders, "case-builder"), (officers, "officer-in-case"));
        string one = await UserAsync(client), both = await UserAsync(client);
        string gone = (string)(await client.DoAsync("POST", "/Groups", new { displayName = builders, members = Members(one, both) }))["id"]!;
        await client.DoAsync("POST", "/Groups", new { displayName = officers, members = Members(both) });

        (HttpStatusCode deleted, _) = await client.SendAsync("DELETE", $"/Groups/{gone}");
        (HttpStatusCode after, _) = await client.SendAsync("GET", $"/Groups/{gone}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted, after));
        Account lost = await client.AccountAsync(one), kept = await client.AccountAsync(both);
        Assert.NotNull(Assert.Single(lost.Roles).To);
        Assert.Empty(lost.Teams);
        Assert.Equal("officer-in-case", Assert.Single(kept.Roles, role => role.To is null).Role);
        Assert.Single(kept.Teams);
        Assert.Equal(1, await client.Server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.SubjectId == gone && entry.Action == "scim.group.delete", CancellationToken.None)));
    }

    private static object[] Members(params string[] ids) => [.. ids.Select(id => new { value = id })];

    private static async Task<string> UserAsync(ScimClient client) => (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;

    private static Task<JsonObject> RenameAsync(ScimClient client, string group, string attribute, string name) =>
        client.DoAsync("PATCH", $"/Groups/{group}", $$"""{"Operations":[{"op":"Replace","path":"{{attribute}}","value":"{{name}}"}]}""");

    private async Task<ScimClient> ClientAsync(DatabaseKind kind) => await ScimClient.OfAsync(await servers.OnAsync(kind), Carol);
}
