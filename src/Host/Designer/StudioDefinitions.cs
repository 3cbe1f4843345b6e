using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;

namespace Assize.Host.Designer;

/// <summary>Published versions and drafts in Studio's shape. Without a "publish" link Studio shows a definition, and changes nothing.</summary>
internal sealed class StudioDefinitions(
    DefinitionQueries definitions, DraftQueries drafts, PracticeQueries practices, DefinitionCatalog catalog, CaseDatabase database)
{
    private const char Separator = '@';

    /// <param name="versionOptions">A number, "Published" for the newest version that is not retracted, or one of Studio's words for the newest of all.</param>
    public async Task<JsonObject?> ByDefinitionAsync(string definitionId, string? versionOptions, StudioUser user, CancellationToken ct)
    {
        var draft = user.MayDraft(definitionId) ? await drafts.FindAsync(definitionId, user.Caller, ct) : null;
        var number = Number(versionOptions);
        if (draft is not null && versionOptions != "Published" && (number is null || number == draft.Version))
        {
            return Whole(draft, mayDraft: true);
        }

        var (newest, published) = await definitions.NumbersAsync(definitionId, ct);
        return (number ?? (versionOptions == "Published" ? published : newest)) is { } version && await definitions.FindAsync(definitionId, version, ct) is { } shown
            ? Whole(shown.Definition, new Standing(definitionId, version, shown.PublishedAt, draft is null && version == newest, version == published), user.MayDraft(definitionId))
            : null;
    }

    public async Task<JsonObject?> ByIdAsync(string versionId, StudioUser user, CancellationToken ct)
    {
        if (Split(versionId) is not var (definitionId, version))
        {
            return null;
        }

        return await PractisedAsync(definitionId, version, user, ct) is { } drawn
            ? Whole(drawn.Definition, new Standing(definitionId, version, drawn.PublishedAt, false, false), mayDraft: false)
            : await ByDefinitionAsync(definitionId, version.ToString(CultureInfo.InvariantCulture), user, ct);
    }

    /// <summary>What scripts of a definition may name; nothing where there is none.</summary>
    public async Task<string> TypesAsync(string definitionId, StudioUser user, CancellationToken ct) =>
        await NewestAsync(definitionId, user, ct) is { } definition ? TypeDeclarations.Of(definition, CaseActivities.Table.Catalog) : "";

    /// <summary>A version as it runs, the workflows that it uses as steps in their places.</summary>
    public async Task<ExecutionGraph?> GraphAsync(string versionId, StudioUser user, CancellationToken ct)
    {
        if (Split(versionId) is not var (id, version))
        {
            return null;
        }

        var draft = user.MayDraft(id) ? await drafts.FindAsync(id, user.Caller, ct) : null;
        await using var db = database.CreateDbContext();
        if (draft?.Version == version)
        {
            return await catalog.CompileAsync(db, DefinitionReader.Read(draft.Text), ct);
        }

        return (await PractisedAsync(id, version, user, ct) ?? await definitions.FindAsync(id, version, ct)) is null ? null : await catalog.FindAsync(db, id, version, ct);
    }

    private async Task<WorkflowDefinition?> NewestAsync(string definitionId, StudioUser user, CancellationToken ct) =>
        (user.MayDraft(definitionId) ? await drafts.FindAsync(definitionId, user.Caller, ct) : null) is { } draft
            ? DefinitionReader.Read(draft.Text)
            : (await definitions.NewestAsync(definitionId, ct))?.Definition;

    private async Task<DrawnDefinition?> PractisedAsync(string definitionId, int version, StudioUser user, CancellationToken ct) =>
        user.IsProcessOwner ? await practices.DrawnAsync(definitionId, version, user.Caller.Agency, ct) : null;

    /// <summary>The drawing of a version that some instance runs on, whoever asks; null where there is none.</summary>
    public Task<DrawnDefinition?> DrawnAsync(string definitionId, int version, CancellationToken ct) =>
        PracticeCase.Behind(definitionId) is null ? definitions.FindAsync(definitionId, version, ct) : practices.DrawnAsync(definitionId, version, null, ct);

    /// <summary>The parts of a version's id; null where it is none. What is made of overlays has a number below zero.</summary>
    public static (string DefinitionId, int Version)? Split(string versionId) =>
        versionId.LastIndexOf(Separator) is > 0 and var at && Number(versionId[(at + 1)..]) is { } version ? (versionId[..at], version) : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public async Task<JsonObject> ListAsync(StudioSearch search, StudioUser user, CancellationToken ct)
    {
        List<ListedVersion> rows = [.. (await definitions.ListAsync(ct)).Select(row => new ListedVersion(row.Id, row.Version, row.Name ?? row.Id, row.PublishedAt, false) { IsRetracted = row.RetractedAt is not null }),
            .. user.Reach.IsAny ? (await drafts.ListAsync(user.Caller, ct)).Select(row => new ListedVersion(row.DefinitionId, row.Version, row.Name, row.SavedAt, true)) : []];
        foreach (var (id, version) in search.Ids.Select(Split).OfType<(string, int)>())
        {
            // Neither practice nor what is made of overlays is listed, and an instance that runs on it asks for it by its id.
            if ((await PractisedAsync(id, version, user, ct) ?? (version < 0 ? await definitions.FindAsync(id, version, ct) : null)) is { } run)
            {
                rows.Add(new ListedVersion(id, version, run.Name, run.PublishedAt, false));
            }
        }

        // Only a search has to know what all of them are for.
        rows = search.Term.Length > 0 ? await DescribedAsync(rows, ct) : rows;
        var latest = rows.GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.Max(row => row.Version));
        var published = rows.Where(row => row is { IsDraft: false, IsRetracted: false }).GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.Max(row => row.Version));
        bool IsPublished(ListedVersion row) => !row.IsDraft && published.TryGetValue(row.Id, out var newest) && row.Version == newest;
        var shown = search.Order(rows.Select(row => row with { Published = published.TryGetValue(row.Id, out var number) ? number : null }).Where(row => search.Finds(row)
            && search.Takes(row.Version == latest[row.Id], IsPublished(row), row.IsDraft))).ToList();
        var page = await DescribedAsync(shown.Skip(search.Page * search.PageSize).Take(search.PageSize), ct);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(row => Summary(
                row, new Standing(row.Id, row.Version, row.At, row.Version == latest[row.Id], IsPublished(row)), user.MayDraft(row.Id) && PracticeCase.Behind(row.Id) is null))]),
            ["totalCount"] = shown.Count,
            ["links"] = user.Reach.IsAny ? new JsonArray(Link("bulk-publish", "/bulk-actions/publish/workflow-definitions/by-definition-ids")) : new JsonArray(),
        };
    }

    public static JsonObject Whole(WorkflowDraft draft, bool mayDraft) =>
        Whole(DefinitionReader.Read(draft.Text), new Standing(draft.DefinitionId, draft.Version, draft.SavedAt, true, false), mayDraft);

    private static JsonObject Whole(WorkflowDefinition definition, Standing standing, bool mayDraft)
    {
        var whole = DefinitionWriter.WithNodeIds(definition);
        foreach (var (member, value) in Assigned(standing, mayDraft))
        {
            whole[member] = value?.DeepClone();
        }

        whole["name"] = definition.Name ?? definition.DefinitionId;
        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"])
        {
            whole[list] ??= new JsonArray();
        }

        whole["customProperties"] ??= new JsonObject();
        whole["options"] ??= new JsonObject();
        whole["toolVersion"] ??= "3.8.0.0";
        return whole;
    }

    private async Task<List<ListedVersion>> DescribedAsync(IEnumerable<ListedVersion> rows, CancellationToken ct)
    {
        List<ListedVersion> described = [];
        foreach (var row in rows)
        {
            described.Add(row.Description is not null ? row : row with
            {
                Description = !row.IsDraft ? (await definitions.FindAsync(row.Id, row.Version, ct))?.Definition.Description
                    : await drafts.AnyAsync(row.Id, ct) is { Text: var text } ? DefinitionReader.Read(text).Description : null,
            });
        }

        return described;
    }

    private static JsonObject Summary(ListedVersion row, Standing standing, bool mayDraft)
    {
        var summary = Assigned(standing, mayDraft);
        summary["name"] = row.Name;
        summary["description"] = row.Description;
        summary["isMaterializerAvailable"] = true;
        return summary;
    }

    private static JsonObject Assigned(Standing standing, bool mayDraft) => new()
    {
        ["id"] = $"{standing.DefinitionId}{Separator}{standing.Version}",
        ["definitionId"] = standing.DefinitionId,
        ["version"] = standing.Version,
        ["createdAt"] = standing.At,
        ["isLatest"] = standing.IsLatest,
        ["isPublished"] = standing.IsPublished,
        ["isReadonly"] = !mayDraft,
        ["isSystem"] = false,
        ["materializerName"] = "Json",
        ["links"] = mayDraft && standing.IsLatest ? new JsonArray(Link("publish", $"/workflow-definitions/{standing.DefinitionId}/publish")) : new JsonArray(),
    };

    private static JsonObject Link(string rel, string href) => new()
    {
        ["href"] = href,
        ["rel"] = rel,
        ["method"] = "POST",
    };

    private sealed record Standing(string DefinitionId, int Version, DateTimeOffset At, bool IsLatest, bool IsPublished);
}

/// <summary>Who looks, and how far their rights reach: of what they may not draft they see published versions only.</summary>
internal sealed record StudioUser(Caller Caller, bool IsProcessOwner, DraftingReach Reach)
{
    public bool MayDraft(string definitionId) => Reach.MayDraft(definitionId);
}
