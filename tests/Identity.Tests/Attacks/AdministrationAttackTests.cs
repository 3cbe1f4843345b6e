using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Administrators who reach for more than is theirs. Every refusal is by this API's own code, so that none of them passes for another reason.</summary>
public sealed class AdministrationAttackTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private static readonly (string Method, string Route, string? Body)[] s_routes =
    [
        ("GET", "/people", null),
        ("POST", "/people", """{"name":"Somebody New","userName":"new","externalId":"new","reason":"Agreed with the team leader."}"""),
        ("GET", "/people/{person}", null),
        ("POST", "/people/{person}/status", """{"status":"suspended","reason":"Agreed with the team leader."}"""),
        ("POST", "/suspensions", """{"subjects":["{person}"],"reason":"Agreed with the team leader."}"""),
        ("POST", "/person-links", """{"subject":"{person}","other":"{person}","reason":"Agreed with the team leader."}"""),
        ("POST", "/people/{person}/erasure", """{"reason":"Agreed with the team leader."}"""),
        ("GET", "/erasures", null),
        ("GET", "/erasures/{erasure}", null),
        ("POST", "/erasures/{erasure}/decision", """{"decide":"approve","reason":"Agreed with the team leader."}"""),
        ("GET", "/roles", null),
        ("PUT", "/people/{person}/roles", """{"roles":[],"reason":"Agreed with the team leader."}"""),
        ("POST", "/people/{person}/roles", """{"role":{"role":"advocate"},"reason":"Agreed with the team leader."}"""),
        ("PUT", "/people/{person}/roles/{role}", """{"role":{"role":"advocate"},"reason":"Agreed with the team leader."}"""),
        ("POST", "/people/{person}/roles/{role}/end", """{"reason":"Agreed with the team leader."}"""),
        ("POST", "/people/{person}/roles/{role}/certify", """{"reason":"Agreed with the team leader."}"""),
        ("GET", "/due", null),
        ("POST", "/certifications", """{"roles":[{"subject":"{person}","role":"{role}"}],"reason":"Agreed with the team leader.","review":"{review}"}"""),
        ("POST", "/role-gifts", """{"subjects":["{person}"],"role":{"role":"advocate"},"reason":"Agreed with the team leader."}"""),
        ("POST", "/role-endings", """{"roles":[{"subject":"{person}","role":"{role}"}],"reason":"Agreed with the team leader."}"""),
        ("GET", "/requests", null),
        ("GET", "/requests/{request}", null),
        ("POST", "/requests/{request}/decision", """{"decide":"approve","reason":"Agreed with the team leader."}"""),
        ("GET", "/teams", null),
        ("GET", "/teams/{team}", null),
        ("POST", "/teams", """{"name":"A new team","reason":"Agreed with the team leader."}"""),
        ("POST", "/teams/{team}/name", """{"name":"Another name","reason":"Agreed with the team leader."}"""),
        ("POST", "/teams/{team}/remove", """{"reason":"Agreed with the team leader."}"""),
        ("POST", "/teams/{team}/members", """{"add":["{person}"],"reason":"Agreed with the team leader."}"""),
        ("GET", "/agencies", null),
        ("GET", "/agencies/{agency}", null),
        ("POST", "/agencies", """{"id":"new-agency","kind":"police","name":"New agency","reason":"Agreed with the team leader."}"""),
        ("POST", "/agencies/{agency}/name", """{"name":"Another name","reason":"Agreed with the team leader."}"""),
        ("POST", "/agencies/{agency}/status", """{"status":"suspended","reason":"Agreed with the team leader."}"""),
        ("POST", "/agencies/{agency}/administrators", """{"subject":"{person}","reason":"Agreed with the team leader."}"""),
        ("GET", "/provisioning/tokens", null),
        ("POST", "/provisioning/tokens", """{"label":"Ours","reason":"Agreed with the team leader."}"""),
        ("POST", "/provisioning/tokens/{token}/revoke", """{"reason":"Agreed with the team leader."}"""),
        ("GET", "/provisioning/mappings", null),
        ("PUT", "/provisioning/mappings", """{"mappings":[],"reason":"Agreed with the team leader."}"""),
        ("GET", "/systems", null),
        ("GET", "/systems/{system}", null),
        ("POST", "/systems", """{"code":"ours","name":"Ours","key":"none","reason":"Agreed with the team leader."}"""),
        ("POST", "/systems/{system}/terms", """{"name":"Ours","reason":"Agreed with the team leader."}"""),
        ("POST", "/systems/{system}/status", """{"status":"left","reason":"Agreed with the team leader."}"""),
        ("POST", "/systems/{system}/keys", """{"key":"none","reason":"Agreed with the team leader."}"""),
        ("POST", "/systems/{system}/keys/{key}/approve", """{"reason":"Agreed with the team leader."}"""),
        ("POST", "/systems/{system}/keys/{key}/remove", """{"reason":"Agreed with the team leader."}"""),
    ];

    /// <summary>Every route of the administration, with a body as it should be; names in braces stand for ids.</summary>
    internal static IReadOnlyList<(string Method, string Route, string? Body)> Routes => s_routes;

    [Fact]
    public async Task Routes_AreAllInTheTable()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string[] mapped = [.. server.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/admin/", StringComparison.Ordinal) == true)
            .Where(endpoint => !OthersOwn(endpoint.RoutePattern.RawText!))
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {Shape(endpoint.RoutePattern.RawText!["/api/admin".Length..])}")];

        Assert.Equal(s_routes.Select(route => $"{route.Method} {Shape(route.Route)}").Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task ForeignIds_AreNotFound(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        Dictionary<string, string> theirs = await ThingsAsync(server, Prosecutors, Bridget);
        foreach (string admin in (string[])[Carol, Alex])
        {
            theirs["review"] = (string)(await server.DoAsync(admin, "GET", "/due"))["review"]!;
            string before = await SnapshotAsync(server);
            foreach ((string Method, string Route, string? Body) route in s_routes.Where(NamesOnesOwn))
            {
                (HttpStatusCode status, JsonObject answer) = await CallAsync(server, admin, route, theirs);
                Assert.True((status, (string?)answer["code"]) == (HttpStatusCode.NotFound, "not_found"), $"{admin} {route.Route}: {status} {answer.ToJsonString()}");
            }
            Assert.Equal(before, await SnapshotAsync(server));
        }
    }

    [Fact]
    public async Task WhoeverIsNoAdmin_IsRefusedEverywhere()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        Dictionary<string, string> own = await ThingsAsync(server, Police, Carol);
        own["review"] = "none";
        string[] people = ["sam.carter@merseyside-police", "lena.fox@merseyside-police", await server.PersonAsync(Police, ["access-approver"])];
        using Browser browser = new(server.Server);
        string?[] bearers = [null, await server.Server.HostTokenAsync(), await browser.TokenAsync(Carol), await server.Server.ClientTokenAsync("demo-client.json", "api")];
        foreach ((string Method, string Route, string? Body) route in s_routes)
        {
            foreach (string person in people)
            {
                (HttpStatusCode status, JsonObject answer) = await CallAsync(server, person, route, own);
                Assert.True((status, (string?)answer["code"]) == (HttpStatusCode.Forbidden, "not_admin"), $"{person} {route.Route}: {status} {answer.ToJsonString()}");
            }
            foreach (string? bearer in bearers)
            {
                (HttpStatusCode status, _) = await server.CallAsync(bearer, route.Method, "/api/admin" + Filled(route.Route, own, escape: true), route.Body is { } body ? Filled(body, own, escape: false) : null);
                Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{route.Route}: {status}");
            }
        }
    }

    [Theory]
    [InlineData("POST", "/agencies", """{"id":"mine","kind":"police","name":"Mine","reason":"Agreed with the team leader."}""")]
    [InlineData("POST", "/agencies/cps-mersey-cheshire/name", """{"name":"Mine","reason":"Agreed with the team leader."}""")]
    [InlineData("POST", "/agencies/merseyside-police/status", """{"status":"suspended","reason":"Agreed with the team leader."}""")]
    [InlineData("POST", "/agencies/merseyside-police/administrators", """{"subject":"sam.carter@merseyside-police","reason":"Agreed with the team leader."}""")]
    [InlineData("POST", "/person-links", """{"subject":"sam.carter@merseyside-police","other":"helen.marsh@cps-mersey-cheshire","reason":"Agreed with the team leader."}""")]
    public async Task PlatformsWork_ByAnAgencysAdmin_IsRefused(string method, string path, string body)
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);

        (HttpStatusCode status, JsonObject answer) = await server.SendAsync(Carol, method, path, body);

        Assert.Equal((HttpStatusCode.Forbidden, "not_platform"), (status, (string)answer["code"]!));
    }

    [Theory]
    [InlineData("""{"role":"platform-admin"}""", "wrong_kind")]
    [InlineData("""{"role":"reviewing-lawyer"}""", "wrong_kind")]
    [InlineData("""{"role":"case-system"}""", "not_delegable")]
    [InlineData("""{"role":"made-up"}""", "invalid")]
    [InlineData("""{"role":"case-builder","agency":"cps-mersey-cheshire"}""", "outside_agency")]
    [InlineData("""{"role":"case-builder","area":"kent"}""", "outside_agency")]
    [InlineData("""{"role":"case-builder","court":"liverpool"}""", "outside_agency")]
    [InlineData("""{"role":"case-builder","maxClassification":"restricted"}""", "class_above_own")]
    [InlineData("""{"role":"case-builder","maxClassification":"sealed"}""", "invalid")]
    [InlineData("""{"role":"case-builder","from":"2020-01-01T00:00:00Z"}""", "invalid")]
    [InlineData("""{"role":"case-builder","to":"2020-01-01T00:00:00Z"}""", "invalid")]
    [InlineData("""{"role":"case-builder","recertifyBy":"2099-01-01T00:00:00Z"}""", "unknown_member")]
    [InlineData("""{"role":"case-builder","process":"demonstration"}""", "unknown_member")]
    [InlineData("""{"role":"case-builder","givenBy":"imran.sheikh@merseyside-police"}""", "unknown_member")]
    [InlineData("""{"role":"case-builder","recordedFrom":"2020-01-01T00:00:00Z"}""", "unknown_member")]
    public async Task Roles_BeyondTheAdminsOwn_AreNotGiven(string gift, string code)
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string admin = await server.PersonAsync(Police, ["agency-admin"], change: account => account.Roles[0].MaxClassification = Classification.Private);
        string person = await server.PersonAsync(Police);

        (_, JsonObject one) = await server.SendAsync(admin, "POST", $"/people/{person}/roles", $$"""{"reason":"{{Reason}}","role":{{gift}}}""");
        (_, JsonObject all) = await server.SendAsync(admin, "PUT", $"/people/{person}/roles", $$"""{"reason":"{{Reason}}","roles":[{{gift}}]}""");
        (_, JsonObject mapped) = await server.SendAsync(admin, "PUT", "/provisioning/mappings", $$"""{"reason":"{{Reason}}","mappings":[{"group":"Everybody","role":{{gift}}}]}""");

        Assert.Equal((code, code), ((string?)one["code"], (string?)all["code"]));
        Assert.NotNull((string?)mapped["code"]);
        Assert.False(await server.ReadAsync(db => db.HomeRoles.AnyAsync(role => role.Subject == person, s_none)));
    }

    [Theory]
    [InlineData("/people/{0}/status", """{"status":"suspended","reason":"Agreed with the team leader.","agency":"cps-mersey-cheshire"}""", "agency")]
    [InlineData("/people/{0}/status", """{"status":"suspended","reason":"Agreed with the team leader.","homeAgency":"x"}""", "homeAgency")]
    [InlineData("/people/{0}/roles", """{"role":{"role":"case-builder"},"reason":"Agreed with the team leader.","approvals":[]}""", "approvals")]
    [InlineData("/people/{0}/roles", """{"role":{"role":"case-builder","subject":"x"},"reason":"Agreed with the team leader."}""", "role.subject")]
    [InlineData("/teams", """{"name":"Mine","reason":"Agreed with the team leader.","agencyId":"cps-mersey-cheshire"}""", "agencyId")]
    [InlineData("/provisioning/tokens", """{"label":"Mine","reason":"Agreed with the team leader.","agency":"cps-mersey-cheshire"}""", "agency")]
    [InlineData("/teams", """{"NAME":"Mine","reason":"Agreed with the team leader."}""", "NAME")]
    public async Task MembersTooMany_AreRefusedByName(string path, string body, string named)
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string person = await server.PersonAsync(Police);

        (HttpStatusCode status, JsonObject answer) = await server.SendAsync(Carol, "POST", path.Replace("{0}", person, StringComparison.Ordinal), body);

        Assert.Equal((HttpStatusCode.BadRequest, "unknown_member"), (status, (string)answer["code"]!));
        Assert.Contains(named, (string)answer["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnAccount_IsNeverTheAdminsToChange()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string admin = await server.PersonAsync(Police, ["agency-admin"]);
        Dictionary<string, string> own = await ThingsAsync(server, Police, Carol, admin);
        own["review"] = (string)(await server.DoAsync(admin, "GET", "/due"))["review"]!;

        foreach ((string method, string route, string? body) in s_routes.Where(route => route.Body is not null && NamesOnesOwn(route) && (route.Route + route.Body).Contains("{person}", StringComparison.Ordinal)))
        {
            (HttpStatusCode status, JsonObject answer) = await CallAsync(server, admin, (method, route, body), own);
            Assert.True((status, (string?)answer["code"]) == (HttpStatusCode.Forbidden, "own_account"), $"{route}: {status} {answer.ToJsonString()}");
        }
    }

    [Fact]
    public async Task SecondAccountOfOneHuman_CountsAsTheSame()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string first = await server.PersonAsync(Police, ["agency-admin"]), second = await server.PersonAsync(Police, ["agency-admin"]), friend = await server.PersonAsync(Police);
        await server.DoAsync(Alex, "POST", "/person-links", new { subject = first, other = second, reason = Reason });
        string asked = (string)(await server.SendAsync(first, "POST", $"/people/{friend}/roles", new { reason = Reason, role = new { role = "agency-admin" } })).Body["requests"]![0]!;
        string forSecond = (string)(await server.SendAsync(Carol, "POST", $"/people/{second}/roles", new { reason = Reason, role = new { role = "agency-admin", maxClassification = "private" } })).Body["requests"]![0]!;

        (_, JsonObject change) = await server.SendAsync(second, "POST", $"/people/{first}/roles", new { reason = Reason, role = new { role = "case-builder" } });
        (_, JsonObject approve) = await server.SendAsync(second, "POST", $"/requests/{asked}/decision", new { decide = "approve", reason = Reason });
        (_, JsonObject mine) = await server.SendAsync(first, "POST", $"/requests/{forSecond}/decision", new { decide = "approve", reason = Reason });

        Assert.Equal(("own_account", "same_person", "own_account"), ((string)change["code"]!, (string)approve["code"]!, (string)mine["code"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Decision_ByTwoAtOnce_IsOne(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string asker = await server.PersonAsync(Police, ["agency-admin"]), person = await server.PersonAsync(Police);
        (_, JsonObject answer) = await server.SendAsync(asker, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "agency-admin", maxClassification = "private" } });
        string path = $"/requests/{answer["requests"]![0]}/decision";

        (HttpStatusCode Status, JsonObject Body)[] both = await Task.WhenAll(new[] { Carol, Imran }.Select(who => server.SendAsync(who, "POST", path, new { decide = "approve", reason = Reason })));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(decided => decided.Status).Order());
        Assert.Equal("decided", (string)both.Single(decided => decided.Status == HttpStatusCode.Conflict).Body["code"]!);
        Assert.Equal(1, await server.ReadAsync(db => db.HomeRoles.CountAsync(role => role.Subject == person, s_none)));
    }

    [Theory]
    [InlineData("Agreed.\r\n2026-11-23 admin=root granted")]
    [InlineData("Agreed with \u0000 nobody at all")]
    [InlineData("Agreed with \u202E gnihton at all")]
    [InlineData("short")]
    [InlineData("              ")]
    public async Task Reasons_ThatReadAsMoreThanOneLine_OrSayNothing_AreRefused(string reason)
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string person = await server.PersonAsync(Police);

        (HttpStatusCode status, JsonObject answer) = await server.SendAsync(Carol, "POST", $"/people/{person}/status", new { status = "suspended", reason });
        (HttpStatusCode name, _) = await server.SendAsync(Carol, "POST", "/teams", new { name = reason, reason = Reason });

        Assert.Equal((HttpStatusCode.BadRequest, "invalid"), (status, (string)answer["code"]!));
        Assert.True(reason == "short" || name == HttpStatusCode.BadRequest);
    }

    private static async Task<Dictionary<string, string>> ThingsAsync(AdminServer server, string agency, string admin, string? person = null)
    {
        person ??= await server.PersonAsync(agency, [agency == Police ? "case-builder" : "advocate"]);
        string role = await server.ReadAsync(async db => (await db.HomeRoles.FirstAsync(held => held.Subject == person, s_none)).Id);
        string team = (string)(await server.DoAsync(admin, "POST", "/teams", new { name = "Team for " + Guid.NewGuid(), reason = Reason }))["id"]!;
        string beneficiary = await server.PersonAsync(agency), leaver = await server.PersonAsync(agency, status: AccountStatus.Left);
        string request = (string)(await server.SendAsync(admin, "POST", $"/people/{beneficiary}/roles", new { reason = Reason, role = new { role = "agency-admin" } })).Body["requests"]![0]!;
        JsonObject tokens = await server.DoAsync(admin, "GET", "/provisioning/tokens");
        string token = tokens["items"]!.AsArray().Count > 0
            ? (string)tokens["items"]![0]!["id"]!
            : (string)(await server.DoAsync(admin, "POST", "/provisioning/tokens", new { label = "Theirs", reason = Reason }))["line"]!["id"]!;
        JsonObject system = (await server.SendAsync(admin, "POST", "/systems", new { code = "s" + Guid.NewGuid().ToString("n"), name = "System " + Guid.NewGuid(), key = new HostKeys().PublicSet, reason = Reason })).Body;
        return new()
        {
            ["person"] = person,
            ["role"] = role,
            ["team"] = team,
            ["request"] = request,
            ["token"] = token,
            ["agency"] = agency,
            ["system"] = (string)system["system"]!["id"]!,
            ["key"] = (string)system["keys"]![0]!["id"]!,
            ["erasure"] = (string)(await server.DoAsync(admin, "POST", $"/people/{leaver}/erasure", new { reason = Reason }))["id"]!,
        };
    }

    private static Task<(HttpStatusCode Status, JsonObject Body)> CallAsync(AdminServer server, string who, (string Method, string Route, string? Body) route, Dictionary<string, string> ids) =>
        server.SendAsync(who, route.Method, Filled(route.Route, ids, escape: true), route.Body is null ? null : Filled(route.Body, ids, escape: false));

    private static string Filled(string text, Dictionary<string, string> ids, bool escape) =>
        ids.Aggregate(text, (sofar, id) => sofar.Replace($"{{{id.Key}}}", escape ? Uri.EscapeDataString(id.Value) : id.Value, StringComparison.Ordinal));

    // Agencies and links are the platform's, and have tests of their own.
    private static bool NamesOnesOwn((string Method, string Route, string? Body) route) =>
        !route.Route.StartsWith("/agencies", StringComparison.Ordinal) && route.Route != "/person-links"
        && new[] { "person", "role", "team", "request", "token", "system", "erasure" }.Any(name => (route.Route + route.Body).Contains($"{{{name}}}", StringComparison.Ordinal));

    private static string Shape(string route) => System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*\}", "{}");

    [Fact]
    public async Task MadeUpTokens_AreHeldBack_WhereHonestOnesAreNot()
    {
        await using AdminServer slow = await AdminServer.StartAsync(DatabaseKind.Sqlite, settings => settings with { RequestsPerTenSeconds = 20 });
        string honest = await slow.TokenAsync(Carol);

        HttpStatusCode[] hers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => StatusAsync(slow.Server, honest)));
        HttpStatusCode[] madeUp = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => StatusAsync(slow.Server, $"made-up-{number}")));

        Assert.All(hers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Contains(HttpStatusCode.Unauthorized, madeUp);
        Assert.Contains(HttpStatusCode.TooManyRequests, madeUp);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string token)
    {
        using HttpResponseMessage answer = await server.GetAsync("/api/admin/people", token);
        Assert.True(answer.StatusCode != HttpStatusCode.TooManyRequests || answer.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{answer.Content.Headers.ContentType}");
        return answer.StatusCode;
    }

    private static bool OthersOwn(string route) => route.StartsWith("/api/admin/sessions", StringComparison.Ordinal) || route.StartsWith("/api/admin/upstreams", StringComparison.Ordinal)
        || route.StartsWith("/api/admin/enrol", StringComparison.Ordinal) || route.StartsWith("/api/admin/audit", StringComparison.Ordinal);

    // Everything that could have changed, as one text.
    private static Task<string> SnapshotAsync(AdminServer server) => server.ReadAsync(async db => string.Join('\n',
        string.Join(',', await db.Accounts.AsNoTracking().OrderBy(x => x.Subject).Select(x => x.Subject + x.Status + x.PersonId + x.Version).ToListAsync(s_none)),
        string.Join(',', await db.Agencies.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Id + x.Name + x.Status).ToListAsync(s_none)),
        string.Join(',', await db.Teams.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Id + x.Name + x.Status).ToListAsync(s_none)),
        string.Join(',', await db.RoleRequests.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Id + x.Status).ToListAsync(s_none)),
        string.Join(',', await db.PersonErasures.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Id + x.Status).ToListAsync(s_none)),
        string.Join(',', await db.SystemKeys.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Id + x.ApprovedBy + x.RemovedBy).ToListAsync(s_none)),
        string.Join(',', await db.ScimTokens.AsNoTracking().OrderBy(x => x.Id).Select(x => x.Id + (x.RevokedAt == null)).ToListAsync(s_none))));
}
