using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Tests.Administration;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Identity.Tests.Scim;

/// <summary>An agency's provisioning, with a token that its admin issued.</summary>
internal sealed class ScimClient(AdminServer server, string admin, string token)
{
    private static readonly ConcurrentDictionary<(AdminServer, string), Task<string>> s_tokens = new();

    public AdminServer Server => server;

    public string Token => token;

    public static async Task<ScimClient> OfAsync(AdminServer server, string admin) => new(server, admin, await s_tokens.GetOrAdd((server, admin), async key =>
        (string)(await key.Item1.DoAsync(key.Item2, "POST", "/provisioning/tokens", new { label = "Provisioning", reason = AdminServer.Reason }))["token"]!));

    public Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        server.CallAsync(token, method, "/scim/v2" + path, body, headers);

    public async Task<JsonObject> DoAsync(string method, string path, object? body = null)
    {
        (HttpStatusCode status, JsonObject answer) = await SendAsync(method, path, body);
        Assert.True((int)status < 300, $"{method} {path}: {status} {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>Adds mappings of groups to roles in the usual scope.</summary>
    public async Task MapAsync(params (string Group, string Role)[] rows)
    {
        JsonObject kept = await server.DoAsync(admin, "GET", "/provisioning/mappings");
        object[] all =
        [
            .. kept["items"]!.AsArray().Select(row => (object)new { group = (string)row!["group"]!, role = new { role = (string)row["role"]!["role"]! } }),
            .. rows.Select(row => (object)new { group = row.Group, role = new { role = row.Role } }),
        ];
        await server.DoAsync(admin, "PUT", "/provisioning/mappings", new { mappings = all, reason = AdminServer.Reason });
    }

    public async Task<string> StatusAsync(string id) => (await AccountAsync(id)).Status;

    public Task<Account> AccountAsync(string id) =>
        server.ReadAsync(db => db.Accounts.Include(account => account.Roles).Include(account => account.Teams).SingleAsync(account => account.Subject == id, CancellationToken.None));
}
