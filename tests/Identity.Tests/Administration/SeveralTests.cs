using System.Net;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Administration;

public sealed class SeveralTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RoleGifts_AreForAll_OrForNobody(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string one = await server.PersonAsync(Police), two = await server.PersonAsync(Police), left = await server.PersonAsync(Police, status: AccountStatus.Left);
        object role = new { role = "case-builder" };

        JsonObject rehearsed = await server.DoAsync(Carol, "POST", "/role-gifts?dryRun=true", new { subjects = new[] { one, two }, role, reason = Reason });
        int before = await HeldAsync(server, one, two);
        (HttpStatusCode refused, JsonObject why) = await server.SendAsync(Carol, "POST", "/role-gifts", new { subjects = new[] { one, left }, role, reason = Reason });
        int after = await HeldAsync(server, one, two);
        JsonObject given = await server.DoAsync(Carol, "POST", "/role-gifts", new { subjects = new[] { one, two }, role, reason = Reason });

        Assert.Equal([one, two], rehearsed["people"]!.AsArray().Select(person => (string)person!["person"]!["subject"]!));
        Assert.Equal((0, 0), (before, after));
        Assert.Equal((HttpStatusCode.Conflict, "person_inactive"), (refused, (string)why["code"]!));
        Assert.Equal(2, given["people"]!.AsArray().Count);
        Assert.Equal(2, await HeldAsync(server, one, two));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RoleGifts_OfAnAdminsRole_WaitForASecond(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string one = await server.PersonAsync(Police), two = await server.PersonAsync(Police);

        (HttpStatusCode status, JsonObject answer) = await server.SendAsync(Carol, "POST", "/role-gifts", new { subjects = new[] { one, two }, role = new { role = "agency-admin" }, reason = Reason });
        JsonObject request = await server.DoAsync(Imran, "GET", $"/requests/{answer["people"]![0]!["requests"]![0]}");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(0, await HeldAsync(server, one, two));
        Assert.Equal((one, "agency-admin", "Carol Whitfield"), ((string)request["subject"]!, (string)request["gift"]!["role"]!, (string)request["requestedByName"]!));
        Assert.StartsWith("Person ", (string)request["name"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task RoleEndings_AreOfAll_OrOfNone(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string one = await server.PersonAsync(Police, ["case-builder"]), two = await server.PersonAsync(Police, ["case-builder"]);
        JsonArray held = (await server.DoAsync(Carol, "GET", $"/people?subject={Uri.EscapeDataString(one)}&subject={Uri.EscapeDataString(two)}"))["items"]!.AsArray();
        object[] roles = [.. held.Select(person => new { subject = (string)person!["subject"]!, role = (string)person["held"]![0]!["id"]! })];

        (HttpStatusCode unknown, _) = await server.SendAsync(Carol, "POST", "/role-endings", new { roles = roles.Append(new { subject = one, role = "no-such~1" }), reason = Reason });
        int kept = await HeldAsync(server, one, two);
        (HttpStatusCode own, JsonObject why) = await server.SendAsync(Carol, "POST", "/role-endings", new { roles = new[] { new { subject = Carol, role = "agency-admin~1" } }, reason = Reason });
        await server.DoAsync(Carol, "POST", "/role-endings", new { roles, reason = Reason });

        Assert.Equal((HttpStatusCode.NotFound, 2), (unknown, kept));
        Assert.Equal((HttpStatusCode.Forbidden, "own_account"), (own, (string)why["code"]!));
        Assert.Equal(0, await HeldAsync(server, one, two));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Put_OneRole_ChangesItsReach_WithoutAChangeOfPost(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder", "agency-admin"]);
        JsonArray roles = (await server.DoAsync(Carol, "GET", $"/people/{person}"))["roles"]!.AsArray();
        string IdOf(string role) => Uri.EscapeDataString((string)roles.Single(held => (string)held!["role"]!["role"]! == role)!["id"]!);

        JsonObject changed = await server.DoAsync(Carol, "PUT", $"/people/{person}/roles/{IdOf("case-builder")}", new { role = new { role = "case-builder", area = "merseyside" }, reason = Reason });
        (HttpStatusCode another, _) = await server.SendAsync(Carol, "PUT", $"/people/{person}/roles/{IdOf("case-builder")}", new { role = new { role = "warrants-officer" }, reason = Reason });
        (HttpStatusCode second, JsonObject why) = await server.SendAsync(Carol, "PUT", $"/people/{person}/roles/{IdOf("agency-admin")}", new { role = new { role = "agency-admin", maxClassification = "private" }, reason = Reason });

        Assert.False((bool)changed["moved"]!);
        Assert.Null(changed["person"]!["movedAt"]);
        Assert.Contains(changed["person"]!["roles"]!.AsArray(), role => (string?)role!["area"] == "merseyside" && role["to"] is null);
        Assert.Equal(HttpStatusCode.NotFound, another);
        Assert.Equal((HttpStatusCode.Conflict, "needs_second"), (second, (string)why["code"]!));
        Assert.True(await server.ReadAsync(db => db.HomeRoles.AnyAsync(role => role.Subject == person && role.Role == "agency-admin" && role.To == null, s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Invitation_MakesAPendingAccount_OnceForEachNameAndProvidersId(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string unique = $"ivy-{kind}";

        JsonObject invited = await server.DoAsync(Carol, "POST", "/people", new { name = "Ivy New", userName = unique, externalId = "oid-" + unique, reason = Reason });
        (HttpStatusCode named, _) = await server.SendAsync(Carol, "POST", "/people", new { name = "Ivy Again", userName = unique.ToUpperInvariant(), externalId = "other", reason = Reason });
        (HttpStatusCode known, JsonObject why) = await server.SendAsync(Carol, "POST", "/people", new { name = "Ivy Again", userName = "other", externalId = "oid-" + unique, reason = Reason });
        (HttpStatusCode unknown, JsonObject errors) = await server.SendAsync(Carol, "POST", "/people", new { name = "Ivy Again", userName = "other", reason = Reason });
        JsonObject elsewhere = await server.DoAsync(Bridget, "POST", "/people", new { name = "Ivy Elsewhere", userName = unique, externalId = "oid-" + unique, reason = Reason });

        Assert.Equal(("pending", Police), ((string)invited["status"]!, (string)invited["agency"]!));
        Assert.Empty(invited["roles"]!.AsArray());
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, "taken"), (named, known, (string)why["code"]!));
        Assert.Equal(HttpStatusCode.BadRequest, unknown);
        Assert.NotNull(errors["errors"]!["externalId"]);
        Assert.Equal(Prosecutors, (string)elsewhere["agency"]!);
        string subject = (string)invited["subject"]!;
        Assert.Equal("person.invite", await server.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectId == subject).Select(entry => entry.Action).SingleAsync(s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Appointment_OfAnInvitedFirstAdministrator_WaitsForTheSecond(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        await server.DoAsync(Alex, "POST", "/agencies", new { id = "sefton-police", kind = "police", name = "Sefton Police", reason = Reason });

        JsonObject asked = await server.DoAsync(Alex, "POST", "/agencies/sefton-police/administrators", new { name = "Fay First", userName = "fay", externalId = "oid-fay", reason = Reason });
        Account? pending = await server.ReadAsync(db => db.Accounts.Include(account => account.Roles).SingleOrDefaultAsync(account => account.AgencyId == "sefton-police", s_none));
        await server.DoAsync(Robin, "POST", $"/requests/{asked["requests"]![0]}/decision", new { decide = "approve", reason = Reason });

        Assert.Equal((AccountStatus.Pending, 0), (pending!.Status, pending.Roles.Count));
        Assert.Equal("agency-admin", await server.ReadAsync(db => db.HomeRoles.Where(role => role.Subject == pending.Subject).Select(role => role.Role).SingleAsync(s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Sessions_OfOnesOwnPeople_AreNamed_AndEndedWithAReason(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder"]);
        using Browser one = new(server.Server), two = new(server.Server);
        await one.TokenAsync(person);
        await two.TokenAsync(person);
        string path = $"/sessions?live=true&subject={Uri.EscapeDataString(person)}";
        JsonArray live = (await server.DoAsync(Carol, "GET", path))["items"]!.AsArray();
        string first = (string)live[0]!["id"]!;

        (HttpStatusCode foreign, _) = await server.SendAsync(Bridget, "POST", $"/sessions/{first}/end", new { reason = Reason });
        (HttpStatusCode foreignRead, _) = await server.SendAsync(Bridget, "GET", $"/sessions/{first}");
        (HttpStatusCode foreignAll, _) = await server.SendAsync(Bridget, "POST", $"/sessions/of/{Uri.EscapeDataString(person)}/end", new { reason = Reason });
        (HttpStatusCode unreasoned, _) = await server.SendAsync(Carol, "POST", $"/sessions/{first}/end", new { reason = "no" });
        await server.DoAsync(Carol, "POST", $"/sessions/{first}/end", new { reason = Reason });
        JsonArray left = (await server.DoAsync(Carol, "GET", path))["items"]!.AsArray();
        JsonObject rest = await server.DoAsync(Carol, "POST", $"/sessions/of/{Uri.EscapeDataString(person)}/end", new { reason = Reason });
        (HttpStatusCode nobody, _) = await server.SendAsync(person, "GET", "/sessions");

        Assert.Equal(2, live.Count);
        Assert.StartsWith("Person ", (string)live[0]!["name"]!, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign, foreignRead, foreignAll));
        Assert.Equal(HttpStatusCode.BadRequest, unreasoned);
        Assert.Single(left);
        Assert.Equal(1, (int)rest["ended"]!);
        Assert.True(nobody is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, nobody.ToString());
        Assert.Equal(Reason, await server.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectId == first && entry.Action == "session.end" && entry.Actor == Carol).Select(entry => entry.Said).SingleAsync(s_none)));
    }

    private static Task<int> HeldAsync(AdminServer server, params string[] subjects) =>
        server.ReadAsync(db => db.HomeRoles.CountAsync(role => subjects.Contains(role.Subject) && role.To == null, s_none));
}
