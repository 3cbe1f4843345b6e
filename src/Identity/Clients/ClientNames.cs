namespace Assize.Identity.Clients;

public static class ClientNames
{
    public const string Host = "assize-host";

    /// <summary>Public: a person's tokens for scripts, by code flow with PKCE and a loopback redirect.</summary>
    public const string DemonstrationPeople = "assize-demonstration";

    /// <summary>Scope of a caller of Host's API.</summary>
    public const string ApiScope = "api";

    /// <summary>Scope of a reader of the directory feed; Host's alone.</summary>
    public const string DirectoryScope = "directory";

    /// <summary>Scope of a person who administers, through token exchange only.</summary>
    public const string AdministrationScope = "identity-admin";

    /// <summary>Audience of tokens for <c>/api/admin</c>.</summary>
    public const string Administration = "assize-identity-admin";

    /// <summary>Audience of tokens for the directory feed.</summary>
    public const string Self = "assize-identity";
}
