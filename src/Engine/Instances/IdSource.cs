using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Assize.Engine.Instances;

/// <summary>Ids that a replay makes again: each derives from request, instance and count.</summary>
public sealed class IdSource(string requestId, string instanceId)
{
    private int _count;

    /// <summary>The next id: 32 lower hex digits.</summary>
    public string Next() => Derive(requestId, instanceId, _count++);

    /// <summary>The next seed of a script's chance.</summary>
    public long NextSeed()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(requestId, instanceId, _count++, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>The id of that number, without counting.</summary>
    public static string Derive(string requestId, string instanceId, int counter)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(requestId, instanceId, counter, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private static void Hash(string requestId, string instanceId, int counter, Span<byte> hash)
    {
        Span<byte> text = stackalloc byte[256];
        if (Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{requestId}|{instanceId}|{counter}", out var length))
        {
            SHA256.HashData(text[..length], hash);
            return;
        }
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{requestId}|{instanceId}|{counter}")), hash);
    }
}
