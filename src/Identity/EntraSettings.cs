namespace Assize.Identity;

/// <summary>One multi-tenant registration with Entra ID, used for every agency's tenant.</summary>
public sealed record EntraSettings
{
    /// <summary><c>ASSIZE_ENTRA_CLIENT_ID</c>: the application's id. Without it nobody signs in with Entra ID.</summary>
    public required string ClientId { get; init; }

    /// <summary><c>ASSIZE_ENTRA_CLIENT_SECRET</c>: its secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary><c>ASSIZE_ENTRA_INSTANCE</c>: the cloud's address; the public cloud's where not given.</summary>
    public Uri Instance { get; init; } = new("https://login.microsoftonline.com/");

    internal static EntraSettings? From(Func<string, string?> given)
    {
        if (given("ASSIZE_ENTRA_CLIENT_ID") is not { } client)
        {
            return null;
        }
        string secret = given("ASSIZE_ENTRA_CLIENT_SECRET")
            ?? throw new InvalidOperationException("Expected ASSIZE_ENTRA_CLIENT_SECRET beside ASSIZE_ENTRA_CLIENT_ID, but it is not set.");
        string instance = given("ASSIZE_ENTRA_INSTANCE") ?? "https://login.microsoftonline.com/";
        return Uri.TryCreate(instance.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps
            ? new EntraSettings { ClientId = client, ClientSecret = secret, Instance = uri }
            : throw new InvalidOperationException($"Expected ASSIZE_ENTRA_INSTANCE to be an absolute https address, but it is “{instance}”.");
    }
}
