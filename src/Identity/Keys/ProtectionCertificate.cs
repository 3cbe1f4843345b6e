using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using Quartz;

namespace Assize.Identity.Keys;

/// <summary>The certificate that the keys in the database are encrypted with; it lives outside the database, or encrypting would be for show.</summary>
internal static class ProtectionCertificate
{
    private const string FileName = "identity-protection.pfx";

    public static void AddServerKeys(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddDataProtection()
            .SetApplicationName("assize-identity")
            .PersistKeysToDbContext<IdentityDb>()
            .ProtectKeysWithCertificate(Load(settings));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton(new KeySchedule());
        services.AddSingleton<KeyChange<OpenIddictServerOptions>>().AddSingleton<KeyChange<OpenIddictValidationOptions>>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyChange<OpenIddictServerOptions>>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictValidationOptions>>(provider => provider.GetRequiredService<KeyChange<OpenIddictValidationOptions>>());
        services.AddQuartz(quartz => quartz.ScheduleJob<KeyJob>(trigger => trigger
            .WithIdentity("keys")
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromMinutes(1)).RepeatForever())));
    }

    private static X509Certificate2 Load(IdentitySettings settings)
    {
        if (settings.ProtectionCertificate is { } given)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(given, null);
        }
        string path = Path.Combine(settings.DataFolder, FileName);
        OwnFile.CreateOnce(path, stream => stream.Write(Make()));
        return X509CertificateLoader.LoadPkcs12FromFile(path, null);
    }

    private static byte[] Make()
    {
        using RSA pair = RSA.Create(2048);
        CertificateRequest request = new("CN=Assize identity key protection", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return certificate.Export(X509ContentType.Pkcs12);
    }
}
