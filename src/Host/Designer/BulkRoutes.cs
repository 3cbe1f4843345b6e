using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;

namespace Assize.Host.Designer;

/// <summary>Several definitions at once, as Studio's list offers it. Each is taken by itself, and what was not done is said.</summary>
internal static class BulkRoutes
{
    private const int Most = 200;

    public static void MapBulk(this RouteGroupBuilder studio)
    {
        studio.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", DeleteAsync).Needs(AccessActions.DraftDefinition);
        studio.MapPost("/bulk-actions/delete/workflow-definitions/by-id", DeleteVersionsAsync).Needs(AccessActions.DraftDefinition);
        studio.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishAsync).Needs(AccessActions.RequestPublication);
        studio.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractAsync).Needs(AccessActions.ApprovePublication);
        studio.MapPost("/bulk-actions/export/workflow-definitions", ExportAsync).Needs(AccessActions.ReadDefinition);
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, DiscardDraft discard, CaseDatabase database, CancellationToken ct) =>
        await DiscardAsync(http, discard, database, await IdsAsync(http, "definitionIds", ct), ct);

    private static async Task<IResult> DeleteVersionsAsync(HttpContext http, DiscardDraft discard, DraftQueries drafts, CaseDatabase database, CancellationToken ct)
    {
        var asked = await IdsAsync(http, "ids", ct);
        List<string> ids = [];
        foreach (var versionId in asked)
        {
            if (StudioDefinitions.Split(versionId) is var (id, version) && (await drafts.FindAsync(id, http.Caller(), ct))?.Version == version)
            {
                ids.Add(id);
            }
        }

        return await DiscardAsync(http, discard, database, ids, ct, asked.Count - ids.Count);
    }

    private static async Task<IResult> DiscardAsync(
        HttpContext http, DiscardDraft discard, CaseDatabase database, IReadOnlyList<string> ids, CancellationToken ct, int published = 0)
    {
        var deleted = 0;
        foreach (var id in ids)
        {
            await using var db = database.CreateDbContext();
            deleted += await discard.RunAsync(db, http.Caller(), id, ct) is DraftDiscarded ? 1 : 0;
        }

        if (published + ids.Count - deleted is > 0 and var kept)
        {
            StudioAnswers.Say(http, $"{deleted} drafts are deleted. {kept} have no draft that you may delete; a published version is never deleted, only retracted.");
        }

        return StudioAnswers.Answer(new JsonObject { ["deleted"] = deleted });
    }

    private static async Task<IResult> PublishAsync(HttpContext http, RequestPublication request, CaseDatabase database, CancellationToken ct)
    {
        List<string> missing = [], said = [];
        foreach (var id in await IdsAsync(http, "definitionIds", ct))
        {
            await using var db = database.CreateDbContext();
            switch (await request.RunAsync(db, http.Caller(), id, note: null, ct))
            {
                case DraftRefused { Code: "draft-not-found" }:
                    missing.Add(id);
                    break;
                case DraftRefused refused:
                    said.Add($"{id}: {refused.Message} {string.Join(" ", refused.Problems.Take(3).Select(problem => $"{problem.ActivityId}: {problem.Message}"))}".Trim());
                    break;
                default:
                    said.Add($"{id}: waits for another process owner, under Publications.");
                    break;
            }
        }

        StudioAnswers.Say(http, said);
        return StudioAnswers.Answer(new JsonObject
        {
            ["published"] = new JsonArray(),
            ["alreadyPublished"] = Texts(missing),
            ["notFound"] = new JsonArray(),
            ["updatedConsumers"] = new JsonArray(),
        });
    }

    private static async Task<IResult> RetractAsync(HttpContext http, RetractVersion retract, BusinessClock clock, CaseDatabase database, CancellationToken ct)
    {
        List<string> retracted = [], said = [];
        foreach (var id in await IdsAsync(http, "definitionIds", ct))
        {
            await using var db = database.CreateDbContext();
            if (await retract.RunAsync(db, http.Caller(), id, ct, clock.GetUtcNow()) is DraftRefused refused)
            {
                said.Add($"{id}: {refused.Message}");
                continue;
            }

            retracted.Add(id);
        }

        StudioAnswers.Say(http, said);
        return StudioAnswers.Answer(new JsonObject { ["retracted"] = Texts(retracted), ["alreadyRetracted"] = new JsonArray(), ["notFound"] = new JsonArray() });
    }

    private static async Task<IResult> ExportAsync(HttpContext http, DraftQueries drafts, CancellationToken ct)
    {
        var body = await StudioBody.ReadAsync(http, ct) ?? [];
        if (body.FlagOf("includeConsumingWorkflows"))
        {
            StudioAnswers.Say(http, StudioAnswers.WithoutUsers);
        }

        return await StudioAnswers.ZipAsync(http, "workflow-definitions.zip", FilesAsync(drafts, http.Caller(), Ids(body, "ids"), ct));
    }

    private static async IAsyncEnumerable<(string Name, string Text)> FilesAsync(DraftQueries drafts, Caller caller, IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var versionId in ids)
        {
            var (id, version) = StudioDefinitions.Split(versionId) is var (named, number) ? (named, number.ToString(System.Globalization.CultureInfo.InvariantCulture)) : (versionId, null);
            if (await drafts.ExportAsync(id, version, caller, ct) is var (text, found))
            {
                yield return ($"{id}-{found}.json", text);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpContext http, string member, CancellationToken ct) =>
        Ids(await StudioBody.ReadAsync(http, ct) ?? [], member);

    private static IReadOnlyList<string> Ids(JsonObject body, string member) =>
        [.. body.ArrayOf(member).Select(item => item.AsText()).OfType<string>().Distinct().Take(Most)];

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
