using Quartz;

namespace Assize.Identity.Sessions;

internal static class SessionSetup
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddScoped<SessionRegister>().AddScoped<TokenLife>().AddScoped<SpentTokens>().AddScoped<ClientLogout>().AddScoped<UpstreamLogout>().AddScoped<UpstreamEvents>();
        services.AddSingleton<LogoutTokens>();
        services.AddHttpClient(LogoutJob.HttpName, http => http.Timeout = TimeSpan.FromSeconds(5));
        services.AddQuartz(quartz => quartz.ScheduleJob<LogoutJob>(trigger => trigger
            .WithIdentity("logout tokens")
            .WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(2)).RepeatForever())));
    }

    public static void MapSessions(this WebApplication app)
    {
        app.MapSessionsPage();
        app.MapSessionAdministration();
        app.MapPost(UpstreamLogout.Route, UpstreamLogout.HandleAsync).DisableAntiforgery();
        app.MapPost(UpstreamEvents.Route, UpstreamEvents.HandleAsync);
    }
}
