using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Scim;

/// <summary>Filters as Entra ID and Okta send them: equalities, joined by "and", with paths into e-mail addresses and members.</summary>
public sealed class ScimFilterTests(AdminServers servers) : IClassFixture<AdminServers>
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Users_AreFound_ByWhateverClientsMatchBy(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string name = ScimTests.Name(), id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(name)))["id"]!;
        await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name()));

        foreach (string filter in (string[])
            [
                $"externalId eq \"{name}-oid\"", $"emails eq \"{name}@example.test\"", $"emails.value EQ \"{name.ToUpperInvariant()}@Example.TEST\"",
                $"emails[type eq \"work\"].value eq \"{name}@example.test\"", $"emails[type eq \"Work\" and value eq \"{name}@example.test\"]",
                $"emails[primary eq true].value eq \"{name}@example.test\"",
                $"userName eq \"{name}\" and externalId eq \"{name}-oid\"", $"  id eq \"{id}\" AND active eq true ", $"userName eq \"{name}\" and active eq \"True\"",
                $"urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"{name}\"",
            ])
        {
            Assert.Equal([id], await FoundAsync(client, "Users", filter));
        }
        foreach (string filter in (string[])
            [
                $"userName eq \"{name}\" and externalId eq \"another\"", $"emails[type eq \"home\"].value eq \"{name}@example.test\"", $"userName eq \"{name}\" and active eq false",
                $"userName eq \"{name} and active eq true\"", $"externalId eq \"{name.ToUpperInvariant()}-OID\"",
            ])
        {
            Assert.Empty(await FoundAsync(client, "Users", filter));
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Groups_AreFound_ByTheirMembers(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string one = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!, two = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;
        string name = "Group " + ScimTests.Name();
        string both = (string)(await client.DoAsync("POST", "/Groups", new { displayName = name, members = new[] { new { value = one }, new { value = two } } }))["id"]!;
        string first = (string)(await client.DoAsync("POST", "/Groups", new { displayName = "First " + name, externalId = name + "-id", members = new[] { new { value = one } } }))["id"]!;

        Assert.Equal([both], await FoundAsync(client, "Groups", $"id eq \"{both}\" and members eq \"{two}\""));
        Assert.Empty(await FoundAsync(client, "Groups", $"id eq \"{first}\" and members eq \"{two}\""));
        Assert.Equal(new[] { both, first }.Order(), (await FoundAsync(client, "Groups", $"members[value eq \"{one}\"]")).Order());
        Assert.Equal([both], await FoundAsync(client, "Groups", $"members.value eq \"{one}\" and members.value eq \"{two}\""));
        Assert.Equal([first], await FoundAsync(client, "Groups", $"displayName eq \"First {name}\" and externalId eq \"{name}-id\""));
    }

    [Theory]
    [InlineData("Users", "userName eq \"a\" and title co \"b\"", "title co \"b\"")]
    [InlineData("Users", "userName eq \"a\" or externalId eq \"b\"", "or externalId")]
    [InlineData("Users", "meta.lastModified gt \"2026-01-01T00:00:00Z\"", "meta.lastModified gt")]
    [InlineData("Users", "id eq \"a\" and manager eq \"b\"", "manager")]
    [InlineData("Users", "emails[type eq \"work\" and display eq \"b\"].value eq \"a\"", "emails.display")]
    [InlineData("Users", "emails[type eq \"work\"]].value eq \"a\"", "emails")]
    [InlineData("Users", "(userName eq \"a\")", "(userName")]
    [InlineData("Users", "not userName eq \"a\"", "not userName")]
    [InlineData("Users", "userName eq a", "userName eq a")]
    [InlineData("Users", "userName eq \"a\" and ", "and")]
    [InlineData("Users", "userName pr", "userName pr")]
    [InlineData("Users", "userName eq \"\\u0000\"", "userName")]
    [InlineData("Users", "active eq \"perhaps\"", "active")]
    [InlineData("Groups", "members[value eq \"a\" and value eq \"b\"]", "value eq \"b\"")]
    [InlineData("Groups", "userName eq \"a\"", "userName")]
    public async Task Filters_ThatAreNotRead_AreRefused_ByTheirPart(string kind, string filter, string part)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);

        (HttpStatusCode status, JsonObject problem) = await client.SendAsync("GET", $"/{kind}?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal((HttpStatusCode.BadRequest, "invalidFilter"), (status, (string?)problem["scimType"]));
        Assert.Contains(part, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    private static async Task<string[]> FoundAsync(ScimClient client, string kind, string filter)
    {
        JsonObject found = await client.DoAsync("GET", $"/{kind}?filter={Uri.EscapeDataString(filter)}");
        return [.. found["Resources"]!.AsArray().Select(resource => (string)resource!["id"]!)];
    }

    private async Task<ScimClient> ClientAsync(DatabaseKind kind) => await ScimClient.OfAsync(await servers.OnAsync(kind), Carol);
}
