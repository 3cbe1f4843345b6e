using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Assize.Host.Web;

/// <summary>The browser assets that the build assembled: <c>/lib/govuk</c>, <c>/lib/moj</c> and the designer's under <c>/designer</c>.</summary>
public static class WebFiles
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
        headers.CacheControl = "public, max-age=3600";
        if (name.EndsWith(".br", StringComparison.Ordinal))
        {
            headers.ContentEncoding = "br";
            file.Context.Response.ContentType = ContentTypes.TryGetContentType(name[..^3], out var type) ? type : "application/octet-stream";
        }
    }

    private static FileExtensionContentTypeProvider CreateContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".br"] = "application/octet-stream";
        types.Mappings[".dat"] = "application/octet-stream";
        types.Mappings[".blat"] = "application/octet-stream";
        return types;
    }
}
