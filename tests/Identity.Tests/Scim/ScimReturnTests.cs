using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Scim;

/// <summary>Who was deleted and comes again is the same account, whether or not they ever signed in; no other takes its external id.</summary>
public sealed class ScimReturnTests(AdminServers servers) : IClassFixture<AdminServers>
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Suspension_BeforeTheFirstSignIn_OutlivesDeletionAndPost(DatabaseKind kind)
    {
        ScimClient client = await ClientAsync(kind);
        string name = ScimTests.Name(), id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(name)))["id"]!;
        await client.Server.DoAsync(Carol, "POST", $"/people/{id}/status", new { status = "suspended", reason = Reason });

        await client.DoAsync("DELETE", $"/Users/{id}");
        JsonObject again = await client.DoAsync("POST", "/Users", ScimTests.Entra(name));

        Assert.Equal((id, false), ((string)again["id"]!, (bool)again["active"]!));
        Assert.Equal("suspended", await client.StatusAsync(id));
    }

    [Theory]
    [InlineData("PATCH", true)]
    [InlineData("PATCH", false)]
    [InlineData("PUT", true)]
    public async Task ExternalId_OfADeletedAccount_IsTakenByNoOther_ButMayStayWhereItIs(string method, bool isBound)
    {
        ScimClient client = await ClientAsync(DatabaseKind.Sqlite);
        string gone = ScimTests.Name(), other = ScimTests.Name();
        string id = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(gone)))["id"]!, second = (string)(await client.DoAsync("POST", "/Users", ScimTests.Entra(other)))["id"]!;
        if (isBound)
        {
            await client.Server.WithAsync<DirectoryWriter>(directory => directory.ChangeAsync(
                async unit => unit.Bind((await unit.FindAsync(id, CancellationToken.None))!, "oidc", "https://login.example.test", gone), CancellationToken.None));
        }
        await client.DoAsync("DELETE", $"/Users/{id}");

        object body = method == "PUT" ? new { userName = other, externalId = gone + "-oid" } : $$"""{"Operations":[{"op":"Replace","path":"externalId","value":"{{gone}}-oid"}]}""";
        (HttpStatusCode status, JsonObject problem) = await client.SendAsync(method, $"/Users/{second}", body);
        JsonObject again = await client.DoAsync("POST", "/Users", ScimTests.Entra(gone));
        JsonObject same = await client.DoAsync("PATCH", $"/Users/{id}", $$"""{"Operations":[{"op":"Replace","value":{"externalId":"{{gone}}-oid","title":"Sergeant"} }]}""");

        Assert.Equal((HttpStatusCode.Conflict, "uniqueness"), (status, (string?)problem["scimType"]));
        Assert.Contains("externalId", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(other + "-oid", (await client.AccountAsync(second)).ExternalId);
        Assert.Equal((id, "Sergeant"), ((string)again["id"]!, (string)same["title"]!));
    }

    private async Task<ScimClient> ClientAsync(DatabaseKind kind) => await ScimClient.OfAsync(await servers.OnAsync(kind), Carol);
}
