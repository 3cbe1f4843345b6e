using System.Security.Cryptography;
using System.Text;

namespace Assize.Audit;

/// <summary>ECDSA on P-256. Its id is the digest of its public half, so that a reader can pin it.</summary>
public sealed class SigningKey : IDisposable
{
    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    private readonly ECDsa _pair;

    private SigningKey(ECDsa pair) => _pair = pair;

    public string PublicKey => Convert.ToBase64String(_pair.ExportSubjectPublicKeyInfo());

    public string Id => IdOf(PublicKey);

    public static SigningKey Make() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The private half, encrypted with the secret.</summary>
    public string Export(string secret) => _pair.ExportEncryptedPkcs8PrivateKeyPem(secret, s_encryption);

    /// <exception cref="CryptographicException">The secret is another one.</exception>
    public static SigningKey Open(string pem, string secret)
    {
        ECDsa pair = ECDsa.Create();
        pair.ImportFromEncryptedPem(pem, secret);
        return new SigningKey(pair);
    }

    /// <summary>Null where the secret is another one.</summary>
    public static SigningKey? TryOpen(string pem, string secret)
    {
        try
        {
            return Open(pem, secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static string IdOf(string publicKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(publicKey)));

    public string Sign(byte[] data) => Convert.ToBase64String(_pair.SignData(data, HashAlgorithmName.SHA256));

    public static bool Verify(string publicKey, byte[] data, string signature)
    {
        try
        {
            using ECDsa pair = ECDsa.Create();
            pair.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return pair.VerifyData(data, Convert.FromBase64String(signature), HashAlgorithmName.SHA256);
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public void Dispose() => _pair.Dispose();
}
