namespace Assize.Host.Access;

/// <summary>What sign-in needs to know.</summary>
public sealed record AccessSettings
{
    /// <summary>Where browsers reach Host (<c>ASSIZE_HOST_URL</c>).</summary>
    public required Uri HostUrl { get; init; }

    /// <summary>The identity server's address and issuer (<c>ASSIZE_IDENTITY_URL</c>).</summary>
    public required Uri IdentityUrl { get; init; }

    /// <summary>The folder that Host's own key is made in (<c>ASSIZE_DATA</c>).</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>ASSIZE_HOST_CLIENT_KEY</c>: a file with the private JSON Web Key that Host signs in with; empty means the one in the data folder.</summary>
    public string? ClientKeyFile { get; init; }

    public bool IsHttps => HostUrl.Scheme == Uri.UriSchemeHttps;
}
