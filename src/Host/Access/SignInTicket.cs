namespace Assize.Host.Access;

/// <summary>What a page's cookie stands for. The cookie holds a key only; the tokens stay here, encrypted with data protection.</summary>
public sealed class SignInTicket
{
    /// <summary>Digest of the key in the cookie, so that a copy of the table opens nothing.</summary>
    public required string Id { get; init; }

    /// <summary>The identity server's session, by whose logout token the row goes.</summary>
    public required string SessionId { get; init; }
    public required string Subject { get; init; }
    public required byte[] Protected { get; set; }

    /// <summary>Seconds since the epoch.</summary>
    public required long ExpiresAt { get; set; }
}
