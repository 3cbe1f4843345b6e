using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Audit;
using Assize.Identity.Storage;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Audit;

/// <summary>An agency looks things up in the log of its own accounts, over real HTTP.</summary>
public sealed class AuditSearchTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Entries_AreFound_ByPersonActionAndDay_PageByPage(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police), theirs = await server.PersonAsync(Prosecutors);
        foreach (string status in (string[])["suspended", "active", "suspended"])
        {
            await server.DoAsync(Carol, "POST", $"/people/{person}/status", new { status, reason = Reason });
        }
        await server.DoAsync(Bridget, "POST", $"/people/{theirs}/status", new { status = "suspended", reason = Reason });
        await server.DoAsync(Carol, "POST", "/teams", new { name = "Searched " + kind, reason = Reason });
        await SealedAsync(server);

        JsonArray about = await FindAsync(server, Carol, $"person={person}");
        JsonArray teams = await FindAsync(server, Carol, "person=carol&action=team.add");
        JsonArray all = await FindAsync(server, Carol, "");
        JsonArray later = await FindAsync(server, Carol, $"person={person}&from={DateTimeOffset.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}");
        JsonArray foreign = await FindAsync(server, Carol, $"person={theirs}");

        Assert.Equal(["person.status", "person.status", "person.status"], about.Select(line => (string)line!["action"]!));
        Assert.Equal(("Carol Whitfield", Reason), ((string)about[0]!["name"]!, (string)about[0]!["said"]!));
        Assert.StartsWith("Person ", (string)about[0]!["aboutName"]!, StringComparison.Ordinal);
        Assert.NotEmpty(teams);
        Assert.All(teams, line => Assert.Equal("team.add", (string)line!["action"]!));
        Assert.Empty(later);
        Assert.Empty(foreign);
        Assert.DoesNotContain(all, line => (string)line!["actor"]! == Bridget);
        Assert.Equal(all.Select(line => (long)line!["sequence"]!).OrderDescending(), all.Select(line => (long)line!["sequence"]!));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Entries_OfARequestForARole_AreFoundUnderWhomItIsFor(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        string person = await server.PersonAsync(Police, ["case-builder"]), other = await server.PersonAsync(Police);
        (_, JsonObject asked) = await server.SendAsync(Carol, "POST", $"/people/{person}/roles", new { reason = Reason, role = new { role = "agency-admin" } });
        await server.DoAsync(Imran, "POST", $"/requests/{asked["requests"]![0]}/decision", new { decide = "refuse", reason = Reason });
        await SealedAsync(server);

        JsonArray found = await FindAsync(server, Carol, $"person={person}");

        Assert.Equal(["request.refuse", "role.request"], found.Select(line => (string)line!["action"]!));
        Assert.Empty(await FindAsync(server, Carol, $"person={other}"));
    }

    [Fact]
    public async Task Entries_GoOn_WhereThePageEnded()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        for (int number = 0; number < 30; number++)
        {
            await server.DoAsync(Carol, "POST", "/teams", new { name = $"Paged {Guid.NewGuid():n}", reason = Reason });
        }
        await SealedAsync(server);

        JsonObject first = await server.DoAsync(Carol, "GET", "/audit/entries?action=team.add");
        JsonObject second = await server.DoAsync(Carol, "GET", $"/audit/entries?action=team.add&after={first["after"]}");
        long[] both = [.. first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(line => (long)line!["sequence"]!)];

        Assert.Equal(25, first["items"]!.AsArray().Count);
        Assert.True(both.Length >= 30);
        Assert.Equal(both.Distinct().OrderDescending(), both);
    }

    [Fact]
    public async Task Entries_ForWhoeverReadsNoLog_OrWhoseRoleIsAsleep_AreRefused()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string asleep = await server.PersonAsync(Police, ["privacy-officer"], change: account => account.Roles[0].RecertifyBy = DateTimeOffset.UtcNow.AddMinutes(-1));

        foreach (string who in (string[])["sam.carter@merseyside-police", asleep])
        {
            foreach (string path in (string[])["/audit/entries", "/audit/export", "/audit/roots/merseyside-police"])
            {
                (HttpStatusCode status, JsonObject answer) = await server.SendAsync(who, "GET", path);
                Assert.True((status, (string?)answer["code"]) == (HttpStatusCode.Forbidden, "role_missing"), $"{who} {path}: {status} {answer.ToJsonString()}");
            }
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(Carol, "GET", "/audit/entries?after=x")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync("lena.fox@merseyside-police", "GET", "/audit/entries")).Status);
    }

    [Fact]
    public async Task ServersOwnLog_IsForWhoeverRunsThePlatform_AndVerifies()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        await server.WithAsync<IdentityDb>(async db =>
        {
            AuditLog.Record(db, DateTimeOffset.UtcNow, AuditActor.Server, "person.status", "person", "p1");
            await db.SaveChangesAsync(Stop);
        });
        await SealedAsync(server);
        await UntilAsync(server, db => db.Set<AuditRoot>().AnyAsync(root => root.Stream == AuditStream.Assize, Stop));
        string asleep = await server.PersonAsync("assize-platform", ["platform-admin"], change: account => account.Roles[0].RecertifyBy = DateTimeOffset.UtcNow.AddMinutes(-1));

        foreach ((string who, string path, HttpStatusCode expected) in ((string, string, HttpStatusCode)[])
        [
            (Carol, "/audit/export?stream=assize", HttpStatusCode.NotFound),
            (Carol, "/audit/roots/assize", HttpStatusCode.NotFound),
            (Carol, "/audit/export?stream=" + Prosecutors, HttpStatusCode.NotFound),
            ("lena.fox@merseyside-police", "/audit/export?stream=assize", HttpStatusCode.NotFound),
            ("sam.carter@merseyside-police", "/audit/export?stream=assize", HttpStatusCode.Forbidden),
            (asleep, "/audit/export?stream=assize", HttpStatusCode.Forbidden),
            (Alex, "/audit/export?stream=" + Police, HttpStatusCode.NotFound),
        ])
        {
            (HttpStatusCode status, _) = await server.SendAsync(who, "GET", path);
            Assert.True(status == expected, $"{who} {path}: {status}");
        }
        using StringReader export = new(await TakenAsync(server, Alex, "/audit/export?stream=assize"));
        Verification verification = await Verifier.RunAsync(export, new RootBook([await TakenAsync(server, Alex, "/audit/roots/assize")], []), Stop);
        Assert.Empty(verification.Findings);
        Assert.True(verification is { Stream: AuditStream.Assize, Records: > 0, Holds: true });
        Assert.Equal(1, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "audit.export" && entry.SubjectId == AuditStream.Assize, Stop)));
    }

    private static async Task<string> TakenAsync(AdminServer server, string who, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/admin" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.TokenAsync(who));
        using HttpResponseMessage answer = await server.Server.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<JsonArray> FindAsync(AdminServer server, string who, string query) => (await server.DoAsync(who, "GET", "/audit/entries?" + query))["items"]!.AsArray();

    private static Task SealedAsync(AdminServer server) => UntilAsync(server, db => db.Set<AuditEntry>().AllAsync(entry => entry.Sequence != null, Stop));

    private static async Task UntilAsync(AdminServer server, Func<IdentityDb, Task<bool>> isSo)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await server.ReadAsync(isSo))
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
