using System.Net;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Assize.Identity.Tests.Administration;
using Assize.Identity.Tests.Scim;
using Assize.TestKit.Databases;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace Assize.Identity.Tests.Sessions;

/// <summary>A leaver's end and their own sign-out at the same moment: both are done, and each session ends once.</summary>
public sealed class LeaverRaceTests
{
    [Fact]
    public async Task Leaver_WhoSignsOutMeanwhile_HasLeft_AndIsSignedOutOnce()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using AdminServer server = await AdminServer.StartAsync(DatabaseKind.Postgres, settings => settings with { HostUrl = new Uri("http://127.0.0.1:9") });
        ScimClient client = await ScimClient.OfAsync(server, AdminServer.Carol);
        string subject = await server.PersonAsync(AdminServer.Police, ["officer-in-case"], change: account => (account.UserName, account.ExternalId) = ("racing", "racing-oid"));
        using Browser laptop = new(server.Server), phone = new(server.Server);
        string[] sids = [await SignInToHostAsync(server.Server, laptop, subject), await SignInToHostAsync(server.Server, phone, subject)];

        // All have read that the sessions live before any can write that they ended.
        Task<HttpStatusCode>[] ends = await server.ReadAsync(async db =>
        {
            await using IDbContextTransaction holding = await db.Database.BeginTransactionAsync(ct);
            await db.Sessions.Where(session => sids.Contains(session.Id)).ExecuteUpdateAsync(set => set.SetProperty(session => session.SeenAt, session => session.SeenAt), ct);
            Task<HttpStatusCode>[] waiting =
            [
                LeaveAsync(client, subject), laptop.SubmitAsync("/connect/logout", "/connect/logout"), phone.SubmitAsync("/connect/logout", "/connect/logout"),
            ];
            for (DateTimeOffset latest = DateTimeOffset.UtcNow.AddSeconds(30); await server.ReadAsync(other => WaitingAsync(other, ct)) < waiting.Length; await Task.Delay(20, ct))
            {
                Assert.True(DateTimeOffset.UtcNow < latest, "Expected all of them to wait for the sessions' rows, but they do not.");
            }
            await holding.CommitAsync(ct);
            return waiting;
        });
        HttpStatusCode[] statuses = await Task.WhenAll(ends);

        Assert.All(statuses, status => Assert.True((int)status < 400, string.Join(' ', statuses)));
        Assert.Equal(AccountStatus.Left, await client.StatusAsync(subject));
        foreach (string sid in sids)
        {
            Assert.NotNull(await server.ReadAsync(db => db.Sessions.Where(session => session.Id == sid).Select(session => session.EndedAt).SingleAsync(ct)));
            Assert.Equal(1, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.SubjectId == sid && entry.Action == "session.end", ct)));
            Assert.Equal(1, await server.ReadAsync(db => db.LogoutNotices.CountAsync(notice => notice.SessionId == sid, ct)));
        }
    }

    private static async Task<HttpStatusCode> LeaveAsync(ScimClient client, string subject) =>
        (await client.SendAsync("PATCH", $"/Users/{subject}", """{"Operations":[{"op":"Replace","path":"active","value":"False"}]}""")).Status;

    private static Task<int> WaitingAsync(IdentityDb db, CancellationToken ct) =>
        db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""").SingleAsync(ct);

    private static async Task<string> SignInToHostAsync(RunningServer server, Browser browser, string subject)
    {
        string redirect = new Uri(server.Settings.HostUrl, "/signin/callback").AbsoluteUri;
        await browser.TokenAsync(subject);
        (_, JsonObject pushed) = await server.PostAsHostAsync("/connect/par", ("response_type", "code"), ("redirect_uri", redirect), ("scope", "openid api"),
            ("code_challenge", Browser.Challenge), ("code_challenge_method", "S256"));
        using HttpResponseMessage done = await browser.GetAsync(QueryHelpers.AddQueryString("/connect/authorize",
            new Dictionary<string, string?> { ["client_id"] = HostKeys.Id, ["request_uri"] = (string)pushed["request_uri"]! }));
        (HttpStatusCode status, JsonObject tokens) = await server.PostAsHostAsync("/connect/token", ("grant_type", "authorization_code"),
            ("code", QueryHelpers.ParseQuery(done.Headers.Location!.Query)["code"]!), ("redirect_uri", redirect), ("code_verifier", Browser.Verifier));
        Assert.True(status == HttpStatusCode.OK, tokens.ToJsonString());
        return (string)(await server.IntrospectAsync((string)tokens["access_token"]!))["sid"]!;
    }
}
