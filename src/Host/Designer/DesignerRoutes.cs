using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Api.Problems;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Microsoft.Extensions.Primitives;

namespace Assize.Host.Designer;

/// <summary>What stock Elsa Studio asks of a backend to open a definition. Everything that would change one is refused.</summary>
public static class DesignerRoutes
{
    public static IServiceCollection AddDesigner(this IServiceCollection services) => services.AddSingleton<StudioDefinitions>();

    public static void MapDesigner(this WebApplication app)
    {
        var studio = app.MapGroup("/elsa/api").RequireAuthorization(PolicyNames.SignedIn).AddEndpointFilter(RefuseOtherSites).ExcludeFromDescription();
        MapDefinitions(studio);
        MapDescriptors(studio);
        studio.MapGet("/features/installed", () => Items()).Reads();
        studio.MapGet("/workflow-definitions/validation/is-name-unique", () => Results.Json(new { isUnique = false })).Reads();
        studio.MapPost("/scripting/javascript/type-definitions/{id}", () => Results.Text("")).Reads();
        studio.MapFallback((HttpContext http) => HttpMethods.IsGet(http.Request.Method)
            ? Problem.ForStatus(StatusCodes.Status404NotFound)
            : Problem.Forbidden("read-only", "Definitions are shown here and changed by file: definitions publish. Nothing was changed."));
    }

    private static void MapDefinitions(RouteGroupBuilder studio)
    {
        studio.MapGet("/workflow-definitions/by-definition-id/{id}", async (string id, string? versionOptions, StudioDefinitions definitions, CancellationToken ct) =>
            Answer(await definitions.ByDefinitionAsync(id, versionOptions, ct))).Reads();
        studio.MapGet("/workflow-definitions/by-id/{id}", async (string id, StudioDefinitions definitions, CancellationToken ct) =>
            Answer(await definitions.ByIdAsync(id, ct))).Reads();
        studio.MapGet("/workflow-definitions", async (HttpRequest request, StudioDefinitions definitions, CancellationToken ct) =>
        {
            var query = request.Query;
            return Answer(await definitions.ListAsync(
                Listed(query["DefinitionIds"]), Listed(query["Ids"]), query["versionOptions"] == "AllVersions",
                Number(query["Page"], 0, 100_000), Math.Max(1, Number(query["PageSize"], 50, 100)), ct));
        }).Reads();
    }

    private static void MapDescriptors(RouteGroupBuilder studio)
    {
        studio.MapGet("/descriptors/activities", async (StudioDefinitions definitions, CancellationToken ct) =>
            Answer(StudioDescriptors.Activities(CaseActivities.Table.Catalog, await definitions.UsedAsync(ct)))).Reads();
        studio.MapGet("/descriptors/expression-descriptors", () => Answer(StudioDescriptors.Expressions())).Reads();
        studio.MapGet("/descriptors/variables", () => Answer(StudioDescriptors.Variables())).Reads();
        studio.MapGet("/descriptors/storage-drivers", () => Items(new JsonObject
        {
            ["typeName"] = "WorkflowInstanceStorageDriver",
            ["displayName"] = "With the instance",
            ["priority"] = 0,
            ["deprecated"] = false,
        })).Reads();
        foreach (var list in (string[])["workflow-activation-strategies", "log-persistence-strategies", "incident-strategies",
            "commit-strategies/workflows", "commit-strategies/activities", "output-converters"])
        {
            studio.MapGet($"/descriptors/{list}", () => Items()).Reads();
        }
    }

    private static void Reads(this RouteHandlerBuilder endpoint) => endpoint.Needs(AccessActions.ReadDefinition);

    // Studio cannot send antiforgery tokens, and a cookie goes along from anywhere: so the browser has to say that our own page asked.
    private static ValueTask<object?> RefuseOtherSites(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        var own = $"{request.Scheme}://{request.Host}";
        var isOwn = (origin.Length == 0 || origin == own)
            && (site is "same-origin" || (HttpMethods.IsGet(request.Method) && site is "" or "none") || (site.Length == 0 && origin == own));
        return isOwn
            ? next(context)
            : ValueTask.FromResult<object?>(Problem.Forbidden("other-site", "This is for the designer's own page."));
    }

    private static IResult Answer(JsonObject? value) => value is null
        ? Problem.ForStatus(StatusCodes.Status404NotFound)
        : Results.Text(StudioDescriptors.Text(value), "application/json");

    private static IResult Items(params JsonObject[] items) => Answer(StudioDescriptors.List(items));

    private static List<string> Listed(StringValues values) => [.. values.OfType<string>().Where(value => value.Length > 0)];

    private static int Number(StringValues value, int otherwise, int most) => int.TryParse(value, out var number) && number >= 0 ? Math.Min(number, most) : otherwise;
}
