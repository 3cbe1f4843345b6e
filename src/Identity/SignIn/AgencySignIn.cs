using Assize.Identity.Federation;

namespace Assize.Identity.SignIn;

internal static class AgencySignIn
{
    public static void MapAgencySignIn(this WebApplication app, IdentitySettings settings)
    {
        app.MapGet("/signin/agencies", AgencyPage.ShowAsync);
        app.MapGet("/signin/start", AgencyStart.HandleAsync);
        if (settings.Deployment == Deployment.Demonstration)
        {
            app.MapDemonstrationSignIn();
        }
        else
        {
            app.MapGet("/signin", AgencyPage.ShowAsync);
        }
    }
}
