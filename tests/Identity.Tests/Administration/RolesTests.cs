using System.Net;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Administration;

public sealed class RolesTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Put_Roles_GivesExactlyThese_AndKeepsWhatWasBelieved(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder"]);

        JsonObject answer = await server.DoAsync(Carol, "PUT", $"/people/{person}/roles", new
        {
            reason = Reason,
            roles = new object[] { new { role = "officer-in-case", maxClassification = "restricted", authorisations = new[] { "vetted" } }, new { role = "officer-in-case", area = "merseyside" } },
        });

        Assert.True((bool)answer["moved"]!);
        JsonArray roles = answer["person"]!["roles"]!.AsArray();
        Assert.Equal(["case-builder", "officer-in-case", "officer-in-case"], roles.Select(role => (string)role!["role"]!));
        Assert.NotNull(roles[0]!["to"]);
        Assert.Equal(("criminal", Police, "restricted"), ((string)roles[1]!["jurisdiction"]!, (string)roles[1]!["agency"]!, (string)roles[1]!["maxClassification"]!));
        Assert.Null(roles[2]!["agency"]);
        Assert.Equal("merseyside", (string)roles[2]!["area"]!);
        JsonNode former = Assert.Single(answer["person"]!["formerRoles"]!.AsArray())!;
        Assert.Null(former["to"]);
        Assert.Equal((string)roles[0]!["recordedFrom"]!, (string)former["recordedTo"]!);
        Assert.NotNull(answer["person"]!["movedAt"]);
        Assert.Equal("person.roles", await server.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectId == person && entry.Actor == Carol).Select(entry => entry.Action).SingleAsync(s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Put_RolesDryRun_SaysWhatWouldBe_AndChangesNothing(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder"]);

        JsonObject answer = await server.DoAsync(Carol, "PUT", $"/people/{person}/roles?dryRun=true", new { reason = Reason, roles = new[] { new { role = "warrants-officer" } } });

        Assert.Equal(2, answer["person"]!["roles"]!.AsArray().Count);
        Account kept = await server.ReadAsync(db => db.Accounts.Include(account => account.Roles).SingleAsync(account => account.Subject == person, s_none));
        Assert.Null(Assert.Single(kept.Roles).To);
        Assert.False(await server.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(entry => entry.SubjectId == person, s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Post_AnAdminsRole_WaitsForASecondAdmin(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder"]);

        (HttpStatusCode asked, JsonObject answer) = await server.SendAsync(Carol, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "agency-admin" } });
        string request = (string)answer["requests"]![0]!;
        (HttpStatusCode alone, JsonObject same) = await server.SendAsync(Carol, "POST", $"/requests/{request}/decision", new { decide = "approve", reason = Reason });
        (HttpStatusCode before, _) = await server.SendAsync(person, "GET", "/people");
        JsonObject decided = await server.DoAsync(Imran, "POST", $"/requests/{request}/decision", new { decide = "approve", reason = Reason });
        (HttpStatusCode again, _) = await server.SendAsync(Imran, "POST", $"/requests/{request}/decision", new { decide = "approve", reason = Reason });
        (HttpStatusCode after, _) = await server.SendAsync(person, "GET", "/people");

        Assert.Equal(HttpStatusCode.Accepted, asked);
        Assert.Equal((HttpStatusCode.Forbidden, "same_person"), (alone, (string)same["code"]!));
        Assert.Equal(HttpStatusCode.Forbidden, before);
        Assert.Equal("approved", (string)decided["status"]!);
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal(HttpStatusCode.OK, after);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Decide_AfterWhoeverAskedIsNoAdmin_IsRefused(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string asker = await server.PersonAsync(Police, ["agency-admin"]), person = await server.PersonAsync(Police);
        (_, JsonObject answer) = await server.SendAsync(asker, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "agency-admin", maxClassification = "private" } });
        await server.DoAsync(Carol, "POST", $"/people/{asker}/status", new { status = "suspended", reason = Reason });

        (HttpStatusCode status, JsonObject refused) = await server.SendAsync(Imran, "POST", $"/requests/{answer["requests"]![0]}/decision", new { decide = "approve", reason = Reason });

        Assert.Equal((HttpStatusCode.Conflict, "asker_not_entitled"), (status, (string)refused["code"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Decide_ByWhoeverWasSuspendedAMomentEarlier_IsRefused(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string decider = await server.PersonAsync(Police, ["agency-admin"]), person = await server.PersonAsync(Police);
        (_, JsonObject asked) = await server.SendAsync(Carol, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "agency-admin" } });
        string request = (string)asked["requests"]![0]!;
        await server.DoAsync(decider, "GET", $"/requests/{request}");

        await server.DoAsync(Imran, "POST", $"/people/{decider}/status", new { status = "suspended", reason = Reason });
        (HttpStatusCode status, _) = await server.SendAsync(decider, "POST", $"/requests/{request}/decision", new { decide = "approve", reason = Reason });

        Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, status.ToString());
        Assert.Equal("requested", (string?)(await server.DoAsync(Imran, "GET", $"/requests/{request}"))["status"]);
        Assert.False(await server.ReadAsync(db => db.HomeRoles.AnyAsync(role => role.Subject == person, CancellationToken.None)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "suspended")]
    [InlineData(DatabaseKind.Sqlite, "left")]
    [InlineData(DatabaseKind.Sqlite, "no admin")]
    [InlineData(DatabaseKind.Postgres, "no admin")]
    public async Task Role_ForALaterDay_SleepsFromItsBeginning_WhereItsGiverAdministersNothingAnyMore(DatabaseKind kind, string how)
    {
        AdminServer server = await servers.OnAsync(kind);
        string giver = await server.PersonAsync(Police, ["agency-admin"]), person = await server.PersonAsync(Police), other = await server.PersonAsync(Police);
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(3), begun = from.AddMinutes(1);
        await server.DoAsync(giver, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "case-builder", from } });
        await server.DoAsync(Imran, "POST", $"/people/{other}/roles", new { reason = Reason, role = new { role = "case-builder", from } });
        Task<HomeRole> RoleAsync(string of) => server.ReadAsync(db => db.HomeRoles.AsNoTracking().SingleAsync(role => role.Subject == of, s_none));
        Assert.True((await RoleAsync(person)).IsLive(begun));

        await (how == "no admin" ? EndOneAsync(server, giver) : server.DoAsync(Carol, "POST", $"/people/{giver}/status", new { status = how, reason = Reason }));

        HomeRole held = await RoleAsync(person);
        Assert.False(held.IsLive(held.From));
        Assert.True((await RoleAsync(other)).IsLive(begun));
        Assert.True(await server.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "role.hold" && entry.SubjectId == person, s_none)));
        await server.DoAsync(Imran, "POST", $"/people/{person}/roles/{Uri.EscapeDataString(held.Id)}/certify", new { reason = Reason });
        Assert.True((await RoleAsync(person)).IsLive(begun));
    }

    private static async Task<JsonObject> EndOneAsync(AdminServer server, string subject)
    {
        HomeRole role = await server.ReadAsync(db => db.HomeRoles.AsNoTracking().FirstAsync(known => known.Subject == subject && known.To == null, s_none));
        return await server.DoAsync(Carol, "POST", $"/people/{subject}/roles/{Uri.EscapeDataString(role.Id)}/end", new { reason = Reason });
    }

    [Fact]
    public async Task Role_ForALaterDay_Begins_WhereItsGiverLosesOneOfTwoAdministratorsRoles()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string giver = await server.PersonAsync(Police, ["agency-admin", "agency-admin"]), person = await server.PersonAsync(Police);
        await server.DoAsync(giver, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "case-builder", from = DateTimeOffset.UtcNow.AddDays(3) } });

        await EndOneAsync(server, giver);

        HomeRole held = await server.ReadAsync(db => db.HomeRoles.AsNoTracking().SingleAsync(role => role.Subject == person, s_none));
        Assert.True(held.IsLive(held.From));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Certify_AnOverdueRole_WakesIt(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["agency-admin"], change: account => account.Roles[0].RecertifyBy = DateTimeOffset.UtcNow.AddMinutes(-1));
        string id = Uri.EscapeDataString((string)(await server.DoAsync(Carol, "GET", $"/people/{person}"))["roles"]![0]!["id"]!);
        (HttpStatusCode asleep, _) = await server.SendAsync(person, "GET", "/people");

        await server.DoAsync(Carol, "POST", $"/people/{person}/roles/{id}/certify", new { reason = Reason });

        (HttpStatusCode awake, _) = await server.SendAsync(person, "GET", "/people");
        (HttpStatusCode own, JsonObject refused) = await server.SendAsync(person, "POST", $"/people/{person}/roles/{id}/certify", new { reason = Reason });
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (asleep, awake));
        Assert.Equal((HttpStatusCode.Forbidden, "own_account"), (own, (string)refused["code"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Certify_Several_TakesTwentyAndIsTimed(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder"], change: account => account.Roles[0].RecertifyBy = DateTimeOffset.UtcNow.AddDays(2));
        JsonObject due = await server.DoAsync(Carol, "GET", "/due?within=5");
        string review = (string)due["review"]!;
        JsonNode item = due["items"]!.AsArray().Single(row => (string)row!["subject"]! == person)!;
        object[] one = [new { subject = person, role = (string)item["id"]! }];

        (HttpStatusCode many, _) = await server.SendAsync(Carol, "POST", "/certifications", new { reason = Reason, review, roles = Enumerable.Range(0, 21).Select(n => new { subject = person, role = $"{n}" }) });
        (HttpStatusCode others, _) = await server.SendAsync(Imran, "POST", "/certifications", new { reason = Reason, review, roles = one });
        JsonObject done = await server.DoAsync(Carol, "POST", "/certifications", new { reason = Reason, review, roles = one });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (many, others));
        Assert.Equal(1, (int)done["certified"]!);
        Assert.True((int)done["seconds"]! >= 0);
        DateTimeOffset until = (await server.ReadAsync(db => db.HomeRoles.SingleAsync(role => role.Subject == person, s_none))).RecertifyBy!.Value;
        Assert.InRange(until, DateTimeOffset.UtcNow.AddDays(179), DateTimeOffset.UtcNow.AddDays(181));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Write_WithTheSameKey_IsAnsweredTheSame_AndDoneOnce(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police), path = $"/people/{person}/roles", key = Guid.NewGuid().ToString();
        object gift = new { reason = Reason, role = new { role = "case-builder" } };

        (HttpStatusCode first, JsonObject one) = await server.SendAsync(Carol, "POST", path, gift, key);
        (HttpStatusCode second, JsonObject two) = await server.SendAsync(Carol, "POST", path, gift, key);
        (HttpStatusCode other, JsonObject refused) = await server.SendAsync(Carol, "POST", path, new { reason = Reason, role = new { role = "warrants-officer" } }, key);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, second));
        Assert.Equal(one.ToJsonString(), two.ToJsonString());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "key_used"), (other, (string)refused["code"]!));
        Assert.Equal(1, await server.ReadAsync(db => db.HomeRoles.CountAsync(role => role.Subject == person, s_none)));
    }
}
