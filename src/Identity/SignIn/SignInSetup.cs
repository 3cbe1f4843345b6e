using Assize.Identity.Connect;
using Assize.Identity.Sessions;
using Microsoft.Extensions.FileProviders;

namespace Assize.Identity.SignIn;

internal static class SignInSetup
{
    private static readonly string[] s_styleFolders = ["web/lib", "../../../web/lib"];

    public static void AddSignIn(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddAuthentication().AddCookie(IdentityCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = settings.IsHttps ? "__Host-assize-identity" : "assize-identity";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = SessionRegister.Longest;
            cookie.SlidingExpiration = false;
        });
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = settings.IsHttps ? "__Host-assize-identity-form" : "assize-identity-form";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            form.FormFieldName = "form_token";
        });
    }

    /// <summary>No page here is framed, cached, scripted or told to others.</summary>
    public static void UsePageHeaders(this WebApplication app, IdentitySettings settings)
    {
        // form-action covers the redirect after a form: back to Host, or to a script's loopback address.
        string host = settings.HostUrl.GetLeftPart(UriPartial.Authority);
        string loopback = settings.Deployment == Deployment.Demonstration ? " http://127.0.0.1:* http://localhost:*" : "";
        string policy = $"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {host}{loopback}";
        app.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }
            context.Response.OnStarting(static state =>
            {
                IHeaderDictionary late = ((HttpContext)state).Response.Headers;
                if (late.CacheControl.Count == 0)
                {
                    late.CacheControl = "no-store";
                }
                return Task.CompletedTask;
            }, context);
            return next(context);
        });
    }

    /// <summary>The style sheet that the build laid out; without it the pages are plain and still work.</summary>
    public static void UseStyles(this WebApplication app)
    {
        string? folder = s_styleFolders.Select(path => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, path))).FirstOrDefault(System.IO.Directory.Exists);
        if (folder is not null)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                RequestPath = "/lib",
                FileProvider = new PhysicalFileProvider(folder),
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=3600",
            });
        }
    }
}
