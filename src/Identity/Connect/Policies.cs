namespace Assize.Identity.Connect;

internal static class Policies
{
    /// <summary>A token of the directory scope, issued to Host itself.</summary>
    public const string Directory = "directory";

    /// <summary>A person's live session, in a token that Host exchanged for the audience <c>assize-identity-admin</c>.</summary>
    public const string Administration = "administration";
}

internal static class IdentityCookie
{
    public const string Scheme = "assize-identity";
}
