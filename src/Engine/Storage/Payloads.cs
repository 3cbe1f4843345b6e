using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Payloads that the journal names by digest: large ones, and values that may be erased.</summary>
public static class Payloads
{
    /// <summary>Bytes of canonical JSON; a larger payload stands beside the journal.</summary>
    public const int Inline = 1024;

    private const string Reference = "$payload";
    private const string Erasable = "$erasable";

    public static string Digest(string canonical) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    /// <summary>What travels in place of a personal value, and the row that holds it.</summary>
    /// <param name="salt">Makes the digest tell nothing, and two people of one name two rows.</param>
    internal static (JsonObject Reference, PayloadRow Row) Keep(JsonNode value, string salt, DateTimeOffset recordedAt)
    {
        string body = CanonicalJson.Write(value);
        string digest = Digest(salt + body);
        return (new JsonObject { [Erasable] = digest }, new PayloadRow { Digest = digest, Body = body, RecordedAt = recordedAt });
    }

    /// <summary>The value that a digest stands for; null where there is none of that digest.</summary>
    public static async Task<JsonNode?> ReadAsync(DbContext db, string digest, CancellationToken ct) =>
        await db.Set<PayloadRow>().AsNoTracking().SingleOrDefaultAsync(p => p.Digest == digest, ct) is { } row ? Read(row) : null;

    /// <summary>Empties the value behind a digest for good; state and journal name it still and stay as they are.</summary>
    public static Task EraseAsync(DbContext db, string digest, DateTimeOffset recordedAt, CancellationToken ct) =>
        db.Set<PayloadRow>().Where(p => p.Digest == digest)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Body, (string?)null).SetProperty(p => p.ErasedAt, recordedAt), ct);

    /// <summary>The value of a row; what was erased reads as such.</summary>
    public static JsonNode? Read(PayloadRow row) => row.Body is null ? new JsonObject { ["$erased"] = true } : JsonNode.Parse(row.Body);

    /// <summary>The stimulus as the journal holds it, and the payload row beside it where there is one.</summary>
    internal static (Stimulus Stored, PayloadRow? Row) Split(Stimulus stimulus, DateTimeOffset recordedAt)
    {
        if (Of(stimulus.Body) is not { } payload || CanonicalJson.Write(payload) is not { Length: > Inline } body)
        {
            return (stimulus, null);
        }
        string digest = Digest(body);
        PayloadRow row = new() { Digest = digest, Body = body, RecordedAt = recordedAt };
        return (stimulus with { Body = With(stimulus.Body, new JsonObject { [Reference] = digest }) }, row);
    }

    /// <summary>The digest that a journaled stimulus names; null where it carries its payload itself.</summary>
    internal static string? DigestOf(StimulusBody body) => (string?)(Of(body) as JsonObject)?[Reference];

    /// <summary>The JSON of a journaled stimulus with its payload in place.</summary>
    internal static string Join(string stored, string digest, string? body) =>
        stored.Replace($"{{\"{Reference}\":\"{digest}\"}}", body ?? "{\"$erased\":true}", StringComparison.Ordinal);

    internal static Stimulus Join(Stimulus stored, PayloadRow row) => stored with { Body = With(stored.Body, Read(row)) };

    private static JsonNode? Of(StimulusBody body) => body switch
    {
        Start start => start.Input,
        Resume resume => resume.Payload,
        Reinstate reinstate => reinstate.State,
        Migrate migrate => migrate.State,
        LimitExceeded limit => Of(limit.Instead),
        _ => null,
    };

    private static StimulusBody With(StimulusBody body, JsonNode? payload) => body switch
    {
        Start start => start with { Input = (JsonObject)payload! },
        Resume resume => resume with { Payload = payload },
        Reinstate reinstate => reinstate with { State = (JsonObject)payload! },
        Migrate migrate => migrate with { State = (JsonObject)payload! },
        LimitExceeded limit => limit with { Instead = With(limit.Instead, payload) },
        _ => body,
    };
}
