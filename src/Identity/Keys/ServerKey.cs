namespace Assize.Identity.Keys;

/// <summary>A key pair of the server, made at first start; its private part is stored protected.</summary>
public sealed class ServerKey
{
    public required string Id { get; init; }

    /// <summary>"signing" or "encryption".</summary>
    public required string Use { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when it signs. Until then it is only published, so that every process and client knows it before it is used. Empty means at once.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>PKCS #8 behind data protection, whose own keys are protected by a certificate outside the database.</summary>
    public required string Protected { get; init; }
}
