using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assize.Engine.Instances;

/// <summary>Ids that a replay makes again: each derives from request, instance and count.</summary>
public sealed class IdSource(string requestId, string instanceId)
{
    private int _count;

    /// <summary>The next id: 32 lower hex digits.</summary>
    public string Next() => Derive(requestId, instanceId, _count++);

    /// <summary>The next seed of a script's chance.</summary>
    public long NextSeed() => BinaryPrimitives.ReadInt64BigEndian(Hash(requestId, instanceId, _count++));

    /// <summary>The id of that number, without counting.</summary>
    public static string Derive(string requestId, string instanceId, int counter) =>
        Convert.ToHexStringLower(Hash(requestId, instanceId, counter).AsSpan(0, 16));

    private static byte[] Hash(string requestId, string instanceId, int counter) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{requestId}|{instanceId}|{counter}")));
}
