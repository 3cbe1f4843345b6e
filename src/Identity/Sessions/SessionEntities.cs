namespace Assize.Identity.Sessions;

/// <summary>One sign-in of a person in one browser. What tokens and cookies carry is its id; whether it lives is asked here.</summary>
public sealed class PersonSession
{
    /// <summary>The <c>sid</c> of tokens. No secret: it opens nothing.</summary>
    public required string Id { get; init; }
    public required string Subject { get; init; }
    public required string AgencyId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the person proved who they are, where their agency's sign-in is older than the session here.</summary>
    public DateTimeOffset? ProvedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBecause { get; set; }

    /// <summary>"1", or "2" where a second factor was proved.</summary>
    public required string Acr { get; init; }

    /// <summary>The network it began from, for the person to recognise; never a whole address.</summary>
    public string? AddressHint { get; init; }

    /// <summary>The upstream registration that vouched for the person, with its own name and session for them.</summary>
    public string? Upstream { get; init; }
    public string? UpstreamSubject { get; init; }
    public string? UpstreamSession { get; init; }
    public List<SessionClient> Clients { get; init; } = [];

    public bool IsLive(DateTimeOffset at) => EndedAt is null && at < ExpiresAt;
}

/// <summary>An application that the session signed in to, and where it wants to be told of the end.</summary>
public sealed class SessionClient
{
    public required string SessionId { get; init; }
    public required string ClientId { get; init; }
    public required DateTimeOffset Since { get; init; }
    public string? LogoutAddress { get; init; }
}

/// <summary>A logout token that a client is still owed; written with the end that it tells of.</summary>
public sealed class LogoutNotice
{
    public required string Id { get; init; }
    public required string SessionId { get; init; }
    public required string Subject { get; init; }
    public required string ClientId { get; init; }
    public required string Address { get; init; }
    public required DateTimeOffset EndedAt { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
}

/// <summary>The id of a token that may be used once and was; kept until the token would have expired.</summary>
public sealed class SpentToken
{
    public required string Id { get; init; }

    /// <summary>Seconds since the epoch, since raw statements write it on both databases.</summary>
    public required long ExpiresAt { get; init; }
}

/// <summary>How often a code was tried with a wrong verifier.</summary>
public sealed class CodeFailure
{
    public required string TokenId { get; init; }
    public required int Failures { get; init; }
    public required long At { get; init; }
}
