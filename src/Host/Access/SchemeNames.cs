namespace Assize.Host.Access;

internal static class SchemeNames
{
    /// <summary>Chooses between the two below, by path and header.</summary>
    public const string Either = "assize";
    public const string Cookie = "assize-cookie";
    public const string Bearer = "assize-bearer";
    public const string OpenIdConnect = "assize-oidc";
}

public static class PolicyNames
{
    /// <summary>Any caller whose home agency is known; also what a route has that says nothing.</summary>
    public const string SignedIn = "signed-in";
}
