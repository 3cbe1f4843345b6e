using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Assize.Audit;
using Assize.Host.Tests.Coverage;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using AccountsLog = Assize.Identity.Audit;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>A log of some ten megabytes, read slowly, by somebody whose access ends meanwhile.</summary>
[Collection(DirectoryPages.Name)]
public sealed class LongDownloadTests(DirectoryHost host) : IAsyncLifetime
{
    private const string Agency = "harbour-defence";
    private const string Action = "tests.fill";
    private const int Records = 2500;
    private const string Cases = "/access/audit/export";
    private const string Accounts = "/access/audit/accounts/log";
    private static readonly TimeSpan s_allowed = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Cases, "suspended")]
    [InlineData(Cases, "role ended")]
    [InlineData(Cases, "signed out")]
    [InlineData(Accounts, "suspended")]
    [InlineData(Accounts, "role ended")]
    public async Task Download_BreaksOffWithinFiveSeconds_AndIsNoWholeFile(string path, string how)
    {
        var reader = await ReaderAsync();
        using var client = await SlowAsync(reader);
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Stop);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(Stop);
        StringBuilder came = new();
        Assert.Null(await ReadAsync(body, came, TimeSpan.FromMilliseconds(200)));

        await EndAsync(reader, how);
        var since = Stopwatch.StartNew();
        var cut = await ReadAsync(body, came, TimeSpan.FromSeconds(30));

        Assert.NotNull(cut);
        Assert.True(since.Elapsed <= s_allowed, $"Expected the download to break off within five seconds, but it went on for {since.Elapsed.TotalSeconds:0.0}.");
        using StringReader lines = new(came.ToString());
        var verification = await Verifier.RunAsync(lines, new RootBook([], []), Stop);
        Assert.False(verification.Holds);
        Assert.Contains(verification.Findings, finding => finding.Kind is FindingKind.Cut or FindingKind.Unreadable);
    }

    [Fact]
    public async Task Download_OfWhoeverStillMay_GoesOn_HoweverSlowlyItIsRead()
    {
        using var client = await SlowAsync(await ReaderAsync());
        using var answer = await client.GetAsync(Cases, HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var body = await answer.Content.ReadAsStreamAsync(Stop);

        Assert.Null(await ReadAsync(body, new StringBuilder(), s_allowed + TimeSpan.FromSeconds(1)));
    }

    public async ValueTask InitializeAsync()
    {
        var text = new string('x', 4000);
        var at = DateTimeOffset.UtcNow;
        await using (var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext())
        {
            if (await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == Action, Stop))
            {
                return;
            }

            Caller felix = new("felix", Agency, [], "Felix", false, "tests");
            db.AddRange(Enumerable.Range(0, Records).Select(number => AuditLog.Entry($"fill-{number}", at, felix, Action, ("person", "p"), said: text)));
            await db.SaveChangesAsync(Stop);
        }

        await host.Host.Services.GetRequiredService<AuditSealer>().RunAsync(Stop);
        await host.WithAsync<IdentityDb>(async db =>
        {
            for (var number = 0; number < Records; number++)
            {
                AccountsLog.AuditLog.Record(db, at, new AccountsLog.AuditActor("felix", Agency), Action, "person", "p", said: text);
            }

            await db.SaveChangesAsync(Stop);
        });
        await host.WithAsync<AccountsLog.AuditSealer>(sealer => sealer.SealAsync(Stop));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> ReaderAsync()
    {
        var (subject, _) = await host.PersonAsync(["agency-admin"], agency: Agency);
        await host.FollowAsync();
        return subject;
    }

    /// <summary>A browser that takes in little at once, so that the server waits for it.</summary>
    private async Task<HttpClient> SlowAsync(string subject) => new(new Visits(new SocketsHttpHandler
    {
        CookieContainer = await host.CookiesAsync(subject),
        ConnectCallback = async (context, ct) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }))
    { BaseAddress = host.Url };

    private async Task EndAsync(string reader, string how)
    {
        switch (how)
        {
            case "suspended":
                await host.WithAsync<DirectoryWriter>(directory => directory.SetStatusAsync(reader, AccountStatus.Suspended, Stop));
                return;
            case "role ended":
                await host.WithAsync<DirectoryWriter>(directory => directory.ChangeAsync(
                    async unit =>
                    {
                        var account = (await unit.FindAsync(reader, Stop))!;
                        account.Roles.ForEach(role => unit.End(role, unit.Now));
                        unit.Changed(account);
                    },
                    Stop));
                await host.FollowAsync();
                return;
            default:
                await host.WithAsync<Identity.Sessions.SessionRegister>(sessions => sessions.EndOfSubjectAsync(reader, "A test ended it.", Stop));
                return;
        }
    }

    /// <summary>Reads a little at a time, some two hundred kilobytes a second, and gives what broke it off; null where nothing did in that time.</summary>
    private static async Task<Exception?> ReadAsync(Stream body, StringBuilder came, TimeSpan during)
    {
        var some = new byte[4096];
        try
        {
            for (var since = Stopwatch.StartNew(); since.Elapsed < during; await Task.Delay(20, Stop))
            {
                var read = await body.ReadAsync(some, Stop);
                Assert.True(read > 0, "Expected the download to last longer than the test, but it ended.");
                came.Append(Encoding.ASCII.GetString(some, 0, read));
            }

            return null;
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return cut;
        }
    }
}
