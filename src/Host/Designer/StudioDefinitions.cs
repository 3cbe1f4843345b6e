using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Queries;

namespace Assize.Host.Designer;

/// <summary>Stored definitions in Studio's shape. Without a "publish" link Studio shows them, and changes nothing.</summary>
internal sealed class StudioDefinitions(DefinitionQueries definitions)
{
    private const char Separator = '@';

    /// <param name="versionOptions">A number, or one of Studio's words; all words mean the newest, since only published versions are kept.</param>
    public async Task<JsonObject?> ByDefinitionAsync(string definitionId, string? versionOptions, CancellationToken ct)
    {
        var newest = await definitions.NewestAsync(definitionId, ct);
        var drawn = int.TryParse(versionOptions, out var version) ? await definitions.FindAsync(definitionId, version, ct) : newest;
        return drawn is null ? null : Whole(drawn, drawn.Definition.Version == newest?.Definition.Version);
    }

    public Task<JsonObject?> ByIdAsync(string versionId, CancellationToken ct) =>
        versionId.LastIndexOf(Separator) is > 0 and var at && int.TryParse(versionId[(at + 1)..], out var version)
            ? ByDefinitionAsync(versionId[..at], version.ToString(System.Globalization.CultureInfo.InvariantCulture), ct)
            : Task.FromResult<JsonObject?>(null);

    public async Task<JsonObject> ListAsync(IReadOnlyList<string> definitionIds, IReadOnlyList<string> ids, bool allVersions, int page, int pageSize, CancellationToken ct)
    {
        var rows = (await definitions.ListAsync(ct))
            .Where(row => definitionIds.Count == 0 || definitionIds.Contains(row.Id))
            .Where(row => ids.Count == 0 || ids.Contains($"{row.Id}{Separator}{row.Version}")).ToList();
        var newest = rows.GroupBy(row => row.Id).ToDictionary(group => group.Key, group => group.Max(row => row.Version));
        var shown = rows.Where(row => allVersions || ids.Count > 0 || row.Version == newest[row.Id]).ToList();
        return new JsonObject
        {
            ["items"] = new JsonArray([.. shown.Skip(page * pageSize).Take(pageSize).Select(row => Summary(row, row.Version == newest[row.Id]))]),
            ["totalCount"] = shown.Count,
            ["links"] = new JsonArray(),
        };
    }

    /// <summary>Every (type, version) that a stored definition uses.</summary>
    public async Task<IReadOnlyList<(string Type, int Version)>> UsedAsync(CancellationToken ct)
    {
        var used = new HashSet<(string, int)>();
        foreach (var row in await definitions.ListAsync(ct))
        {
            if (await definitions.FindAsync(row.Id, row.Version, ct) is { } drawn)
            {
                Gather(drawn.Definition.Root, used);
            }
        }

        return [.. used];
    }

    private static void Gather(ActivityNode node, HashSet<(string, int)> used)
    {
        used.Add((node.Type, node.Version));
        foreach (var child in node.Children.Concat(node.Ports.Values))
        {
            Gather(child, used);
        }
    }

    private static JsonObject Whole(DrawnDefinition drawn, bool isLatest)
    {
        var definition = drawn.Definition;
        var whole = DefinitionWriter.WithNodeIds(definition);
        foreach (var (member, value) in Assigned(definition.DefinitionId, definition.Version, isLatest, drawn.PublishedAt))
        {
            whole[member] = value?.DeepClone();
        }

        whole["name"] = drawn.Name;
        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"])
        {
            whole[list] ??= new JsonArray();
        }

        whole["customProperties"] ??= new JsonObject();
        whole["options"] ??= new JsonObject();
        whole["toolVersion"] ??= "3.8.0.0";
        return whole;
    }

    private static JsonObject Summary(PublishedVersion row, bool isLatest)
    {
        var summary = Assigned(row.Id, row.Version, isLatest, row.PublishedAt);
        summary["name"] = row.Name ?? row.Id;
        summary["isMaterializerAvailable"] = true;
        return summary;
    }

    private static JsonObject Assigned(string definitionId, int version, bool isLatest, DateTimeOffset publishedAt) => new()
    {
        ["id"] = $"{definitionId}{Separator}{version}",
        ["definitionId"] = definitionId,
        ["version"] = version,
        ["createdAt"] = publishedAt,
        ["isLatest"] = isLatest,
        ["isPublished"] = isLatest,
        ["isReadonly"] = true,
        ["isSystem"] = false,
        ["materializerName"] = "Json",
        ["links"] = new JsonArray(),
    };
}
