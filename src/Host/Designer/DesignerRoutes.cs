using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Api.Problems;
using Assize.Host.Designer.Instances;
using Assize.Host.Operations;
using Assize.Host.Pages.Designer;
using Assize.Host.Pages.Designer.Outline;
using Assize.Host.Pages.Designer.Practice;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Host.Designer;

/// <summary>What stock Elsa Studio asks of a backend.</summary>
public static class DesignerRoutes
{
    /// <summary>The hub is no route of the API: Studio looks for it beside.</summary>
    public const string Hubs = "/elsa/hubs";

    public static IServiceCollection AddDesigner(this IServiceCollection services) =>
        services.AddSingleton<DraftQueries>().AddSingleton<DraftRun>().AddSingleton<OutlineDrafts>().AddSingleton<OutlineFiles>().AddSingleton<StudioDefinitions>()
            .AddSingleton<InstanceQueries>().AddSingleton<PracticeQueries>().AddSingleton<PracticeRun>().AddSingleton<StudioLists>().AddSingleton<StudioPalette>()
            .AddSingleton<StepHints>().AddHostedService(provider => provider.GetRequiredService<StepHints>())
            .AddSingleton(Ahead).AddHostedService(provider => provider.GetRequiredService<VerdictAhead>())
            .AddSingleton<InstanceWatch>().AddSignalR().Services;

    private static VerdictAhead Ahead(IServiceProvider provider) => new(
        async (draft, ct) =>
        {
            await using var db = provider.GetRequiredService<CaseDatabase>().CreateDbContext();
            await provider.GetRequiredService<DraftCheck>().RunAsync(db, draft.DefinitionId, draft.Text, ct);
        },
        TimeSpan.FromSeconds(3),
        provider.GetRequiredService<ILogger<VerdictAhead>>());

    public static void MapDesigner(this WebApplication app)
    {
        var studio = app.MapGroup("/elsa/api").RequireAuthorization(PolicyNames.SignedIn).AddEndpointFilter(OwnPage.Required).ExcludeFromDescription();
        MapDefinitions(studio);
        MapDescriptors(studio);
        studio.MapDrafts();
        studio.MapInstances();
        studio.MapExecutions();
        studio.MapBulk();
        studio.MapPractice();
        studio.MapGet("/features/installed", () => StudioAnswers.Items(Live)).Reads();
        studio.MapPost("/scripting/javascript/type-definitions/{id}", async (string id, HttpContext http, StudioDefinitions definitions, CancellationToken ct) =>
            Results.Text(await definitions.TypesAsync(id, await UserAsync(http, ct), ct))).Reads();
        studio.MapFallback(() => Problem.ForStatus(StatusCodes.Status404NotFound));
        app.MapGet("/designer/workflows/definitions/{id}/edit", (string id) => Results.LocalRedirect($"/designer/workflows/{Uri.EscapeDataString(id)}"))
            .RequireAuthorization(PolicyNames.SignedIn).ExcludeFromDescription().Reads();
        app.MapHub<InstanceHub>(Hubs + "/workflow-instance").RequireAuthorization(PolicyNames.SignedIn);
    }

    /// <summary>Tells Studio to listen at the hub instead of asking every five seconds.</summary>
    private static JsonObject Live => new()
    {
        ["name"] = "RealTimeWorkflowUpdates",
        ["namespace"] = "Elsa",
        ["fullName"] = "Elsa.RealTimeWorkflowUpdates",
        ["displayName"] = "Live instances",
        ["description"] = "Viewers of an instance are told of its steps.",
    };

    private static void MapDefinitions(RouteGroupBuilder studio)
    {
        studio.MapGet("/workflow-definitions/by-definition-id/{id}", async (string id, string? versionOptions, HttpContext http, StudioDefinitions definitions, CancellationToken ct) =>
            StudioAnswers.Answer(await definitions.ByDefinitionAsync(id, versionOptions, await UserAsync(http, ct), ct))).Reads();
        studio.MapGet("/workflow-definitions/by-id/{id}", async (string id, HttpContext http, StudioDefinitions definitions, CancellationToken ct) =>
            StudioAnswers.Answer(await definitions.ByIdAsync(id, await UserAsync(http, ct), ct))).Reads();
        studio.MapGet("/workflow-definitions", async (HttpContext http, StudioDefinitions definitions, CancellationToken ct) =>
            StudioAnswers.Answer(await definitions.ListAsync(StudioSearch.From(http.Request.Query), await UserAsync(http, ct), ct))).Reads();
        studio.MapGet("/workflow-definitions/validation/is-name-unique", async (string? name, string? definitionId, DraftQueries drafts, CancellationToken ct) =>
            Results.Json(new { isUnique = await drafts.IsNameFreeAsync(name ?? "", definitionId, ct) })).Reads();
        studio.MapGet("/workflow-definitions/subgraph/{versionId}", async (string versionId, string parentNodeId, HttpContext http, StudioDefinitions definitions, CancellationToken ct) =>
            StudioAnswers.Answer(await definitions.GraphAsync(versionId, await UserAsync(http, ct), ct) is { } graph ? Subgraph.Of(graph, parentNodeId) : null)).Reads();
        studio.MapGet("/workflow-definitions/subgraph/segments/{versionId}", async (string versionId, string childNodeId, HttpContext http, StudioDefinitions definitions, CancellationToken ct) =>
            StudioAnswers.Answer(await definitions.GraphAsync(versionId, await UserAsync(http, ct), ct) is { } graph ? Subgraph.Segments(graph, childNodeId) : null)).Reads();
        studio.MapGet("/workflow-definitions/{id}/export", ExportAsync).Reads();
    }

    private static void MapDescriptors(RouteGroupBuilder studio)
    {
        studio.MapGet("/descriptors/activities", PaletteAsync).Reads();
        studio.MapPost("/descriptors/activities/{type}/options/{input}", async (string type, string input, StudioPalette palette, CancellationToken ct) =>
            StudioAnswers.Answer(await palette.OptionsAsync(type, input, ct))).Reads();
        studio.MapGet("/descriptors/expression-descriptors", () => StudioAnswers.Answer(StudioDescriptors.Expressions())).Reads();
        studio.MapGet("/descriptors/variables", () => StudioAnswers.Answer(StudioDescriptors.Variables())).Reads();
        studio.MapGet("/descriptors/storage-drivers", () => StudioAnswers.Items(new JsonObject
        {
            ["typeName"] = "WorkflowInstanceStorageDriver",
            ["displayName"] = "With the instance",
            ["priority"] = 0,
            ["deprecated"] = false,
        })).Reads();
        studio.MapGet("/descriptors/workflow-activation-strategies", () => StudioAnswers.Answer(StudioDescriptors.Activations())).Reads();
        studio.MapGet("/descriptors/incident-strategies", () => StudioAnswers.Answer(StudioDescriptors.Incidents())).Reads();
        foreach (var list in (string[])["log-persistence-strategies", "commit-strategies/workflows", "commit-strategies/activities", "output-converters"])
        {
            studio.MapGet($"/descriptors/{list}", () => StudioAnswers.Items()).Reads();
        }
    }

    private static async Task<IResult> PaletteAsync(HttpContext http, StudioPalette palette, CancellationToken ct)
    {
        var (text, tag) = await palette.ReadAsync(http.Caller(), ct);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(text, "application/json");
    }

    private static async Task<IResult> ExportAsync(string id, string? versionOptions, bool? includeConsumingWorkflows, HttpContext http, DraftQueries drafts, CancellationToken ct)
    {
        if (includeConsumingWorkflows == true)
        {
            StudioAnswers.Say(http, StudioAnswers.WithoutUsers);
        }

        return await drafts.ExportAsync(id, versionOptions, http.Caller(), ct) is var (text, version)
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(text), "application/json", $"{id}-{version}.json")
            : Problem.ForStatus(StatusCodes.Status404NotFound);
    }

    private static void Reads(this RouteHandlerBuilder endpoint) => endpoint.Needs(AccessActions.ReadDefinition);

    internal static async Task<StudioUser> UserAsync(HttpContext http, CancellationToken ct)
    {
        await using var db = http.RequestServices.GetRequiredService<CaseDatabase>().CreateDbContext();
        var decision = await http.RequestServices.GetRequiredService<IAccessEvaluator>()
            .CheckAsync(db, http.Caller(), AccessActions.DraftDefinition, AccessTarget.None, ct);
        return new StudioUser(http.Caller(), decision.Allowed, decision.Allowed ? await http.RequestServices.GetRequiredService<DraftingRights>().ReachAsync(db, http.Caller(), ct) : DraftingReach.Nothing);
    }
}
