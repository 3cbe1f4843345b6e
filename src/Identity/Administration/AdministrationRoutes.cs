using Assize.Identity.Administration.Agencies;
using Assize.Identity.Administration.Erasures;
using Assize.Identity.Administration.People;
using Assize.Identity.Administration.Provisioning;
using Assize.Identity.Administration.Systems;
using Assize.Identity.Clients;
using Assize.Identity.Connect;
using Assize.Identity.Storage;

namespace Assize.Identity.Administration;

/// <summary>Every route of the administration API is here, or in what is called from here.</summary>
internal static class AdministrationRoutes
{
    public static void AddAdministration(this IServiceCollection services) =>
        services.AddScoped<AdminDesk>().AddScoped<PeopleList>().AddSingleton<ReviewClock>()
            .AddScoped<SystemClients>().AddScoped<SystemKeys>().AddScoped<SystemList>().AddScoped<ChangeSystems>();

    public static void MapAdministration(this WebApplication app)
    {
        RouteGroupBuilder admin = app.MapGroup("/api/admin").RequireAuthorization(Policies.Administration);
        MapPeople(admin);
        MapRoles(admin);
        MapTeams(admin);
        MapAgencies(admin);
        MapProvisioning(admin);
        admin.MapSystems();
        admin.MapErasures();
    }

    private static void MapPeople(RouteGroupBuilder admin)
    {
        admin.MapGet("/people", (HttpContext http, AdminDesk desk, PeopleList list, [AsParameters] PeopleQuery query) =>
            desk.ReadAsync(http, (who, now) => list.ListAsync(who, now, query, http.RequestAborted)));
        admin.MapGet("/people/{subject}", (HttpContext http, AdminDesk desk, PeopleList list, string subject) =>
            desk.ReadAsync(http, (who, now) => list.DetailAsync(who, now, subject, http.RequestAborted)));
        admin.MapPost("/people/{subject}/status", (HttpContext http, AdminDesk desk, string subject) =>
            desk.WriteAsync<StatusChange>(http, (work, body) => ChangeStatus.SetAsync(work, subject, body)));
        admin.MapPost("/people", (HttpContext http, AdminDesk desk) => desk.WriteAsync<Invitation>(http, InvitePerson.InviteAsync));
        admin.MapPost("/suspensions", (HttpContext http, AdminDesk desk) => desk.WriteAsync<Suspensions>(http, ChangeStatus.SuspendSeveralAsync));
        admin.MapPost("/person-links", (HttpContext http, AdminDesk desk) => desk.WriteAsync<PersonLink>(http, ChangeAgencies.LinkAsync));
    }

    private static void MapRoles(RouteGroupBuilder admin)
    {
        admin.MapGet("/roles", (HttpContext http, AdminDesk desk, PeopleList list) =>
            desk.ReadAsync(http, (who, _) => list.CatalogueAsync(who, http.RequestAborted)));
        admin.MapPut("/people/{subject}/roles", (HttpContext http, AdminDesk desk, string subject, bool? dryRun) =>
            desk.WriteAsync<RolesChange>(http, (work, body) => ChangeRoles.ReplaceAsync(work, subject, body), dryRun == true));
        admin.MapPost("/people/{subject}/roles", (HttpContext http, AdminDesk desk, string subject, bool? dryRun) =>
            desk.WriteAsync<RoleAddition>(http, (work, body) => ChangeRoles.AddAsync(work, subject, body), dryRun == true));
        admin.MapPut("/people/{subject}/roles/{id}", (HttpContext http, AdminDesk desk, string subject, string id, bool? dryRun) =>
            desk.WriteAsync<RoleAddition>(http, (work, body) => ChangeRoles.ChangeOneAsync(work, subject, id, body), dryRun == true));
        admin.MapPost("/people/{subject}/roles/{id}/end", (HttpContext http, AdminDesk desk, string subject, string id, bool? dryRun) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => ChangeRoles.EndAsync(work, subject, id, body), dryRun == true));
        admin.MapPost("/people/{subject}/roles/{id}/certify", (HttpContext http, AdminDesk desk, string subject, string id) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => CertifyRoles.CertifyAsync(work, subject, id, body)));
        admin.MapGet("/due", (HttpContext http, AdminDesk desk, PeopleList list, int? within, string? after) =>
            desk.ReadAsync(http, (who, now) => list.DueAsync(who, now, within ?? 30, after, http.RequestAborted)));
        admin.MapPost("/certifications", (HttpContext http, AdminDesk desk, ReviewClock reviews) =>
            desk.WriteAsync<Certifications>(http, (work, body) => CertifyRoles.CertifySeveralAsync(work, body, reviews)));
        admin.MapPost("/role-gifts", (HttpContext http, AdminDesk desk, bool? dryRun) => desk.WriteAsync<RoleGifts>(http, ChangeSeveral.GiveAsync, dryRun == true));
        admin.MapPost("/role-endings", (HttpContext http, AdminDesk desk, bool? dryRun) => desk.WriteAsync<RoleEndings>(http, ChangeSeveral.EndAsync, dryRun == true));
        admin.MapGet("/requests", (HttpContext http, AdminDesk desk, IdentityDb db, string? status) =>
            desk.ReadAsync(http, (who, _) => RoleRequests.ListAsync(db, who, status, http.RequestAborted)));
        admin.MapGet("/requests/{id}", (HttpContext http, AdminDesk desk, IdentityDb db, string id) =>
            desk.ReadAsync(http, (who, _) => RoleRequests.DetailAsync(db, who, id, http.RequestAborted)));
        admin.MapPost("/requests/{id}/decision", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<Decision>(http, (work, body) => DecideRequest.DecideAsync(work, id, body)));
    }

    private static void MapTeams(RouteGroupBuilder admin)
    {
        admin.MapGet("/teams", (HttpContext http, AdminDesk desk, IdentityDb db) =>
            desk.ReadAsync(http, (who, _) => ChangeTeams.ListAsync(db, who, http.RequestAborted)));
        admin.MapGet("/teams/{id}", (HttpContext http, AdminDesk desk, IdentityDb db, string id) =>
            desk.ReadAsync(http, (who, _) => ChangeTeams.DetailAsync(db, who, id, http.RequestAborted)));
        admin.MapPost("/teams", (HttpContext http, AdminDesk desk) => desk.WriteAsync<TeamName>(http, ChangeTeams.AddAsync));
        admin.MapPost("/teams/{id}/name", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<TeamName>(http, (work, body) => ChangeTeams.RenameAsync(work, id, body)));
        admin.MapPost("/teams/{id}/remove", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => ChangeTeams.RemoveAsync(work, id, body)));
        admin.MapPost("/teams/{id}/members", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<TeamMembers>(http, (work, body) => ChangeTeams.ChangeMembersAsync(work, id, body)));
    }

    private static void MapAgencies(RouteGroupBuilder admin)
    {
        admin.MapGet("/agencies", (HttpContext http, AdminDesk desk, IdentityDb db) =>
            desk.ReadAsync(http, (_, _) => ChangeAgencies.ListAsync(db, http.RequestAborted)));
        admin.MapGet("/agencies/{id}", (HttpContext http, AdminDesk desk, IdentityDb db, string id) =>
            desk.ReadAsync(http, (_, now) => ChangeAgencies.DetailAsync(db, id, now, http.RequestAborted)));
        admin.MapPost("/agencies", (HttpContext http, AdminDesk desk) => desk.WriteAsync<NewAgency>(http, ChangeAgencies.AddAsync));
        admin.MapPost("/agencies/{id}/name", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<AgencyName>(http, (work, body) => ChangeAgencies.RenameAsync(work, id, body)));
        admin.MapPost("/agencies/{id}/status", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<StatusChange>(http, (work, body) => ChangeAgencies.SetStatusAsync(work, id, body)));
        admin.MapPost("/agencies/{id}/administrators", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<FirstAdministrator>(http, (work, body) => ChangeAgencies.AppointFirstAsync(work, id, body)));
    }

    private static void MapProvisioning(RouteGroupBuilder admin)
    {
        admin.MapGet("/provisioning/tokens", (HttpContext http, AdminDesk desk, IdentityDb db) =>
            desk.ReadAsync(http, (who, _) => ChangeProvisioning.TokensAsync(db, who, http.RequestAborted)));
        admin.MapPost("/provisioning/tokens", (HttpContext http, AdminDesk desk) => desk.WriteAsync<NewToken>(http, ChangeProvisioning.IssueAsync));
        admin.MapPost("/provisioning/tokens/{id}/revoke", (HttpContext http, AdminDesk desk, string id) =>
            desk.WriteAsync<ReasonOnly>(http, (work, body) => ChangeProvisioning.RevokeAsync(work, id, body)));
        admin.MapGet("/provisioning/mappings", (HttpContext http, AdminDesk desk, IdentityDb db) =>
            desk.ReadAsync(http, (who, _) => ChangeProvisioning.MappingsAsync(db, who, http.RequestAborted)));
        admin.MapPut("/provisioning/mappings", (HttpContext http, AdminDesk desk, bool? dryRun) => desk.WriteAsync<GroupRoles>(http, ChangeProvisioning.MapAsync, dryRun == true));
    }
}
