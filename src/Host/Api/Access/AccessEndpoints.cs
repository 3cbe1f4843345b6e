namespace Assize.Host.Api.Access;

/// <summary>Everything under /api/v1/access.</summary>
internal static class AccessEndpoints
{
    public static void MapAccess(this RouteGroupBuilder api)
    {
        var access = api.MapGroup("/access").WithTags("Access");
        access.MapCaseAccess();
        access.MapGrants();
        access.MapSelfAccess();
        access.MapExplanations();
    }
}
