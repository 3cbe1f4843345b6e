using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Assize.Host.Operations.Storage;

/// <summary>The certificate that this application's data-protection keys are encrypted with; it lives outside the database, or encrypting would be for show.</summary>
internal static class KeyProtection
{
    public const string Variable = "ASSIZE_HOST_CERTIFICATE";
    private const string FileName = "host-protection.pfx";

    /// <exception cref="InvalidOperationException">A production deployment names no certificate, or one that cannot be used.</exception>
    public static X509Certificate2 Certificate(HostSettings settings)
    {
        if (settings.ProtectionCertificate is { } given)
        {
            return Load(given);
        }

        if (!settings.IsDemonstration)
        {
            throw new InvalidOperationException(
                $"Expected {Variable} to name a PKCS #12 file without a password, with the certificate that sign-in cookies' keys are encrypted with, but it is not set. "
                + "Nothing was started. Make one file for all hosts, keep it outside the database, and name it.");
        }

        var path = Path.Combine(settings.DataFolder, FileName);
        if (!File.Exists(path))
        {
            Make(path);
        }

        return Load(path);
    }

    private static X509Certificate2 Load(string path)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, null);
            return certificate.HasPrivateKey ? certificate : throw new CryptographicException("it has no private key");
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"Expected a PKCS #12 file without a password and with a private key at {path} ({Variable}), but it cannot be used: {unusable.Message}. Nothing was started.", unusable);
        }
    }

    // Hosts that start together make one each and keep the first: the file is there whole or not at all.
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var pair = RSA.Create(2048);
        CertificateRequest request = new("CN=Assize host key protection", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var whole = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        FileStreamOptions ownerOnly = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            ownerOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = new(whole, ownerOnly))
        {
            stream.Write(certificate.Export(X509ContentType.Pkcs12));
        }

        try
        {
            File.Move(whole, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(whole);
        }
    }
}
