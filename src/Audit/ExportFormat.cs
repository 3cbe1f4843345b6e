using System.Text.Json;

namespace Assize.Audit;

/// <summary>The lines of an export: a head, a line for each record, and a signed end. One spelling only.</summary>
public static class ExportFormat
{
    public const string Name = "assize-audit-1";
    public const string Roots = "assize-audit-roots-1";

    /// <param name="previous">The chain's value before the first record of the export.</param>
    public static string Head(string stream, long from, string previous) =>
        Canonical.Write(("format", Name), ("stream", stream), ("from", from), ("previous", previous));

    /// <summary>What was said stands beside the record, with its salt, until it is erased.</summary>
    public static string Line(AuditEntry entry) => Canonical.Write(
        ("hash", entry.Hash),
        ("record", new Canonical.Raw(Chain.Record(entry))),
        ("said", entry.SaidDigest is null ? null : new Canonical.Raw(entry.Said is null
            ? Canonical.Write(("erased", true))
            : Canonical.Write(("salt", entry.SaidSalt), ("text", entry.Said)))));

    /// <summary>A record that the reader may not have. Its leaf stands for it under the signed root; its id is random, so the leaf tells nothing of the rest.</summary>
    public static string Withheld(AuditEntry entry) =>
        Canonical.Write(("hash", entry.Hash), ("leaf", MerkleTree.Leaf(Chain.Record(entry))), ("withheld", entry.Sequence!.Value));

    /// <summary>The signed last line: without it an export was cut.</summary>
    public static string End(string stream, long from, long to, string hash, DateTimeOffset at, SigningKey key) =>
        new Statement(Statement.End, stream, from, to, hash, "", "", "", at, "", "").Signed(key).ToJson();

    /// <summary>Roots with the public keys that they are signed with.</summary>
    public static string RootFile(IEnumerable<AuditRoot> roots, IEnumerable<AuditKey> keys) => Canonical.Write(
        ("format", Roots),
        ("keys", Array(keys.Select(x => Canonical.Write(("id", x.Id), ("publicKey", x.PublicKey))))),
        ("roots", Array(roots.Select(x => x.Text))));

    private static JsonElement Array(IEnumerable<string> items)
    {
        using JsonDocument document = JsonDocument.Parse($"[{string.Join(',', items)}]");
        return document.RootElement.Clone();
    }
}
