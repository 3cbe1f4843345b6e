namespace Assize.Host.Access;

/// <summary>What sign-in needs to know.</summary>
public sealed record AccessSettings
{
    /// <summary>Where browsers reach Host (<c>ASSIZE_HOST_URL</c>).</summary>
    public required Uri HostUrl { get; init; }

    /// <summary>The identity server's address and issuer (<c>ASSIZE_IDENTITY_URL</c>).</summary>
    public required Uri IdentityUrl { get; init; }

    /// <summary>The folder with the client file that both applications read (<c>ASSIZE_DATA</c>).</summary>
    public required string DataFolder { get; init; }

    /// <summary><c>ASSIZE_HOST_CLIENT_SECRET</c>: Host's secret at an identity server that runs elsewhere; empty means the file in the data folder.</summary>
    public string? ClientSecret { get; init; }

    public bool IsHttps => HostUrl.Scheme == Uri.UriSchemeHttps;
}
