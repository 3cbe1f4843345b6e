using System.Text.Json.Nodes;
using Assize.Identity.Tests.Administration;
using Assize.Identity.Tests.Scim;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Attacks;

/// <summary>A group of the agency's own directory gives a role. A team that an administrator calls the same gives none: what they may not give, they cannot name into being.</summary>
public sealed class GroupNameAttacks(AdminServers servers) : IClassFixture<AdminServers>
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Team_CalledLikeAGroupThatGivesARole_OrRenamedToIt_GivesNone(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        ScimClient client = await ScimClient.OfAsync(server, Carol);
        string group = "Group " + ScimTests.Name();
        await client.MapAsync((group, "case-builder"));
        string lesser = await server.PersonAsync(Police, ["agency-admin"]), called = await server.PersonAsync(Police), renamed = await server.PersonAsync(Police);

        await TeamAsync(group, called);
        string other = await TeamAsync("Other " + group, renamed);
        await server.SendAsync(lesser, "POST", $"/teams/{other}/name", new { name = group.ToUpperInvariant(), reason = Reason });
        await client.MapAsync((group, "case-builder"), (group.ToUpperInvariant(), "case-builder"));

        Assert.False(await server.ReadAsync(db => db.HomeRoles.AnyAsync(role => role.Subject == called || role.Subject == renamed, TestContext.Current.CancellationToken)));

        async Task<string> TeamAsync(string name, string member)
        {
            JsonObject team = await server.DoAsync(lesser, "POST", "/teams", new { name, reason = Reason });
            await server.DoAsync(lesser, "POST", $"/teams/{team["id"]}/members", new { add = new[] { member }, reason = Reason });
            return (string)team["id"]!;
        }
    }
}
