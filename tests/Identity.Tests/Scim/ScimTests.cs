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

public sealed class ScimTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static readonly CancellationToken s_none = CancellationToken.None;
    private static int s_number;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Joiner_IsPending_AndFoundAsEntraLooks(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string name = Name();

        JsonObject made = await client.DoAsync("POST", "/Users", Entra(name));
        JsonObject found = await client.DoAsync("GET", $"/Users?filter={Uri.EscapeDataString($"userName eq \"{name.ToUpperInvariant()}\"")}");
        JsonObject none = await client.DoAsync("GET", "/Users?filter=" + Uri.EscapeDataString("userName eq \"nobody\""));
        (HttpStatusCode again, JsonObject taken) = await client.SendAsync("POST", "/Users", Entra(name));

        Assert.True((bool)made["active"]!);
        Assert.Equal((string)made["id"]!, (string)Assert.Single(found["Resources"]!.AsArray())!["id"]!);
        Assert.Equal(0, (int)none["totalResults"]!);
        Assert.Equal((HttpStatusCode.Conflict, "uniqueness", "409"), (again, (string)taken["scimType"]!, (string)taken["status"]!));
        Assert.Equal("pending", await client.StatusAsync((string)made["id"]!));
        Assert.Equal(1, await client.Server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.SubjectId == (string)made["id"]! && entry.Agency == Police, s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Patch_AsEntraSendsIt_IsUnderstood(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string id = (string)(await client.DoAsync("POST", "/Users", Entra(Name())))["id"]!;

        JsonObject patched = await client.DoAsync("PATCH", $"/Users/{id}", """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
              {"op":"Replace","path":"displayName","value":"Ada Vale"},
              {"op":"Add","path":"name.givenName","value":"Ada"},
              {"op":"Replace","path":"emails[type eq \"work\"].value","value":"ada@example.test"},
              {"op":"Add","value":{"title":"Sergeant","name.familyName":"Vale","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Wirral"}},
              {"op":"Replace","path":"phoneNumbers[type eq \"work\"].value","value":"0151"},
              {"op":"Remove","path":"title"}]}
            """);
        JsonObject off = await client.DoAsync("PATCH", $"/Users/{id}", """{"Operations":[{"op":"Replace","path":"active","value":"False"}]}""");

        Assert.Equal(("Ada Vale", "Ada", "Vale"), ((string)patched["displayName"]!, (string)patched["name"]!["givenName"]!, (string)patched["name"]!["familyName"]!));
        Assert.Equal("ada@example.test", (string)patched["emails"]![0]!["value"]!);
        Assert.Equal("Wirral", (string)patched["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]!["department"]!);
        Assert.Null(patched["title"]);
        Assert.False((bool)off["active"]!);
        Assert.Equal("left", await client.StatusAsync(id));
    }

    [Theory]
    [InlineData("""{"Operations":[{"op":"Replace","value":{"active":false}}]}""")]
    [InlineData("""{"Operations":[{"op":"replace","value":{"active":"FALSE"}}]}""")]
    [InlineData("""{"operations":[{"Op":"replace","Path":"ACTIVE","Value":false}]}""")]
    [InlineData("""{"Operations":[{"op":"Replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:active","value":[{"value":"False"}]}]}""")]
    public async Task Patch_ActiveInAnySpelling_EndsTheAccount(string body)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string id = (string)(await client.DoAsync("POST", "/Users", Entra(Name())))["id"]!;

        await client.DoAsync("PATCH", $"/Users/{id}", body);

        Assert.Equal("left", await client.StatusAsync(id));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Groups_GiveRolesByTheMapping_AndLosingOneIsAMove(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string builders = "Builders " + Name(), officers = "Officers " + Name();
        await client.MapAsync((builders, "case-builder"), (officers, "officer-in-case"));
        string id = (string)(await client.DoAsync("POST", "/Users", Entra(Name())))["id"]!;
        string first = (string)(await client.DoAsync("POST", "/Groups", new { displayName = builders, externalId = builders + "-id" }))["id"]!;
        string second = (string)(await client.DoAsync("POST", "/Groups", new { displayName = officers }))["id"]!;

        await client.DoAsync("PATCH", $"/Groups/{first}", $$"""{"Operations":[{"op":"Add","path":"members","value":[{"value":"{{id}}"}]}]}""");
        Account joined = await client.AccountAsync(id);
        await client.DoAsync("PATCH", $"/Groups/{first}", $$"""{"Operations":[{"op":"Remove","path":"members[value eq \"{{id}}\"]"}]}""");
        await client.DoAsync("PATCH", $"/Groups/{second}", $$$"""{"Operations":[{"op":"Add","value":{"members":[{"value":"{{{id}}}"}]}}]}""");
        Account moved = await client.AccountAsync(id);

        Assert.Equal(("active", "case-builder", (DateTimeOffset?)null), (joined.Status, Assert.Single(joined.Roles).Role, joined.MovedAt));
        Assert.Equal("officer-in-case", Assert.Single(moved.Roles, role => role.To is null).Role);
        Assert.NotNull(moved.MovedAt);
        Assert.Equal(("scim", "groups"), (moved.Roles[0].Process, moved.Roles[0].Reference));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, """{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Sefton"}""")]
    [InlineData(DatabaseKind.Postgres, """{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Sefton"}""")]
    [InlineData(DatabaseKind.Sqlite, """{"op":"Remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"}""")]
    public async Task AnotherDepartment_OrNone_EndsEveryRole(DatabaseKind kind, string step)
    {
        ScimClient client = await ClientAsync(kind);
        string id = (string)(await client.DoAsync("POST", "/Users", Entra(Name(), department: "Wirral")))["id"]!;
        await client.Server.DoAsync(Carol, "POST", $"/people/{id}/roles", new { reason = Reason, role = new { role = "case-builder" } });

        await client.DoAsync("PATCH", $"/Users/{id}", $$"""{"Operations":[{{step}}]}""");

        Account moved = await client.AccountAsync(id);
        Assert.NotNull(Assert.Single(moved.Roles).To);
        Assert.NotNull(moved.MovedAt);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task List_PageByPage_GivesEachOnce(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        HashSet<string> made = [];
        for (int number = 0; number < 5; number++)
        {
            made.Add((string)(await client.DoAsync("POST", "/Users", Entra(Name())))["id"]!);
        }

        List<string> seen = [];
        for (int start = 1; start <= 1 + seen.Count; start += 2)
        {
            JsonObject page = await client.DoAsync("GET", $"/Users?startIndex={start}&count=2");
            seen.AddRange(page["Resources"]!.AsArray().Select(user => (string)user!["id"]!));
        }
        JsonObject none = await client.DoAsync("GET", "/Users?count=0");

        Assert.Equal(seen.Distinct(), seen);
        Assert.True(made.IsSubsetOf(seen));
        Assert.Empty(none["Resources"]!.AsArray());
        Assert.True((int)none["totalResults"]! >= 5);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Delete_LeavesTheAccountLeft_AndFreesTheName(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string name = Name(), id = (string)(await client.DoAsync("POST", "/Users", Entra(name)))["id"]!;

        (HttpStatusCode deleted, _) = await client.SendAsync("DELETE", $"/Users/{id}");
        (HttpStatusCode gone, JsonObject problem) = await client.SendAsync("GET", $"/Users/{id}");
        string other = (string)(await client.DoAsync("POST", "/Users", new { userName = name, externalId = "another-" + name }))["id"]!;

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, "404"), (deleted, gone, (string)problem["status"]!));
        Assert.Equal("left", await client.StatusAsync(id));
        Assert.NotEqual(id, other);
    }

    [Fact]
    public async Task Put_WithAnOldVersion_IsRefused()
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string name = Name();
        JsonObject made = await client.DoAsync("POST", "/Users", Entra(name));
        string path = $"/Users/{made["id"]}";

        (HttpStatusCode done, JsonObject put) = await client.SendAsync("PUT", path, Entra(name, title: "Inspector"), ("If-Match", (string)made["meta"]!["version"]!));
        (HttpStatusCode late, _) = await client.SendAsync("PUT", path, Entra(name), ("If-Match", (string)made["meta"]!["version"]!));

        Assert.Equal((HttpStatusCode.OK, "Inspector"), (done, (string)put["title"]!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late);
    }

    [Fact]
    public async Task Discovery_SaysWhatThereIs()
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);

        JsonObject config = await client.DoAsync("GET", "/ServiceProviderConfig");
        JsonObject types = await client.DoAsync("GET", "/ResourceTypes");
        JsonObject schemas = await client.DoAsync("GET", "/Schemas");

        Assert.True((bool)config["patch"]!["supported"]!);
        Assert.Equal(["User", "Group"], types["Resources"]!.AsArray().Select(type => (string)type!["id"]!));
        Assert.Equal(3, (int)schemas["totalResults"]!);
    }

    [Theory]
    [InlineData("GET", "/Users?filter=userName%20co%20%22a%22", null, "invalidFilter")]
    [InlineData("GET", "/Users?startIndex=first", null, "invalidValue")]
    [InlineData("GET", "/Groups?count=1.5", null, "invalidValue")]
    [InlineData("POST", "/Users", """{"displayName":"Nobody"}""", "invalidValue")]
    [InlineData("POST", "/Users", """{"userName":"a","userName":"b"}""", "invalidSyntax")]
    [InlineData("POST", "/Users", "[]", "invalidSyntax")]
    [InlineData("POST", "/Users", """{"userName":"line\nbreak"}""", "invalidValue")]
    public async Task BadRequests_AreSaidInScimsFormat(string method, string path, string? body, string type)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);

        (HttpStatusCode status, JsonObject problem) = await client.SendAsync(method, path, body);

        Assert.Equal((HttpStatusCode.BadRequest, type), (status, (string)problem["scimType"]!));
        Assert.Contains("urn:ietf:params:scim:api:messages:2.0:Error", problem["schemas"]!.ToJsonString(), StringComparison.Ordinal);
    }

    internal static string Name() => $"name{Interlocked.Increment(ref s_number)}";

    internal static object Entra(string name, string? department = null, string? title = null) => new Dictionary<string, object?>
    {
        ["schemas"] = new[] { "urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" },
        ["externalId"] = name + "-oid",
        ["userName"] = name,
        ["active"] = true,
        ["displayName"] = "Display " + name,
        ["title"] = title,
        ["emails"] = new[] { new { primary = true, type = "work", value = name + "@example.test" } },
        ["meta"] = new { resourceType = "User" },
        ["roles"] = new[] { new { value = "agency-admin" } },
        ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] = new { department },
    };

    private async Task<ScimClient> ClientAsync(DatabaseKind kind) => await ScimClient.OfAsync(await servers.OnAsync(kind), Carol);
}
