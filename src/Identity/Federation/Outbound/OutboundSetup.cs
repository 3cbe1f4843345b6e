using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Assize.Identity.Federation.Outbound;

internal static class OutboundSetup
{
    /// <summary>The client for everything that is fetched because somebody named it.</summary>
    public const string Client = "assize-outbound";

    public static void AddOutbound(this IServiceCollection services, IdentitySettings settings)
    {
        X509Certificate2Collection roots = [];
        if (settings.UpstreamRoots is { } file)
        {
            roots.ImportFromPemFile(file);
        }
        services.AddSingleton(new OutboundRules(settings.AllowsLoopbackUpstreams, roots, settings.UpstreamPatience));
        services.AddHttpClient(Client);
        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>, GuardEveryUpstream>();
    }

    // The protocol's client insists on a handler of its own make; the last action of the factory has the last word.
    private sealed class GuardEveryUpstream(OutboundRules rules) : IPostConfigureOptions<HttpClientFactoryOptions>
    {
        public void PostConfigure(string? name, HttpClientFactoryOptions options)
        {
            if (name is not null && (name == Client || name.StartsWith("OpenIddict.Client", StringComparison.Ordinal)))
            {
                options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = new GuardedHandler(rules));
            }
        }
    }
}
