using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenIddict.Core;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Assize.Identity.Tests;

public static class FakeClock
{
    /// <summary>Puts one clock everywhere that the server reads one.</summary>
    public static void AddFakeClock(this IServiceCollection services, TimeProvider clock)
    {
        services.Replace(ServiceDescriptor.Singleton(clock));
        services.PostConfigure<OpenIddictServerOptions>(options => options.TimeProvider = clock);
        services.PostConfigure<OpenIddictCoreOptions>(options => options.TimeProvider = clock);
        services.PostConfigure<OpenIddictValidationOptions>(options => options.TimeProvider = clock);
    }
}
