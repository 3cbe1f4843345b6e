using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Practice;

namespace Assize.Host.Designer;

/// <summary>Published versions and drafts in Studio's shape. Without a "publish" link Studio shows a definition, and changes nothing.</summary>
internal sealed class StudioDefinitions(DefinitionQueries definitions, DraftQueries drafts, PracticeQueries practices)
{
    private const char Separator = '@';

    /// <param name="versionOptions">A number, "Published" for the newest published version, or one of Studio's words for the newest of all.</param>
    public async Task<JsonObject?> ByDefinitionAsync(string definitionId, string? versionOptions, StudioUser user, CancellationToken ct)
    {
        var draft = user.MayDraft(definitionId) ? await drafts.FindAsync(definitionId, user.Caller, ct) : null;
        var newest = await definitions.NewestAsync(definitionId, ct);
        var isNumber = int.TryParse(versionOptions, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        if (draft is not null && versionOptions != "Published" && (!isNumber || version == draft.Version))
        {
            return Whole(draft, mayDraft: true);
        }

        var shown = isNumber ? await definitions.FindAsync(definitionId, version, ct) : newest;
        return shown is null ? null : Whole(
            shown.Definition,
            new Standing(definitionId, shown.Definition.Version, shown.PublishedAt, draft is null && shown.Definition.Version == newest?.Definition.Version, shown.Definition.Version == newest?.Definition.Version),
            user.MayDraft(definitionId));
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
        var definition = draft?.Version == version ? DefinitionReader.Read(draft.Text)
            : (await PractisedAsync(id, version, user, ct) ?? await definitions.FindAsync(id, version, ct))?.Definition;
        if (definition is null)
        {
            return null;
        }

        var published = new Dictionary<string, WorkflowDefinition>();
        foreach (var row in (await definitions.ListAsync(ct)).Where(row => row.RetractedAt is null).GroupBy(row => row.Id).Select(group => group.MaxBy(row => row.Version)!))
        {
            published[row.Id] = (await definitions.FindAsync(row.Id, row.Version, ct))!.Definition;
        }

        return Compiler.Compile(definition, CaseActivities.Table.Catalog, (used, _) => published.GetValueOrDefault(used));
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

    /// <summary>The parts of a version's id; null where it is none.</summary>
    public static (string DefinitionId, int Version)? Split(string versionId) =>
        versionId.LastIndexOf(Separator) is > 0 and var at && int.TryParse(versionId[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (versionId[..at], version)
            : null;

    public async Task<JsonObject> ListAsync(StudioSearch search, StudioUser user, CancellationToken ct)
    {
        List<ListedVersion> rows = [.. (await definitions.ListAsync(ct)).Select(row => new ListedVersion(row.Id, row.Version, row.Name ?? row.Id, row.PublishedAt, false)),
            .. user.Reach.IsAny ? (await drafts.ListAsync(user.Caller, ct)).Select(row => new ListedVersion(row.DefinitionId, row.Version, row.Name, row.SavedAt, true)) : []];
        foreach (var (id, version) in search.Ids.Select(Split).OfType<(string, int)>())
        {
            if (await PractisedAsync(id, version, user, ct) is { } practised)
            {
                rows.Add(new ListedVersion(id, version, practised.Name, practised.PublishedAt, false));
            }
        }

        // Only a search has to know what all of them are for.
        rows = search.Term.Length > 0 ? await DescribedAsync(rows, ct) : rows;
        var latest = rows.GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.Max(row => row.Version));
        var published = rows.Where(row => !row.IsDraft).GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.Max(row => row.Version));
        var shown = search.Order(rows.Select(row => row with { Published = published.TryGetValue(row.Id, out var number) ? number : null }).Where(row => search.Finds(row)
            && search.Takes(row.Version == latest[row.Id], !row.IsDraft && row.Version == published[row.Id], row.IsDraft))).ToList();
        var page = await DescribedAsync(shown.Skip(search.Page * search.PageSize).Take(search.PageSize), ct);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(row => Summary(
                row, new Standing(row.Id, row.Version, row.At, row.Version == latest[row.Id], !row.IsDraft && row.Version == published[row.Id]), user.MayDraft(row.Id) && PracticeCase.Behind(row.Id) is null))]),
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
