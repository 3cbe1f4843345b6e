using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Assize.Identity.Sessions;

/// <summary>What a provider's event asks of us.</summary>
internal enum EventEffect
{
    Nothing,
    EndSessions,
    Suspend,
    Leave,
}

/// <summary>A security event (RFC 8417) about one of the provider's people, or about one sign-in of theirs.</summary>
/// <param name="Name">Its type, for the record.</param>
/// <param name="Subject">The provider's own name for them; null where the event needs nobody.</param>
/// <param name="Session">The provider's id of the sign-in; null where it is all of them.</param>
internal sealed record SecurityEvent(string Name, EventEffect Effect, string? Subject, string? Session)
{
    private const string Caep = "https://schemas.openid.net/secevent/caep/event-type/";
    private const string Risc = "https://schemas.openid.net/secevent/risc/event-type/";

    /// <summary>The one event of the token, with what it means here; null where it has none or several, or names its subject by anything but issuer and subject.</summary>
    public static SecurityEvent? Of(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue("events", out JsonElement events) || events.ValueKind != JsonValueKind.Object || events.EnumerateObject().ToList() is not [var only]
            || only.Value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        EventEffect effect = Effects(only.Name, only.Value);
        if (effect == EventEffect.Nothing)
        {
            return new SecurityEvent(only.Name, effect, null, null);
        }
        return token.TryGetPayloadValue("sub_id", out JsonElement about) && Named(about, token.Issuer) is { } named
            ? new SecurityEvent(only.Name, effect, named.Subject, effect == EventEffect.EndSessions ? named.Session : null)
            : null;
    }

    // What is not known here changes nothing: a provider may send more than we act on.
    private static EventEffect Effects(string name, JsonElement said) => name switch
    {
        Caep + "session-revoked" or Risc + "credential-compromise" or Risc + "sessions-revoked" => EventEffect.EndSessions,
        Caep + "credential-change" when Text(said, "change_type") is "revoke" or "delete" => EventEffect.EndSessions,
        Caep + "assurance-level-change" when Text(said, "change_direction") == "decrease" => EventEffect.EndSessions,
        Risc + "account-disabled" => EventEffect.Suspend,
        Risc + "account-purged" => EventEffect.Leave,
        _ => EventEffect.Nothing,
    };

    // Subject identifiers of RFC 9493. Addresses and numbers to call say nothing about who it is.
    private static (string Subject, string? Session)? Named(JsonElement about, string issuer) => Text(about, "format") switch
    {
        "iss_sub" when Text(about, "iss") == issuer && Text(about, "sub") is { Length: > 0 } subject => (subject, null),
        "complex" when about.TryGetProperty("user", out JsonElement user) && Text(user, "format") == "iss_sub" && Named(user, issuer) is { } named
            && !about.EnumerateObject().Select(part => part.Name).Except(["format", "user", "session"]).Any() =>
            about.TryGetProperty("session", out JsonElement session) ? Text(session, "id") is { Length: > 0 } id ? (named.Subject, id) : null : named,
        _ => null,
    };

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
