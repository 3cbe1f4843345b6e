namespace Assize.Identity.Federation;

/// <summary>How the people of one agency sign in: an OpenID provider of theirs, or their Entra ID tenant.</summary>
public sealed class Upstream
{
    /// <summary>Its redirect address is <c>/signin/agency/{id}</c>, so it never changes and is never given to another.</summary>
    public required string Id { get; init; }
    public required string AgencyId { get; init; }

    /// <summary>One of <see cref="UpstreamKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The exact issuer, character for character, of an OpenID provider; of a tenant, its id in small letters.</summary>
    public required string Issuer { get; set; }
    public string? ClientId { get; set; }

    /// <summary>One of <see cref="UpstreamAuthentication"/>.</summary>
    public string? Authentication { get; set; }

    /// <summary>The client secret, or the private key as PEM, behind data protection.</summary>
    public string? ProtectedCredential { get; set; }

    /// <summary>Whoever signs in for the first time becomes a pending account. Otherwise only people whom the agency announced may come.</summary>
    public bool AdmitsNewcomers { get; set; }

    /// <summary>The claim of a signed identity token that says what the agency's own provisioning calls the person (<c>externalId</c>); null means the subject.</summary>
    public string? ExternalIdClaim { get; set; }

    /// <summary>One of <see cref="UpstreamStatus"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Of <see cref="UpstreamState"/> at the last change.</summary>
    public long Version { get; set; }
    public List<UpstreamAssurance> Assurance { get; init; } = [];
}

/// <summary>A value of "acr" or "amr", or of a tenant's "acrs", by which this upstream proves two factors. Whatever has no row proves one.</summary>
public sealed class UpstreamAssurance
{
    /// <summary>The claim of Entra ID that names authentication contexts; its tokens of version 2.0 have neither of the others.</summary>
    public const string Context = "acrs";

    public required string UpstreamId { get; init; }
    public required string Claim { get; init; }
    public required string Value { get; init; }
}

/// <summary>One row, which every process polls: the newest version of any upstream.</summary>
public sealed class UpstreamState
{
    public const int OnlyRow = 1;

    public required int Id { get; init; }
    public required long Version { get; set; }
}

public static class UpstreamKind
{
    public const string OpenId = "oidc";
    public const string Entra = "entra";
}

public static class UpstreamStatus
{
    public const string Active = "active";
    public const string Suspended = "suspended";
}

public static class UpstreamAuthentication
{
    public const string Basic = "client_secret_basic";
    public const string Post = "client_secret_post";
    public const string PrivateKey = "private_key_jwt";

    public static IReadOnlyList<string> All { get; } = [Basic, Post, PrivateKey];
}
