using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Host.Tests.Access;

/// <param name="Pattern">As the route says it, with a slash before it; of a form that a page sends to a handler of its own, with that handler.</param>
internal sealed record HostRoute(string Method, string Pattern, bool IsPage)
{
    public bool Changes => Method is not ("GET" or "HEAD");

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>Every method of every route of a running host that is not open to all, each form of each page among them.</summary>
internal static partial class HostRoutes
{
    public static async Task<IReadOnlyList<HostRoute>> OfAsync(IServiceProvider services)
    {
        List<HostRoute> routes = [];
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            {
                routes.AddRange((endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(method => new HostRoute(method, pattern, false)));
                continue;
            }

            var handlers = (await services.GetRequiredService<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty)).HandlerMethods;
            routes.Add(new HostRoute("GET", pattern, true));
            routes.Add(new HostRoute("POST", pattern, true));
            routes.AddRange(handlers.Where(handler => handler.Name is not null).Select(handler => new HostRoute(handler.HttpMethod.ToUpperInvariant(), $"{pattern}?handler={handler.Name}", true)));
        }

        return routes;
    }

    /// <summary>The names of what stands in braces.</summary>
    public static IEnumerable<string> Parameters(string pattern) => Parameter().Matches(pattern).Select(match => match.Groups[1].Value);

    /// <summary>An address of that pattern.</summary>
    public static string Fill(string pattern, Func<string, string> value) => Parameter().Replace(pattern, match => value(match.Groups[1].Value));

    [GeneratedRegex(@"\{\**([A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
