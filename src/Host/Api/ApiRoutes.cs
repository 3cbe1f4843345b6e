using Assize.Host.Access;
using Assize.Host.Api.Access;
using Assize.Host.Api.Audit;
using Assize.Host.Api.Cases;
using Assize.Host.Api.Demonstration;
using Assize.Host.Api.Messages;
using Assize.Host.Api.Operations;
using Assize.Host.Api.Prosecutions;
using Assize.Host.Api.Tasks;
using Assize.Host.Operations;

namespace Assize.Host.Api;

/// <summary>Everything under /api/v1.</summary>
public static class ApiRoutes
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<TaskCall>().AddSingleton<CloseCase>().AddSingleton<RetryCase>().AddSingleton<ProsecutionCall>().AddSingleton<AccessCall>().AddApiDocument();

    public static void MapApi(this WebApplication app, HostSettings settings)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization(PolicyNames.SignedIn);
        api.MapProsecutions();
        api.MapCases();
        api.MapTasks();
        api.MapMessages();
        api.MapAudit();
        api.MapAccess();
        api.MapOperations();
        if (settings.IsDemonstration)
        {
            api.MapClock();
        }

        app.MapApiDocument();
    }
}
