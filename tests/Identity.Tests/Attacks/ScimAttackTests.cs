using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Tests.Administration;
using Assize.Identity.Tests.Scim;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Provisioning that reaches into another agency, or brings back what was taken.</summary>
public sealed class ScimAttackTests(AdminServers servers) : IClassFixture<AdminServers>
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AnotherAgencysToken_FindsNothingAndChangesNothing(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        ScimClient police = await ScimClient.OfAsync(server, Carol), prosecutors = await ScimClient.OfAsync(server, Bridget);
        string name = ScimTests.Name(), user = (string)(await police.DoAsync("POST", "/Users", ScimTests.Entra(name)))["id"]!;
        string group = (string)(await police.DoAsync("POST", "/Groups", new { displayName = "Group " + name, members = new[] { new { value = user } } }))["id"]!;

        foreach ((string method, string path, object? body) in ((string, string, object?)[])
            [
                ("GET", $"/Users/{user}", null), ("PUT", $"/Users/{user}", ScimTests.Entra(name)), ("DELETE", $"/Users/{user}", null),
                ("PATCH", $"/Users/{user}", """{"Operations":[{"op":"replace","path":"active","value":false}]}"""),
                ("GET", $"/Groups/{group}", null), ("PUT", $"/Groups/{group}", new { displayName = "Taken" }), ("DELETE", $"/Groups/{group}", null),
                ("PATCH", $"/Groups/{group}", """{"Operations":[{"op":"remove","path":"members"}]}"""),
            ])
        {
            Assert.True(HttpStatusCode.NotFound == (await prosecutors.SendAsync(method, path, body)).Status, $"{method} {path}");
        }
        JsonObject list = await prosecutors.DoAsync("GET", $"/Users?filter={Uri.EscapeDataString($"id eq \"{user}\"")}");
        (HttpStatusCode member, _) = await prosecutors.SendAsync("POST", "/Groups", new { displayName = "Ours " + name, members = new[] { new { value = user } } });

        Assert.Equal((0, HttpStatusCode.BadRequest), ((int)list["totalResults"]!, member));
        Account kept = await police.AccountAsync(user);
        Assert.Equal(("pending", group), (kept.Status, Assert.Single(kept.Teams).TeamId));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Reactivation_BringsNothingBack(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string name = ScimTests.Name(), group = "Group " + name;
        await client.MapAsync((group, "case-builder"));
        string user = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(name)))["id"]!;
        string id = (string)(await client.DoAsync("POST", "/Groups", new { displayName = group, members = new[] { new { value = user } } }))["id"]!;
        await server.DoAsync(Carol, "POST", $"/people/{user}/roles", new { reason = Reason, role = new { role = "warrants-officer" } });
        Assert.Equal(2, (await client.AccountAsync(user)).Roles.Count(role => role.To is null));

        await client.DoAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Replace","path":"active","value":"False"}]}""");
        JsonObject back = await client.DoAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Replace","path":"active","value":"True"}]}""");
        await client.DoAsync("PATCH", $"/Groups/{id}", """{"Operations":[{"op":"Replace","path":"displayName","value":"Renamed"}]}""");

        Account account = await client.AccountAsync(user);
        Assert.True((bool)back["active"]!);
        Assert.Equal("pending", account.Status);
        Assert.All(account.Roles, role => Assert.NotNull(role.To));
        Assert.Empty(account.Teams);
    }

    [Fact]
    public async Task Suspension_ByAnAdministrator_IsNotLifted()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string user = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;
        await server.DoAsync(Carol, "POST", $"/people/{user}/status", new { status = "suspended", reason = Reason });

        JsonObject answer = await client.DoAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Replace","value":{"active":true}}]}""");

        Assert.False((bool)answer["active"]!);
        Assert.Equal("suspended", await client.StatusAsync(user));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Suspension_ByAnAdministrator_OutlivesLeavingAndComingBack(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string user = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;
        await server.DoAsync(Carol, "POST", $"/people/{user}/status", new { status = "suspended", reason = Reason });

        foreach (string active in (string[])["false", "true", "false", "true"])
        {
            await client.DoAsync("PATCH", $"/Users/{user}", $$"""{"Operations":[{"op":"Replace","value":{"active":{{active}} } }]}""");
        }

        Assert.Equal("suspended", await client.StatusAsync(user));
    }

    [Fact]
    public async Task Suspension_ByAnAdministrator_IsNotLeftBehind_UnderAnotherId()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string user = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;
        string? known = (await client.AccountAsync(user)).ExternalId;
        await server.DoAsync(Carol, "POST", $"/people/{user}/status", new { status = "suspended", reason = Reason });

        (HttpStatusCode suspended, _) = await client.SendAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Replace","path":"externalId","value":"another"}]}""");
        await client.DoAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Replace","value":{"active":false}}]}""");
        (HttpStatusCode left, JsonObject refusal) = await client.SendAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Remove","path":"externalId"}]}""");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, "mutability"), (suspended, left, (string)refusal["scimType"]!));
        Assert.Equal(known, (await client.AccountAsync(user)).ExternalId);
    }

    [Fact]
    public async Task Mapping_GivesItsOwnAuthorNothing_AndNobodyAnAdminsRole()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string name = ScimTests.Name(), group = "Group " + name;
        string author = await server.PersonAsync(Police, ["agency-admin"], change: account => account.UserName = name);
        await server.DoAsync(author, "PUT", "/provisioning/mappings", new { reason = Reason, mappings = new[] { new { group, role = new { role = "case-builder" } } } });

        (_, JsonObject admins) = await server.SendAsync(author, "PUT", "/provisioning/mappings", new { reason = Reason, mappings = new[] { new { group, role = new { role = "agency-admin" } } } });
        await client.DoAsync("POST", "/Groups", new { displayName = group, members = new[] { new { value = author } } });

        Assert.Equal("needs_second", (string)admins["code"]!);
        Assert.Equal("agency-admin", Assert.Single((await client.AccountAsync(author)).Roles).Role);
    }

    [Fact]
    public async Task RolesInTheBody_AreNobodysRoles()
    {
        ScimClient client = await ScimClient.OfAsync(await servers.OnAsync(DatabaseKind.Sqlite), Carol);
        string user = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(ScimTests.Name())))["id"]!;

        await client.DoAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Add","value":{"roles":[{"value":"agency-admin"}],"entitlements":["x"],"agency":"cps-mersey-cheshire"}}]}""");
        (HttpStatusCode id, JsonObject problem) = await client.SendAsync("PATCH", $"/Users/{user}", """{"Operations":[{"op":"Replace","path":"id","value":"other"}]}""");

        Account account = await client.AccountAsync(user);
        Assert.Equal((Police, 0), (account.AgencyId, account.Roles.Count));
        Assert.Equal((HttpStatusCode.BadRequest, "mutability"), (id, (string)problem["scimType"]!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("scim_0000000000000000.0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("scim_x")]
    [InlineData("wrong secret")]
    [InlineData("an admin's")]
    public async Task Tokens_ThatAreNone_AreRefused(string? token)
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string? bearer = token switch
        {
            "wrong secret" => client.Token[..^4] + "ffff",
            "an admin's" => await server.TokenAsync(Carol),
            _ => token,
        };

        (HttpStatusCode status, _) = await server.CallAsync(bearer, "GET", "/scim/v2/Users", null);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Token_Revoked_IsRefusedAtOnce_AndItsSecretIsKeptNowhere()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string felix = "felix.harbour@harbour-defence", key = Guid.NewGuid().ToString();
        object wanted = new { label = "Provisioning", reason = Reason };
        (_, JsonObject issued) = await server.SendAsync(felix, "POST", "/provisioning/tokens", wanted, key);
        (_, JsonObject again) = await server.SendAsync(felix, "POST", "/provisioning/tokens", wanted, key);
        string token = (string)issued["token"]!;
        (HttpStatusCode before, _) = await server.CallAsync(token, "GET", "/scim/v2/Users", null);

        await server.DoAsync(felix, "POST", $"/provisioning/tokens/{issued["line"]!["id"]}/revoke", new { reason = Reason });
        (HttpStatusCode after, _) = await server.CallAsync(token, "GET", "/scim/v2/Users", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before, after));
        Assert.Null(again["token"]);
        string secret = token.Split('.')[1];
        Assert.False(await server.ReadAsync(async db => (await db.StoredAnswers.Select(answer => answer.Body).ToListAsync(CancellationToken.None)).Exists(body => body.Contains(secret, StringComparison.Ordinal))
            || await db.ScimTokens.AnyAsync(known => known.Hash == secret, CancellationToken.None)));
    }

    [Fact]
    public async Task Floods_AreHeldBack()
    {
        await using RunningServer slow = await RunningServer.StartAsync(change: settings => settings with { RequestsPerTenSeconds = 10 });

        (HttpStatusCode Status, string? Form)[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using HttpResponseMessage answer = await slow.GetAsync("/scim/v2/Users", "scim_0000000000000000.0000000000000000000000000000000000000000000000000000000000000000");
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
        }));

        Assert.Contains((HttpStatusCode.TooManyRequests, "application/scim+json"), answers);
    }
}
