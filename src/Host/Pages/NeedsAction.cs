using Assize.Host.Access;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Assize.Host.Pages;

/// <summary>Lets nobody into a folder whose roles do not allow its action; what they may see of it is each page's question.</summary>
public sealed class NeedsAction(string action) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        await using var db = services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var decision = await services.GetRequiredService<IAccessEvaluator>()
            .CheckAsync(db, context.HttpContext.Caller(), action, ActionTable.Door(action), context.HttpContext.RequestAborted);
        if (!decision.Allowed)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
            return;
        }

        // Without a handler for its method a page would be shown with nothing read.
        if (context.HandlerMethod is null && !HttpMethods.IsGet(context.HttpContext.Request.Method) && !HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        await next();
    }
}

/// <summary>Which folder of pages needs which action. A page outside these folders is anonymous and says so.</summary>
public static class PageAccess
{
    public static IReadOnlyDictionary<string, string> Folders { get; } = new Dictionary<string, string>
    {
        ["/Tasks"] = AccessActions.ReadTask,
        ["/Cases"] = AccessActions.ReadCase,
        ["/Hearings"] = AccessActions.ReadCase,
        ["/Submissions"] = AccessActions.ReadProsecution,
        ["/Access"] = AccessActions.OpenAccess,
        ["/Access/CaseAccess"] = AccessActions.ExplainAccess,
        ["/Access/Claims"] = AccessActions.ClaimChallenged,
        ["/Access/Exclusions"] = AccessActions.DeclareExclusion,
        ["/Access/Grants"] = AccessActions.EndGrant,
        ["/Access/Proposals"] = AccessActions.ProtectCase,
        ["/Access/Requests"] = AccessActions.RequestCross,
        ["/Access/Reviews"] = AccessActions.ReviewAccess,
        ["/Access/Overdue"] = AccessActions.SeeOverdueReviews,
        ["/Access/Why"] = AccessActions.ExplainAccess,
        ["/Access/Audit"] = AccessActions.ReadAudit,
        ["/Access/Erasures"] = AccessActions.DecideErasure,
        ["/Operations"] = AccessActions.ReadOperation,
        ["/Access/People"] = AccessActions.AdministerPeople,
        ["/Access/RoleChanges"] = AccessActions.AdministerPeople,
        ["/Access/RoleRequests"] = AccessActions.AdministerPeople,
        ["/Access/Due"] = AccessActions.AdministerPeople,
        ["/Access/Leavers"] = AccessActions.AdministerPeople,
        ["/Access/Sessions"] = AccessActions.AdministerPeople,
        ["/Access/Teams"] = AccessActions.AdministerPeople,
        ["/Access/Several"] = AccessActions.AdministerPeople,
        ["/Access/Provisioning"] = AccessActions.AdministerPeople,
        ["/Access/Systems"] = AccessActions.AdministerSystems,
        ["/Access/Agencies"] = AccessActions.AdministerAgencies,
        ["/Access/Drafting"] = AccessActions.AdministerDrafting,
        ["/Access/Others"] = AccessActions.CountPeople,
        ["/Designer"] = AccessActions.ReadDefinition,
        ["/Designer/Practice"] = AccessActions.RunPractice,
        ["/Designer/Rules/Drafting"] = AccessActions.DraftDefinition,
        ["/Designer/Simulate"] = AccessActions.RunPractice,
        ["/Designer/Owners"] = AccessActions.ApprovePublication,
        ["/Designer/Publications"] = AccessActions.ApprovePublication,
        ["/Designer/Migrating"] = AccessActions.MigrateCases,
        ["/Designer/Rehearsals"] = AccessActions.RehearseDefinition,
        ["/Access/Enrolments"] = AccessActions.AdministerAgencies,
    };

    private static readonly string[] s_sections = ["Tasks", "Cases", "Hearings", "Submissions", "Designer", "Access", "Operations"];

    /// <summary>The folders of the menu that a role of this caller opens, in the menu's order.</summary>
    public static IReadOnlyList<string> SectionsOf(Caller caller) =>
        [.. s_sections.Where(section => ActionTable.RolesFor(Folders["/" + section]).Any(caller.HasRole))];

    public static void Apply(PageConventionCollection pages)
    {
        foreach (var (folder, action) in Folders)
        {
            pages.AuthorizeFolder(folder, PolicyNames.SignedIn);
            pages.AddFolderApplicationModelConvention(folder, page => page.Filters.Add(new NeedsAction(action)));
        }
    }
}
