using System.Security.Cryptography;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;

namespace Assize.Identity.Audit;

/// <summary>Who acts: a signed-in person, an agency's system, or the server itself.</summary>
public sealed record AuditActor(string Subject, string Agency)
{
    public static AuditActor Server { get; } = new("identity", AuditStream.Assize);
}

public static class AuditLog
{
    /// <summary>Adds the row that says who did what; it is saved with what it describes, or not at all.</summary>
    /// <param name="action">Such as "person.status" or "session.end".</param>
    /// <param name="kind">"person", "role", "team", "agency", "session", "client" or "key".</param>
    /// <param name="detail">JSON text without personal data; it is chained for ever.</param>
    /// <param name="said">What the person wrote, or what is personal otherwise. It can be erased.</param>
    public static void Record(
        IdentityDb db, DateTimeOffset at, AuditActor actor, string action, string kind, string id, string? detail = null, string? said = null)
    {
        Said? apart = string.IsNullOrWhiteSpace(said) ? null : Said.Of(said);
        db.Add(new AuditEntry
        {
            Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
            At = DirectoryWriter.Microseconds(at),
            Actor = actor.Subject,
            Agency = actor.Agency.Length == 0 ? AuditStream.Assize : actor.Agency,
            Action = action,
            SubjectKind = kind,
            SubjectId = id,
            Detail = detail,
            Said = apart?.Text,
            SaidSalt = apart?.Salt,
            SaidDigest = apart?.Digest,
        });
    }
}
