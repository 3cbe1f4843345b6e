using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Scim;

/// <summary>The same thing said in another way, and what cannot be text at all.</summary>
public sealed class ScimSpellingTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Fact]
    public async Task Patch_WithAPathAndAnObject_IsDone()
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;

        JsonObject patched = await client.DoAsync("PATCH", $"/Users/{id}", $$"""
            {"Operations":[
              {"op":"replace","path":"{{Enterprise}}","value":{"department":"Sefton"} },
              {"op":"replace","path":"name","value":{"givenName":"Ada","familyName":"Vale"} },
              {"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User","value":{"title":"Sergeant"} },
              {"op":"add","path":"emails[type eq \"work\"]","value":{"value":"ada@example.test"} }]}
            """);

        Assert.Equal("Sefton", (string?)patched[Enterprise]?["department"]);
        Assert.Equal(("Ada", "Vale", "Sergeant"), ((string?)patched["name"]!["givenName"], (string?)patched["name"]!["familyName"], (string?)patched["title"]));
        Assert.Equal("ada@example.test", (string?)patched["emails"]![0]!["value"]);
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"name"}""")]
    [InlineData("""{"op":"Replace","path":"name","value":null}""")]
    [InlineData("""{"op":"Replace","value":{"name":null}}""")]
    public async Task Removal_OfTheWholeName_TakesItsParts(string step)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", new { userName = ScimTests.Name(), displayName = "Ada Vale", name = new { givenName = "Ada", familyName = "Vale" } }))["id"]!;

        JsonObject patched = await client.DoAsync("PATCH", $"/Users/{id}", $$"""{"Operations":[{{step}}]}""");

        Assert.Equal(((string?)null, (string?)null, "Ada Vale"), ((string?)patched["name"]!["givenName"], (string?)patched["name"]!["familyName"], (string)patched["displayName"]!));
    }

    [Fact]
    public async Task DisplayName_ThatIsTakenAway_IsMadeOfThePartsThatAreLeft()
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", new { userName = ScimTests.Name(), displayName = "A. Vale", name = new { givenName = "Ada", familyName = "Vale" } }))["id"]!;

        JsonObject patched = await client.DoAsync("PATCH", $"/Users/{id}", """{"Operations":[{"op":"remove","path":"displayName"}]}""");

        Assert.Equal("Ada Vale", (string)patched["displayName"]!);
    }

    [Theory]
    [InlineData($$"""{"op":"Remove","path":"{{Enterprise}}"}""")]
    [InlineData($$"""{"op":"Replace","value":{"{{Enterprise}}":null} }""")]
    public async Task Removal_OfTheWholeEnterpriseSchema_TakesTheDepartment_AndIsAMove(string step)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name(), department: "Wirral")))["id"]!;
        await client.Server.DoAsync(Carol, "POST", $"/people/{id}/roles", new { reason = Reason, role = new { role = "case-builder" } });

        JsonObject patched = await client.DoAsync("PATCH", $"/Users/{id}", $$"""{"Operations":[{{step}}]}""");

        Assert.Null(patched[Enterprise]);
        Assert.NotNull(Assert.Single((await client.AccountAsync(id)).Roles).To);
    }

    [Theory]
    [InlineData("""{"op":"remove","path":"urn:ietf:params:scim:schemas:core:2.0:User"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"name","value":"Ada Vale"}""", "invalidValue")]
    [InlineData($$"""{"op":"replace","path":"{{Enterprise}}","value":"Wirral"}""", "invalidValue")]
    public async Task Wholes_ThatCannotBeSo_AreRefused(string step, string type)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;

        (HttpStatusCode status, JsonObject problem) = await client.SendAsync("PATCH", $"/Users/{id}", $$"""{"Operations":[{{step}}]}""");

        Assert.Equal((HttpStatusCode.BadRequest, type), (status, (string?)problem["scimType"]));
    }

    [Theory]
    [InlineData("Users")]
    [InlineData("Groups")]
    public async Task Patch_WithItsOwnId_IsDone_AndWithAnothersIsRefused(string kind)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string name = ScimTests.Name();
        string id = (string)(await client.DoAsync("POST", $"/{kind}", kind == "Users" ? ScimTests.Entra(name) : new { displayName = name }))["id"]!;

        JsonObject renamed = await client.DoAsync("PATCH", $"/{kind}/{id}", $$$"""
            {"Operations":[{"op":"replace","value":{"schemas":["x"],"id":"{{{id}}}","meta":{"resourceType":"any"},"displayName":"New {{{name}}}"}}]}
            """);
        (HttpStatusCode status, JsonObject problem) = await client.SendAsync("PATCH", $"/{kind}/{id}", $$"""{"Operations":[{"op":"replace","value":{"id":"another","displayName":"Not {{name}}"} }]}""");

        Assert.Equal("New " + name, (string)renamed["displayName"]!);
        Assert.Equal((HttpStatusCode.BadRequest, "mutability"), (status, (string)problem["scimType"]!));
    }

    [Theory]
    [InlineData("GET", "/Users?filter=userName%20eq%20%22%00%22", null, "invalidFilter")]
    [InlineData("GET", "/Groups?filter=id%20eq%20%22%00%22", null, "invalidFilter")]
    [InlineData("POST", "/Groups", """{"displayName":"Any","members":[{"value":"\u0000"}]}""", "invalidValue")]
    [InlineData("POST", "/Groups", """{"displayName":"\ud800"}""", "invalidValue")]
    [InlineData("POST", "/Users", """{"userName":"\ud800"}""", "invalidValue")]
    [InlineData("POST", "/Users", """{"userName":"any","\ud800":1}""", "invalidValue")]
    [InlineData("POST", "/Users", """{"userName":"any","nickName":["\udc00"]}""", "invalidValue")]
    public async Task WhatIsNoText_IsSaidInScimsFormat(string method, string path, string? body, string type)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Postgres);

        (HttpStatusCode status, JsonObject problem) = await client.SendAsync(method, path, body);

        Assert.Equal((HttpStatusCode.BadRequest, type), (status, (string?)problem["scimType"]));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "ÉVA")]
    [InlineData(DatabaseKind.Postgres, "ÉVA")]
    [InlineData(DatabaseKind.Sqlite, "éva")]
    [InlineData(DatabaseKind.Postgres, "éva")]
    public async Task UserName_InAnyCaseOfAnyLetter_IsTaken_AndFound(DatabaseKind kind, string again)
    {
        ScimClient client = await ClientAsync(kind);
        string number = ScimTests.Name();
        string id = (string)(await client.DoAsync("POST", "/Users", new { userName = "ÉVA" + number }))["id"]!;

        (HttpStatusCode status, JsonObject taken) = await client.SendAsync("POST", "/Users", new { userName = again + number.ToUpperInvariant() });
        (HttpStatusCode same, _) = await client.SendAsync("POST", "/Users", new { userName = "ÉVA" + number });
        JsonObject found = await client.DoAsync("GET", $"/Users?filter={Uri.EscapeDataString($"userName eq \"{again}{number}\"")}");

        Assert.Equal((HttpStatusCode.Conflict, "uniqueness", HttpStatusCode.Conflict), (status, (string?)taken["scimType"], same));
        Assert.Equal(id, (string)Assert.Single(found["Resources"]!.AsArray())!["id"]!);
    }

    [Theory]
    [InlineData("""{"op":"replace","value":{"displayName":"Shown","name":{"formatted":"Formatted"}}}""", "Shown")]
    [InlineData("""{"op":"replace","value":{"name":{"formatted":"Formatted"},"displayName":"Shown"}}""", "Shown")]
    [InlineData("""{"op":"replace","path":"name.formatted","value":"Formatted"}""", "Formatted")]
    public async Task DisplayName_GoesBeforeTheFormattedName_InAnyOrder(string step, string shown)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;

        JsonObject patched = await client.DoAsync("PATCH", $"/Users/{id}", $$"""{"Operations":[{{step}}]}""");

        Assert.Equal(shown, (string)patched["displayName"]!);
    }

    private async Task<ScimClient> ClientAsync(DatabaseKind kind) => await ScimClient.OfAsync(await servers.OnAsync(kind), Carol);
}
