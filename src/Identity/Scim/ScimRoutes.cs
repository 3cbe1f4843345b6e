using Assize.Identity.Storage;
using Microsoft.AspNetCore.Authentication;

namespace Assize.Identity.Scim;

/// <summary>Every route of SCIM 2.0 is here.</summary>
internal static class ScimRoutes
{
    private const string Policy = "scim";

    public static void AddScim(this IServiceCollection services)
    {
        services.AddScoped<ScimDesk>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ScimAuthentication>(ScimAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(ScimAuthentication.SchemeName).RequireClaim(ScimAuthentication.AgencyClaim));
    }

    public static void MapScim(this WebApplication app)
    {
        RouteGroupBuilder scim = app.MapGroup("/scim/v2").RequireAuthorization(Policy);
        scim.MapGet("/ServiceProviderConfig", (ScimDesk desk) => ScimDiscovery.Configuration(desk));
        scim.MapGet("/ResourceTypes", (ScimDesk desk) => ScimDiscovery.Types(desk));
        scim.MapGet("/Schemas", (ScimDesk desk) => ScimDiscovery.Schemas(desk));
        scim.MapGet("/Schemas/{id}", (ScimDesk desk, string id) => ScimDiscovery.OneSchema(desk, id));
        MapUsers(scim);
        MapGroups(scim);
    }

    private static void MapUsers(RouteGroupBuilder scim)
    {
        scim.MapGet("/Users", (HttpContext http, IdentityDb db, ScimDesk desk, string? filter, string? startIndex, string? count) => ScimUsers.ListAsync(http, db, desk, filter, startIndex, count));
        scim.MapGet("/Users/{id}", (HttpContext http, IdentityDb db, ScimDesk desk, string id) => ScimUsers.GetAsync(http, db, desk, id));
        scim.MapPost("/Users", (HttpContext http, ScimDesk desk) => desk.WriteAsync(http, ScimUsers.CreateAsync));
        scim.MapPut("/Users/{id}", (HttpContext http, ScimDesk desk, string id) => desk.WriteAsync(http, (work, body) => ScimUsers.ReplaceAsync(work, http, id, body)));
        scim.MapPatch("/Users/{id}", (HttpContext http, ScimDesk desk, string id) => desk.WriteAsync(http, (work, body) => ScimUsers.PatchAsync(work, http, id, body)));
        scim.MapDelete("/Users/{id}", (HttpContext http, ScimDesk desk, string id) => desk.WriteAsync(http, work => ScimUsers.DeleteAsync(work, http, id)));
    }

    private static void MapGroups(RouteGroupBuilder scim)
    {
        scim.MapGet("/Groups", (HttpContext http, IdentityDb db, ScimDesk desk, string? filter, string? startIndex, string? count, string? excludedAttributes) =>
            ScimGroups.ListAsync(http, db, desk, filter, startIndex, count, excludedAttributes));
        scim.MapGet("/Groups/{id}", (HttpContext http, IdentityDb db, ScimDesk desk, string id, string? excludedAttributes) => ScimGroups.GetAsync(http, db, desk, id, excludedAttributes));
        scim.MapPost("/Groups", (HttpContext http, ScimDesk desk) => desk.WriteAsync(http, ScimGroups.CreateAsync));
        scim.MapPut("/Groups/{id}", (HttpContext http, ScimDesk desk, string id) => desk.WriteAsync(http, (work, body) => ScimGroups.ReplaceAsync(work, http, id, body)));
        scim.MapPatch("/Groups/{id}", (HttpContext http, ScimDesk desk, string id) => desk.WriteAsync(http, (work, body) => ScimGroups.PatchAsync(work, http, id, body)));
        scim.MapDelete("/Groups/{id}", (HttpContext http, ScimDesk desk, string id) => desk.WriteAsync(http, work => ScimGroups.DeleteAsync(work, http, id)));
    }
}
