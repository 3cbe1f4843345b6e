using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assize.Audit;

/// <summary>What a signature says of a stream: that after so many records its chain has this value.</summary>
/// <param name="Kind">"root", handed out every hour, or "end", the last line of an export.</param>
/// <param name="From">The first record under <paramref name="Merkle"/>.</param>
/// <param name="Merkle">Root of the tree over the records; empty in an end.</param>
/// <param name="Previous">Digest of the root before; empty in the first one and in an end.</param>
/// <param name="Witness">The other agency that a root is handed to.</param>
public sealed record Statement(
    string Kind, string Stream, long From, long To, string Hash, string Merkle, string Previous, string Witness, DateTimeOffset At, string Key, string Signature)
{
    public const string Root = "root";
    public const string End = "end";

    private static readonly string[] s_members =
        ["kind", "stream", "from", "to", "hash", "merkle", "previous", "witness", "at", "key", "signature"];

    public string ToJson() => Write(Signature);

    public string Digest() => Canonical.Digest(ToJson());

    public Statement Signed(SigningKey key)
    {
        Statement unsigned = this with { Key = key.Id };
        return unsigned with { Signature = key.Sign(Encoding.UTF8.GetBytes(unsigned.Write(null))) };
    }

    public bool IsSignedBy(string publicKey) => SigningKey.Verify(publicKey, Encoding.UTF8.GetBytes(Write(null)), Signature);

    /// <exception cref="JsonException">It is no statement.</exception>
    public static Statement Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Any(x => !s_members.Contains(x.Name)))
        {
            throw new JsonException("Expected a signed statement, but it has other members.");
        }
        return new Statement(
            Text("kind"), Text("stream"), Number("from"), Number("to"), Text("hash"), Text("merkle"), Text("previous"), Text("witness"),
            Instant("at"), Text("key"), Text("signature"));

        string Text(string name) => Member(name, JsonValueKind.String).GetString()!;

        long Number(string name) => Member(name, JsonValueKind.Number).TryGetInt64(out long number) ? number : throw new JsonException($"Expected a whole number in {name}.");

        DateTimeOffset Instant(string name) => DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant)
            ? instant
            : throw new JsonException($"Expected a date and time in {name} of a signed statement, but it is something else.");

        JsonElement Member(string name, JsonValueKind kind) => json.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind
            ? member
            : throw new JsonException($"Expected {name} in a signed statement, but it is not there.");
    }

    private string Write(string? signature) => Canonical.Write(
        ("kind", Kind), ("stream", Stream), ("from", From), ("to", To), ("hash", Hash), ("merkle", Merkle),
        ("previous", Previous), ("witness", Witness), ("at", At), ("key", Key), ("signature", signature));
}
