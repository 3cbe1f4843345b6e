using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Members that nobody may set, put into every body that there is: each is refused by its name.</summary>
public sealed class MassAssignmentAttacks(AdminServers servers) : IClassFixture<AdminServers>
{
    private static readonly string[] s_members =
    [
        "homeAgency", "agency", "agencyId", "status", "approvals", "approvedBy", "givenBy", "createdBy", "requestedBy", "maxClass", "maxClassification", "end", "to", "from", "recertifyBy",
        "recordedFrom", "process", "reference", "subject", "personId", "isSystem", "roles", "version", "leftAt", "movedAt",
    ];

    /// <summary>What a body names because that is what it is about.</summary>
    private static readonly HashSet<string> s_own =
    [
        "/people/{person}/status status", "/agencies/{agency}/status status", "/systems/{system}/status status", "/agencies/{agency}/administrators subject", "/person-links subject",
        "/people/{person}/roles roles", "/people/{person}/roles process", "/people/{person}/roles reference", "/certifications roles", "/role-endings roles",
    ];

    [Fact]
    public async Task Members_ThatNobodyMaySet_AreRefusedByName_InEveryBody()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        List<string> taken = [];
        int tried = 0;
        foreach ((string method, string route, string? body) in AdministrationAttackTests.Routes.Where(route => route.Body is not null))
        {
            foreach (string member in s_members.Where(member => !s_own.Contains($"{route} {member}")))
            {
                tried++;
                JsonObject spoilt = JsonNode.Parse(body!)!.AsObject();
                spoilt[member] = "x";
                (HttpStatusCode status, JsonObject answer) = await server.SendAsync(Carol, method, route, spoilt.ToJsonString());
                bool isNamed = ((string?)answer["detail"])?.Contains(member, StringComparison.Ordinal) == true;
                if ((status, (string?)answer["code"], isNamed) != (HttpStatusCode.BadRequest, "unknown_member", true))
                {
                    taken.Add($"{method} {route} {member}: {(int)status} {answer.ToJsonString()}");
                }
            }
        }

        Assert.True(tried > 500, $"Expected every body to be tried, but there were {tried} requests.");
        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }
}
