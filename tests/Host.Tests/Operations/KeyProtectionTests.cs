using Assize.Host.Operations;
using Assize.Host.Operations.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Operations;

public sealed class KeyProtectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-keys-");

    [Fact]
    public async Task Keys_AreEncryptedInTheDatabase_AndThoseFromBefore_StillOpenWhatTheyClosed()
    {
        var before = await ServicesAsync(services => services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = null));
        var closed = before.GetDataProtector("test").Protect("a session");
        Assert.Contains("<masterKey", await KeysAsync(before), StringComparison.Ordinal);
        await before.DisposeAsync();

        await using var now = await ServicesAsync(_ => { });
        now.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));

        Assert.Equal("a session", now.GetDataProtector("test").Unprotect(closed));
        Assert.Contains("<EncryptedData", await KeysAsync(now), StringComparison.Ordinal);
        Assert.Equal("another", now.GetDataProtector("test").Unprotect(now.GetDataProtector("test").Protect("another")));
    }

    [Theory]
    [InlineData(null, "is not set")]
    [InlineData("nowhere.pfx", "cannot be used")]
    public void Production_WithoutAUsableCertificate_SaysWhatToSet(string? file, string expected)
    {
        var settings = Settings() with { IsDemonstration = false, ProtectionCertificate = file is null ? null : Path.Combine(_folder.FullName, file) };

        var refused = Assert.Throws<InvalidOperationException>(() => KeyProtection.Certificate(settings));

        Assert.Contains("ASSIZE_HOST_CERTIFICATE", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task<ServiceProvider> ServicesAsync(Action<IServiceCollection> adjust)
    {
        ServiceCollection services = new();
        services.AddLogging().AddHostDatabase(Settings());
        adjust(services);
        var provider = services.BuildServiceProvider();
        await HostDatabase.MigrateAsync(provider, TestContext.Current.CancellationToken);
        return provider;
    }

    private static async Task<string> KeysAsync(ServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<HostDb>().DataProtectionKeys.Select(key => key.Xml).ToListAsync(TestContext.Current.CancellationToken);
        return string.Concat(keys);
    }

    private HostSettings Settings() => new()
    {
        HostUrl = new Uri("http://localhost:1"),
        IdentityUrl = new Uri("http://localhost:2"),
        DataFolder = _folder.FullName,
        IsDemonstration = true,
        EmbedIdentity = false,
        DefinitionsFolder = _folder.FullName,
    };
}
