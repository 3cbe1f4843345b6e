namespace Assize.Identity.Sessions;

internal static class SessionSetup
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddScoped<SessionRegister>().AddScoped<TokenLife>().AddScoped<SpentTokens>().AddScoped<ClientLogout>();
    }

    public static void MapSessions(this WebApplication app)
    {
        app.MapSessionsPage();
        app.MapSessionAdministration();
    }
}
