using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Host.Access;

/// <summary>The key pair that Host proves itself with: made at first start, readable by its owner only. The identity server gets the public half.</summary>
public static class HostKey
{
    public const string FileName = "host-client-key.json";

    /// <exception cref="InvalidOperationException">The file holds no private elliptic curve key on P-256.</exception>
    public static JsonWebKey ReadOrCreate(string dataFolder, string? configured)
    {
        string path = configured ?? Path.Combine(dataFolder, FileName);
        if (configured is null && !File.Exists(path))
        {
            Make(path);
        }
        JsonWebKey key = JsonWebKey.Create(File.ReadAllText(path));
        return key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256, D: { Length: > 0 }, KeyId: { Length: > 0 } }
            ? key
            : throw new InvalidOperationException($"Expected a private JSON Web Key on P-256 with a kid in {path}, but there is none.");
    }

    /// <summary>The JSON Web Key Set with the public half alone.</summary>
    public static string PublicSet(JsonWebKey key) => JsonSerializer.Serialize(new
    {
        keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.KeyId, use = "sig", alg = SecurityAlgorithms.EcdsaSha256 } },
    });

    // Of several processes one wins, and all read the winner's file: it is whole or not there.
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string whole = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        FileStreamOptions ownerOnly = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            ownerOnly.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (StreamWriter writer = new(whole, ownerOnly))
        {
            writer.Write(Text());
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

    private static string Text()
    {
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters numbers = pair.ExportParameters(includePrivateParameters: true);
        return JsonSerializer.Serialize(new
        {
            kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            crv = JsonWebKeyECTypes.P256,
            x = Base64UrlEncoder.Encode(numbers.Q.X),
            y = Base64UrlEncoder.Encode(numbers.Q.Y),
            d = Base64UrlEncoder.Encode(numbers.D),
            kid = RandomNumberGenerator.GetHexString(16, lowercase: true),
        });
    }
}
