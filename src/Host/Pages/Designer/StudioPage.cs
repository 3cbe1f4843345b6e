namespace Assize.Host.Pages.Designer;

/// <summary>What a page with stock Studio on it needs of a browser, and no more.</summary>
internal static class StudioPage
{
    /// <summary>Of the inline scripts that the stock editor and the stock list of instances put in their page; they change with the package.</summary>
    private const string InlineScripts = "'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='";

    // WebAssembly and inline styles are what Studio cannot do without; its code editor works in a worker made of a blob.
    public static void Allow(HttpContext http)
    {
        var socket = $"{(http.Request.IsHttps ? "wss" : "ws")}://{http.Request.Host}";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {InlineScripts}; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; "
            + $"connect-src 'self' {socket}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
