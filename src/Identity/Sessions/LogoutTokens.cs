using System.Security.Cryptography;
using Assize.Identity.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assize.Identity.Sessions;

/// <summary>Logout tokens as OpenID Connect Back-Channel Logout has them: signed, short-lived, with <c>sid</c> and <c>sub</c>, never a nonce.</summary>
internal sealed class LogoutTokens(KeyRing keys, IdentitySettings settings, TimeProvider clock)
{
    public const string Event = "http://schemas.openid.net/event/backchannel-logout";
    public const string Type = "logout+jwt";
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(2);
    private static readonly JsonWebTokenHandler s_writer = new() { SetDefaultTimesOnTokenCreation = false };

    public string For(LogoutNotice notice)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return s_writer.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = settings.Url.AbsoluteUri,
            Audience = notice.ClientId,
            IssuedAt = now,
            Expires = now + s_life,
            Claims = new Dictionary<string, object>
            {
                ["jti"] = RandomNumberGenerator.GetHexString(32),
                ["sub"] = notice.Subject,
                ["sid"] = notice.SessionId,
                ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
            },
            SigningCredentials = keys.Signer,
        });
    }
}
