using System.Text;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Storage;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests;

public sealed class RestartTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Restart_KeepsKeysClientsAndTokens(DatabaseKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateEmptyAsync(kind);
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        IdentitySettings Settings(IdentitySettings settings) => kind == DatabaseKind.Postgres ? settings with { Database = database.ConnectionString } : settings;
        string token, keys;
        await using (RunningServer first = await RunningServer.StartAsync(folder: folder, change: Settings))
        {
            token = await first.ClientTokenAsync("demo-client.json", "api");
            keys = await KeysAsync(first);
        }

        await using (RunningServer second = await RunningServer.StartAsync(folder: folder, change: Settings))
        {
            Assert.Equal(keys, await KeysAsync(second));
            Assert.NotEmpty(await second.ClientTokenAsync("demo-client.json", "api"));
            Assert.NotEmpty(await second.HostTokenAsync());

            // The first server had another port, so its tokens have another issuer; that the entry is still valid is what matters.
            await using AsyncServiceScope scope = second.Services.CreateAsyncScope();
            IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            Assert.False(db.Database.HasPendingModelChanges());
            Assert.NotEmpty(token);
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Restart_WithAnotherKeyOfHost_RecordsTheOneThatIsGone()
    {
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        HostKeys old = new(), next = new();
        await (await RunningServer.StartAsync(folder: folder, host: old)).DisposeAsync();
        await using (RunningServer server = await RunningServer.StartAsync(folder: folder, host: next))
        {
            await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
            string? detail = (await scope.ServiceProvider.GetRequiredService<IdentityDb>().Set<AuditEntry>().SingleAsync(entry => entry.Action == "client.keys", TestContext.Current.CancellationToken)).Detail;
            Assert.Contains(Kid(old), (string)JsonNode.Parse(detail!)!["removed"]![0]!, StringComparison.Ordinal);
            Assert.Contains(Kid(next), (string)JsonNode.Parse(detail!)!["added"]![0]!, StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);

        static string Kid(HostKeys keys) => (string)JsonNode.Parse(keys.PublicSet)!["keys"]![0]!["kid"]!;
    }

    [Fact]
    public async Task Keys_InTheDatabase_AreNotReadable()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
        IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();

        string[] serverKeys = [.. (await db.ServerKeys.ToListAsync(TestContext.Current.CancellationToken)).Select(key => Encoding.Latin1.GetString(Convert.FromBase64String(key.Protected)))];
        string[] protection = [.. (await db.DataProtectionKeys.ToListAsync(TestContext.Current.CancellationToken)).Select(key => key.Xml!)];

        Assert.All(serverKeys, key => Assert.DoesNotContain("RSA", key, StringComparison.Ordinal));
        Assert.NotEmpty(protection);
        Assert.All(protection, xml => Assert.Contains("EncryptedData", xml, StringComparison.Ordinal));
        Assert.All(protection, xml => Assert.DoesNotContain("<value>", xml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LostCertificate_StopsTheStart_WithWhatToDo()
    {
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        await (await RunningServer.StartAsync(folder: folder)).DisposeAsync();
        File.Delete(Path.Combine(folder.FullName, "identity-protection.pfx"));

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningServer.StartAsync(folder: folder));

        Assert.Contains("identity-protection.pfx", refused.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AbandonedMigrationLock_DoesNotHoldUpTheNextStart()
    {
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        await using (RunningServer first = await RunningServer.StartAsync(folder: folder))
        {
            await using AsyncServiceScope scope = first.Services.CreateAsyncScope();
            IdentityDb db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01 00:00:00')""", TestContext.Current.CancellationToken);
        }

        await using RunningServer second = await RunningServer.StartAsync(folder: folder);

        Assert.NotEmpty(await second.ClientTokenAsync("demo-client.json", "api"));
    }

    [Fact]
    public async Task SecretFiles_AreTheirOwnersOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Expected Unix file modes, but this is Windows.");
            return;
        }
        await using RunningServer server = await RunningServer.StartAsync();

        foreach (string file in (string[])["demo-client.json", "identity-protection.pfx"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.Settings.DataFolder, file)));
        }
    }

    private static async Task<string> KeysAsync(RunningServer server)
    {
        using HttpResponseMessage answer = await server.GetAsync("/.well-known/jwks");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
