using Assize.Identity.SignIn;

namespace Assize.Identity.Connect;

internal static class ConnectRoutes
{
    public static void MapConnect(this WebApplication app)
    {
        string[] both = [HttpMethods.Get, HttpMethods.Post];
        app.MapMethods("/connect/authorize", both, Authorize.HandleAsync);
        app.MapPost("/connect/token", Token.HandleAsync);
        app.MapMethods("/connect/userinfo", both, UserInfo.HandleAsync);
        app.MapMethods("/connect/logout", both, EndSession.HandleAsync);
        app.MapGet("/connect/signed-out", SignOutPage.Done);
    }
}
