using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Assize.Host.Web;

/// <summary>The browser assets that the build assembled: <c>/lib/govuk</c>, <c>/lib/moj</c> and the designer's under <c>/designer</c>.</summary>
public static partial class WebFiles
{
    /// <summary>Changes with every build, so that a browser's copy of an older one is not used.</summary>
    public static string Version { get; } = typeof(WebFiles).Assembly.ManifestModule.ModuleVersionId.ToString("n")[..8];

    private static readonly FileExtensionContentTypeProvider ContentTypes = CreateContentTypes();

    /// <summary>Serves the assets, with their stored Brotli form where the browser takes it.</summary>
    public static WebApplication UseWebFiles(this WebApplication app)
    {
        var files = new PhysicalFileProvider(Folder());
        app.Use((context, next) => PreferBrotli(context, files, next));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = ContentTypes,
            OnPrepareResponse = Describe,
        });
        return app;
    }

    /// <summary>A published Host carries its assets beside it; a built one finds them in the artifacts folder.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither folder exists: Host was not built.</exception>
    public static string Folder()
    {
        string[] candidates = [Path.Combine(AppContext.BaseDirectory, "web"), Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../web"))];
        return candidates.FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException($"Expected the browser assets in {string.Join(" or ", candidates)}, but neither folder exists. Build src/Host first.");
    }

    private static Task PreferBrotli(HttpContext context, PhysicalFileProvider files, RequestDelegate next)
    {
        var request = context.Request;
        var path = request.Path.Value;
        if (path is not null
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && (path.StartsWith("/designer/_", StringComparison.Ordinal) || path.StartsWith("/lib/", StringComparison.Ordinal))
            && request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)
            && files.GetFileInfo(path + ".br").Exists)
        {
            request.Path = path + ".br";
        }

        return next(context);
    }

    private static void Describe(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        var name = file.File.Name;
        headers.Vary = "Accept-Encoding";
        // A name that changes with its content, or an address that changes with the build, is never asked for again; any other is asked whether it is still so.
        headers.CacheControl = NamedByContent().IsMatch(name) || file.Context.Request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
        if (name.EndsWith(".br", StringComparison.Ordinal))
        {
            headers.ContentEncoding = "br";
            file.Context.Response.ContentType = ContentTypes.TryGetContentType(name[..^3], out var type) ? type : "application/octet-stream";
        }
    }

    /// <summary>Such as "Elsa.Api.Client.mbze71icf3.wasm.br".</summary>
    [GeneratedRegex(@"\.[0-9a-z]{10}\.(wasm|js|dat)(\.br)?$")]
    private static partial Regex NamedByContent();

    private static FileExtensionContentTypeProvider CreateContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".br"] = "application/octet-stream";
        types.Mappings[".dat"] = "application/octet-stream";
        types.Mappings[".blat"] = "application/octet-stream";
        return types;
    }
}
