using System.Security.Cryptography;
using System.Text;

namespace Assize.Audit;

/// <summary>The tree of RFC 6962 over records, leaf by leaf.</summary>
public sealed class MerkleTree
{
    private readonly List<(byte[] Hash, long Leaves)> _peaks = [];

    public long Count { get; private set; }

    /// <summary>What stands for a record in the tree, in hexadecimal.</summary>
    public static string Leaf(string record) => Convert.ToHexStringLower(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(record)]));

    public void Add(string record) => AddLeaf(Leaf(record));

    /// <exception cref="FormatException">It is no hexadecimal text.</exception>
    public void AddLeaf(string leaf)
    {
        _peaks.Add((Convert.FromHexString(leaf), 1));
        Count++;
        while (_peaks.Count > 1 && _peaks[^1].Leaves == _peaks[^2].Leaves)
        {
            Join();
        }
    }

    /// <summary>The root over all leaves so far, in hexadecimal; it ends the tree.</summary>
    public string Root()
    {
        while (_peaks.Count > 1)
        {
            Join();
        }
        return Convert.ToHexStringLower(_peaks.Count == 0 ? SHA256.HashData([]) : _peaks[0].Hash);
    }

    private void Join()
    {
        ((byte[] left, long leaves), (byte[] right, long more)) = (_peaks[^2], _peaks[^1]);
        _peaks.RemoveRange(_peaks.Count - 2, 2);
        _peaks.Add((SHA256.HashData([1, .. left, .. right]), leaves + more));
    }
}
