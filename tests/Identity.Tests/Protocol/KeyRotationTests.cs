using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Keys;
using Assize.Identity.Storage;
using Assize.TestKit.Databases;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Assize.Identity.Tests.Protocol;

public sealed class KeyRotationTests
{
    private const string Sam = "sam.carter@merseyside-police";

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Rotation_UnderLoad_OnTwoServers_FailsNoRequest(DatabaseKind kind)
    {
        KeySchedule quick = new()
        {
            Life = TimeSpan.FromSeconds(9),
            Lead = TimeSpan.FromSeconds(7),
            Kept = TimeSpan.FromSeconds(9),
        };
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        await using TestDatabase database = await TestDatabase.CreateEmptyAsync(kind);
        HostKeys host = new();
        Uri issuer = new("http://identity.example/");
        Task<RunningServer> Start() => RunningServer.StartAsync(folder: folder, host: host,
            change: settings => settings with
            {
                ListenUrl = settings.Url,
                Url = issuer,
                Database = kind == DatabaseKind.Postgres ? database.ConnectionString : null,
                RequestsPerTenSeconds = 100_000,
                RequestsPerSubject = 100_000,
            },
            adjust: builder => builder.Services.Replace(ServiceDescriptor.Singleton(quick)));
        await using (RunningServer one = await Start())
        await using (RunningServer two = await Start())
        {
            using CancellationTokenSource done = new();
            List<string> failures = [];
            HashSet<string> signers = [];
            Task<int> load = Task.Run(() => SignInAsync([one, two], signers, failures, done.Token), TestContext.Current.CancellationToken);
            for (DateTimeOffset end = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(60); DateTimeOffset.UtcNow < end && (await PublishedAsync(two)).Contains("signing-1");)
            {
                // Each looks after its keys in its own time, as the job does every minute.
                await LookAfterKeysAsync(one);
                await Task.Delay(250, TestContext.Current.CancellationToken);
                await LookAfterKeysAsync(two);
                await Task.Delay(250, TestContext.Current.CancellationToken);
            }
            await done.CancelAsync();
            int signIns = await load;

            Assert.True(failures.Count == 0, string.Join('\n', failures.Take(5)));
            Assert.True(signIns > 5, $"Expected sign-ins all the while, but there were {signIns}.");
            Assert.True(signers.Count >= 2, $"Expected a new key to sign meanwhile, but only {string.Join(", ", signers)} did.");
            Assert.DoesNotContain("signing-1", await PublishedAsync(two));
            Assert.Equal(1, await RemovalsAsync(two, "signing-1"));
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static async Task LookAfterKeysAsync(RunningServer server)
    {
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await server.Services.GetRequiredService<KeyRotation>().RotateAsync(db, TestContext.Current.CancellationToken);
        await server.Services.GetRequiredService<KeyRing>().LoadAsync(db, TestContext.Current.CancellationToken);
    }

    /// <summary>A code of one server is redeemed at the other, and its token used at the first.</summary>
    private static async Task<int> SignInAsync(RunningServer[] servers, HashSet<string> signers, List<string> failures, CancellationToken until)
    {
        int count = 0;
        while (!until.IsCancellationRequested)
        {
            (RunningServer here, RunningServer there) = (servers[count % 2], servers[(count + 1) % 2]);
            try
            {
                using Browser browser = new(here);
                string code = await browser.CodeAsync(Sam);
                using Browser elsewhere = new(there);
                (HttpStatusCode status, JsonObject body) = await elsewhere.RedeemAsync(code);
                if (status != HttpStatusCode.OK)
                {
                    failures.Add(body.ToJsonString());
                    continue;
                }
                using HttpResponseMessage who = await here.GetAsync("/connect/userinfo", (string)body["access_token"]!);
                if (who.StatusCode != HttpStatusCode.OK)
                {
                    failures.Add($"userinfo {who.StatusCode}");
                }
                string head = ((string)body["id_token"]!).Split('.')[0];
                signers.Add((string)JsonNode.Parse(WebEncoders.Base64UrlDecode(head))!["kid"]!);
                count++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure.ToString());
                count++;
            }
        }
        return count;
    }

    private static async Task<int> RemovalsAsync(RunningServer server, string key)
    {
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<AuditEntry>().CountAsync(entry => entry.Action == "key.remove" && entry.SubjectId == key, TestContext.Current.CancellationToken);
    }

    private static async Task<string[]> PublishedAsync(RunningServer server)
    {
        using HttpResponseMessage answer = await server.GetAsync("/.well-known/jwks");
        return [.. JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];
    }
}
