using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assize.Audit;

/// <summary>How records hang together: h_n is the digest of h_(n-1) and the n-th record's canonical text.</summary>
public static class Chain
{
    /// <summary>What the first record of a stream follows.</summary>
    public static string Genesis(string stream) => Canonical.Digest($"assize-audit-1\n{stream}");

    public static string Next(string previous, string record) => Hash(Convert.FromHexString(previous), record);

    /// <summary>The record as it is hashed; its sequence must be there.</summary>
    public static string Record(AuditEntry entry) => Canonical.Write(
        ("action", entry.Action), ("actor", entry.Actor), ("agency", entry.Agency), ("at", entry.At), ("case", entry.CaseId),
        ("detail", entry.Detail is null ? null : Parsed(entry.Detail)), ("id", entry.Id), ("kind", entry.SubjectKind), ("owner", entry.OwnerAgency),
        ("said", entry.SaidDigest), ("sequence", entry.Sequence!.Value), ("subject", entry.SubjectId));

    /// <summary>Gives each entry, in this order, its number and its hash, and moves the stream's head.</summary>
    public static void Seal(AuditStream stream, IEnumerable<AuditEntry> entries)
    {
        foreach (AuditEntry entry in entries)
        {
            entry.Sequence = ++stream.Sequence;
            entry.Hash = stream.Hash = Next(stream.Hash, Record(entry));
        }
    }

    public static AuditStream NewStream(string id) => new() { Id = id, Sequence = 0, Hash = Genesis(id), RootedTo = 0, RootDigest = "" };

    private static string Hash(byte[] previous, string record) => Convert.ToHexStringLower(SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(record)]));

    private static JsonElement Parsed(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <summary>What a person wrote, and the salted digest that stands for it in the hash: without the salt the digest tells nothing.</summary>
public sealed record Said(string Text, string Salt, string Digest)
{
    public static Said Of(string text)
    {
        string salt = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return new Said(text, salt, DigestOf(text, salt));
    }

    public static string DigestOf(string text, string salt) => Canonical.Digest($"{salt}\n{text}");
}
