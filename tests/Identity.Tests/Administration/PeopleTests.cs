using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Administration;

public sealed class PeopleTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Get_People_PagesByKey_AndFindsByPartOfAName(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        List<string> seen = [];
        string? after = "";
        for (int page = 0; after is not null && page < 50; page++)
        {
            JsonObject answer = await server.DoAsync(Bridget, "GET", $"/people?limit=2&after={after}");
            seen.AddRange(answer["items"]!.AsArray().Select(item => (string)item!["subject"]!));
            after = (string?)answer["after"];
        }

        JsonObject found = await server.DoAsync(Carol, "GET", "/people?search=WHIT");
        JsonObject nothing = await server.DoAsync(Carol, "GET", "/people?search=%25");

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Equal(await server.ReadAsync(db => db.Accounts.CountAsync(account => account.AgencyId == Prosecutors && !account.IsSystem, s_none)), seen.Count);
        Assert.Equal(Carol, (string)Assert.Single(found["items"]!.AsArray())!["subject"]!);
        Assert.Empty(nothing["items"]!.AsArray());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Status_OfALeaver_EndsRolesTeamsAndSession_AndReactivationBringsNothingBack(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["agency-admin"]);
        string team = (string)(await server.DoAsync(Carol, "POST", "/teams", new { name = $"Team of {person}", reason = Reason }))["id"]!;
        await server.DoAsync(Carol, "POST", $"/teams/{team}/members", new { add = new[] { person }, reason = Reason });
        (HttpStatusCode before, _) = await server.SendAsync(person, "GET", "/people");

        await server.DoAsync(Carol, "POST", $"/people/{person}/status", new { status = "left", reason = Reason });
        (HttpStatusCode during, _) = await server.SendAsync(person, "GET", "/people");
        JsonObject back = await server.DoAsync(Carol, "POST", $"/people/{person}/status", new { status = "pending", reason = Reason });
        (HttpStatusCode after, _) = await server.SendAsync(person, "GET", "/people");

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.True(during is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, during.ToString());
        Assert.True(after is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, after.ToString());
        Assert.NotNull(Assert.Single(back["roles"]!.AsArray())!["to"]);
        Assert.Empty(back["teams"]!.AsArray());
        Assert.NotNull(back["leftAt"]);
        Assert.Equal(["active", "left", "pending"], back["statuses"]!.AsArray().Select(period => (string)period!["status"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Suspensions_WithOneThatCannotBe_SuspendNobody(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string one = await server.PersonAsync(Police), two = await server.PersonAsync(Police, status: AccountStatus.Left);

        (HttpStatusCode refused, _) = await server.SendAsync(Carol, "POST", "/suspensions", new { subjects = new[] { one, two }, reason = Reason });
        string kept = await StatusAsync(server, one);
        await server.DoAsync(Carol, "POST", "/suspensions", new { subjects = new[] { one }, reason = Reason });

        Assert.Equal((HttpStatusCode.Conflict, "active"), (refused, kept));
        Assert.Equal("suspended", await StatusAsync(server, one));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Agencies_AreEnrolledByThePlatform_AndGetTheirFirstTwoAdminsFromTwoOfThem(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        await server.DoAsync(Alex, "POST", "/agencies", new { id = "wirral-police", kind = "police", name = "Wirral Police", area = "merseyside", reason = Reason });
        string person = await server.PersonAsync("wirral-police", status: AccountStatus.Pending), other = await server.PersonAsync("wirral-police", status: AccountStatus.Pending), third = await server.PersonAsync("wirral-police");

        JsonObject asked = await server.DoAsync(Alex, "POST", "/agencies/wirral-police/administrators", new { subject = person, reason = Reason });
        (HttpStatusCode alone, _) = await server.SendAsync(Alex, "POST", $"/requests/{asked["requests"]![0]}/decision", new { decide = "approve", reason = Reason });
        await server.DoAsync(Robin, "POST", $"/requests/{asked["requests"]![0]}/decision", new { decide = "approve", reason = Reason });
        JsonObject own = await server.DoAsync(person, "GET", "/people");
        (_, JsonObject same) = await server.SendAsync(Alex, "POST", "/agencies/wirral-police/administrators", new { subject = person, reason = Reason });
        JsonObject askedAgain = await server.DoAsync(Robin, "POST", "/agencies/wirral-police/administrators", new { subject = other, reason = Reason });
        await server.DoAsync(Alex, "POST", $"/requests/{askedAgain["requests"]![0]}/decision", new { decide = "approve", reason = Reason });
        (HttpStatusCode second, JsonObject has) = await server.SendAsync(Alex, "POST", "/agencies/wirral-police/administrators", new { subject = third, reason = Reason });
        JsonObject between = await server.DoAsync(person, "POST", $"/people/{third}/roles", new { reason = Reason, role = new { role = "agency-admin" } });
        await server.DoAsync(other, "POST", $"/requests/{between["requests"]![0]}/decision", new { decide = "approve", reason = Reason });
        await server.DoAsync(Alex, "POST", "/agencies/wirral-police/status", new { status = "suspended", reason = Reason });
        (HttpStatusCode suspended, _) = await server.SendAsync(person, "GET", "/people");

        Assert.Equal(HttpStatusCode.Forbidden, alone);
        Assert.Contains(own["items"]!.AsArray(), line => (string)line!["subject"]! == person);
        Assert.Equal("is_administrator", (string)same["code"]!);
        Assert.True(await server.ReadAsync(db => db.HomeRoles.AnyAsync(role => role.Subject == third && role.Role == "agency-admin", s_none)));
        Assert.Equal((HttpStatusCode.Conflict, "has_administrator"), (second, (string)has["code"]!));
        Assert.True(suspended is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, suspended.ToString());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Agency_Suspended_EndsItsPeoplesSessions_AndNobodyElses(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        await server.DoAsync(Alex, "POST", "/agencies", new { id = "sefton-police", kind = "police", name = "Sefton Police", area = "merseyside", reason = Reason });
        string person = await server.PersonAsync("sefton-police", ["case-builder"]);
        using Browser browser = new(server.Server);
        string token = await browser.TokenAsync(person);
        string sid = (string)(await server.Server.IntrospectAsync(token))["sid"]!;

        await server.DoAsync(Alex, "POST", "/agencies/sefton-police/status", new { status = "suspended", reason = Reason });

        Assert.Equal("The agency is no longer active.", (await server.ReadAsync(db => db.Sessions.SingleAsync(session => session.Id == sid, s_none))).EndedBecause);
        Assert.False((bool)(await server.Server.IntrospectAsync(token))["active"]!);
        Assert.True(await server.ReadAsync(db => db.Sessions.AnyAsync(session => session.Subject == Alex && session.EndedAt == null, s_none)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Agency_Renamed_IsTheSameAgency_AndTakesNoOthersName(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        await server.DoAsync(Alex, "POST", "/agencies", new { id = "crosby-police", kind = "police", name = "Crosby Police", area = "merseyside", reason = Reason });
        string person = await server.PersonAsync("crosby-police", ["case-builder", "agency-admin"]), host = await server.Server.HostTokenAsync();
        using Browser browser = new(server.Server);
        string token = await browser.TokenAsync(person);
        string before = await HeldAsync();
        JsonObject known = (await server.CallAsync(host, "GET", "/api/directory", null)).Body;

        foreach (string taken in (string[])["Merseyside Police", "MERSEYSIDE police"])
        {
            (_, JsonObject refused) = await server.SendAsync(Alex, "POST", "/agencies/crosby-police/name", new { name = taken, reason = Reason });
            Assert.Equal("taken", (string?)refused["code"]);
        }
        await server.DoAsync(Alex, "POST", "/agencies/crosby-police/name", new { name = "Great Crosby Police", reason = Reason });

        Assert.Equal(before, await HeldAsync());
        JsonObject said = await server.Server.IntrospectAsync(token);
        Assert.Equal((true, "crosby-police"), ((bool)said["active"]!, (string)said["agency"]!));
        Assert.Contains((await server.DoAsync(person, "GET", "/people"))["items"]!.AsArray(), line => (string)line!["subject"]! == person);
        JsonObject news = (await server.CallAsync(host, "GET", $"/api/directory?after={known["version"]}", null)).Body;
        JsonNode agency = Assert.Single(news["agencies"]!.AsArray())!;
        Assert.Equal(("crosby-police", "Great Crosby Police", "active"), ((string)agency["id"]!, (string)agency["name"]!, (string)agency["status"]!));
        Assert.Empty(news["people"]!.AsArray());

        Task<string> HeldAsync() => server.ReadAsync(async db => string.Join(',',
            (await db.HomeRoles.Where(role => role.Subject == person).OrderBy(role => role.Role).ToListAsync(s_none)).Select(role => $"{role.Role} {role.Agency} {role.From:O} {role.To:O}")));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Feed_TellsOfTeamsScopesAndPeriods(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string token = await server.Server.HostTokenAsync();
        JsonObject before = (await server.CallAsync(token, "GET", "/api/directory", null)).Body;
        string person = await server.PersonAsync(Police, ["case-builder"]);
        string team = (string)(await server.DoAsync(Carol, "POST", "/teams", new { name = $"Feed {person}", reason = Reason }))["id"]!;
        await server.DoAsync(Carol, "POST", $"/teams/{team}/members", new { add = new[] { person }, reason = Reason });

        JsonObject after = (await server.CallAsync(token, "GET", $"/api/directory?after={before["version"]}", null)).Body;

        JsonNode entry = Assert.Single(after["people"]!.AsArray())!;
        Assert.Equal((person, "case-builder", "private"), ((string)entry["subject"]!, (string)entry["roles"]![0]!["role"]!, (string)entry["roles"]![0]!["maxClassification"]!));
        Assert.Equal(team, (string)Assert.Single(entry["teams"]!.AsArray())!);
        Assert.Equal(team, (string)Assert.Single(after["teams"]!.AsArray())!["id"]!);
        Assert.Equal("active", (string)Assert.Single(entry["statuses"]!.AsArray())!["status"]!);
    }

    private static Task<string> StatusAsync(AdminServer server, string subject) =>
        server.ReadAsync(db => db.Accounts.Where(account => account.Subject == subject).Select(account => account.Status).SingleAsync(s_none));
}
