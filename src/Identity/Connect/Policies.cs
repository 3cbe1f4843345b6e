namespace Assize.Identity.Connect;

internal static class Policies
{
    /// <summary>A token of the directory scope, issued to Host itself.</summary>
    public const string Directory = "directory";
}

internal static class IdentityCookie
{
    public const string Scheme = "assize-identity";
}
