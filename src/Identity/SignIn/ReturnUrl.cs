namespace Assize.Identity.SignIn;

internal static class ReturnUrl
{
    /// <summary>Only a path on this server: "//elsewhere" and "/\elsewhere" are other servers.</summary>
    public static string Local(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/signin";
}
