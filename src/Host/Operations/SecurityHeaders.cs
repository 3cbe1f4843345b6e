namespace Assize.Host.Operations;

/// <summary>The headers every answer carries. The designer has a policy of its own, since it runs WebAssembly.</summary>
public static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, HostSettings settings)
    {
        // A form that signs out is redirected to the identity server, and form-action covers redirects.
        var identity = settings.IdentityUrl.GetLeftPart(UriPartial.Authority);
        var policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + $"form-action 'self' {identity}; base-uri 'none'; frame-ancestors 'none'";
        return app.Use((context, next) =>
        {
            // When the answer begins: where a request fails, what was said of it before is cleared.
            context.Response.OnStarting(() => SayAsync(context, policy));
            return next(context);
        });
    }

    private static Task SayAsync(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        headers.TryAdd("Content-Security-Policy", policy);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        // Personal pages stay out of caches.
        headers.TryAdd("Cache-Control", "no-store");
        return Task.CompletedTask;
    }
}
