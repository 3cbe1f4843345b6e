using Assize.Identity.Administration.People;

namespace Assize.Identity.Administration.Systems;

internal static class SystemRoutes
{
    public static void MapSystems(this RouteGroupBuilder admin)
    {
        admin.MapGet("/systems", (HttpContext http, AdminDesk desk, SystemList list) =>
            desk.ReadAsync(http, (who, now) => list.ListAsync(who, now, http.RequestAborted)));
        admin.MapGet("/systems/{id}", (HttpContext http, AdminDesk desk, SystemList list, string id) =>
            desk.ReadAsync(http, (who, now) => list.DetailAsync(who, now, id, http.RequestAborted)));
        admin.MapPost("/systems", (HttpContext http, AdminDesk desk, ChangeSystems systems) => desk.WriteAsync<NewSystem>(http, systems.RegisterAsync));
        admin.MapPost("/systems/{id}/terms", (HttpContext http, AdminDesk desk, ChangeSystems systems, string id) =>
            desk.WriteAsync<SystemTerms>(http, (work, body) => systems.SetTermsAsync(work, id, body)));
        admin.MapPost("/systems/{id}/status", (HttpContext http, AdminDesk desk, ChangeSystems systems, string id) =>
            desk.WriteAsync<StatusChange>(http, (work, body) => systems.SetStatusAsync(work, id, body)));
        admin.MapPost("/systems/{id}/keys", (HttpContext http, AdminDesk desk, ChangeSystems systems, string id) =>
            desk.WriteAsync<NewKey>(http, (work, body) => systems.OfOwnAsync(work, id, system => SystemKeys.AddAsync(work, system, body))));
        admin.MapPost("/systems/{id}/keys/{key}/approve", (HttpContext http, AdminDesk desk, ChangeSystems systems, SystemKeys keys, string id, string key) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => systems.OfOwnAsync(work, id, system => keys.ApproveAsync(work, system, key, body))));
        admin.MapPost("/systems/{id}/keys/{key}/remove", (HttpContext http, AdminDesk desk, ChangeSystems systems, SystemKeys keys, string id, string key) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => systems.OfOwnAsync(work, id, system => keys.RemoveAsync(work, system, key, body))));
    }
}
