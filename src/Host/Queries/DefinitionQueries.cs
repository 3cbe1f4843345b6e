using System.Collections.Concurrent;
using Assize.Engine.Definitions;
using Assize.Engine.Storage;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Published definitions, read once per version: they never change.</summary>
public sealed class DefinitionQueries(CaseDatabase database)
{
    private readonly ConcurrentDictionary<(string Id, int Version), DrawnDefinition> _read = new();

    public async Task<DrawnDefinition?> FindAsync(string id, int version, CancellationToken ct)
    {
        if (_read.TryGetValue((id, version), out var known))
        {
            return known;
        }

        await using var db = database.CreateDbContext();
        var row = await db.Set<DefinitionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Version == version, ct);
        return row is null ? null : _read.GetOrAdd((id, version), _ => new DrawnDefinition(DefinitionReader.Read(row.Text), row.PublishedAt));
    }

    /// <summary>The newest version, whether or not it was retracted since.</summary>
    public async Task<DrawnDefinition?> NewestAsync(string id, CancellationToken ct) =>
        (await NumbersAsync(id, ct)).Newest is { } version ? await FindAsync(id, version, ct) : null;

    /// <summary>The newest version that was not retracted.</summary>
    public async Task<DrawnDefinition?> PublishedAsync(string id, CancellationToken ct) =>
        (await NumbersAsync(id, ct)).Published is { } version ? await FindAsync(id, version, ct) : null;

    /// <summary>The newest version, and the newest of those that were not retracted; null where there is none.</summary>
    public async Task<(int? Newest, int? Published)> NumbersAsync(string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var rows = await db.Set<DefinitionRow>().Where(row => row.Id == id && row.Version > 0).Select(row => new { row.Version, row.RetractedAt }).ToListAsync(ct);
        return (rows.Max(row => (int?)row.Version), rows.Where(row => row.RetractedAt is null).Max(row => (int?)row.Version));
    }

    /// <summary>Every published version, but for those that are made of overlays; there are as many as people have published, which is few.</summary>
    public async Task<IReadOnlyList<PublishedVersion>> ListAsync(CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await db.Set<DefinitionRow>().AsNoTracking().Where(row => row.Version > 0).OrderBy(row => row.Id).ThenByDescending(row => row.Version)
            .Select(row => new PublishedVersion(row.Id, row.Version, row.Name, row.Hash, row.PublishedAt, row.PublishedBy, row.RetractedAt)).ToListAsync(ct);
    }
}

public sealed record PublishedVersion(string Id, int Version, string? Name, string Hash, DateTimeOffset PublishedAt, string PublishedBy, DateTimeOffset? RetractedAt);

/// <summary>A definition with its steps by id.</summary>
public sealed class DrawnDefinition
{
    private readonly Dictionary<string, ActivityNode> _byId = [];
    private readonly Dictionary<string, string> _onCanvas = [];

    public DrawnDefinition(WorkflowDefinition definition, DateTimeOffset publishedAt)
    {
        (Definition, PublishedAt) = (definition, publishedAt);
        Index(definition.Root, null);
    }

    public WorkflowDefinition Definition { get; }
    public DateTimeOffset PublishedAt { get; }

    public string Name => Definition.Name ?? Definition.DefinitionId;

    public bool Is(string id, int version) => Definition.DefinitionId == id && Definition.Version == version;

    public string StepText(string activityId) => _byId.TryGetValue(activityId, out var node) ? node.DisplayText : activityId;

    public ActivityNode? Find(string activityId) => _byId.GetValueOrDefault(activityId);

    /// <summary>The box of the drawing that a step is or lies in; null for the whole.</summary>
    public string? Box(string activityId) => _onCanvas.GetValueOrDefault(activityId);

    private void Index(ActivityNode node, string? box)
    {
        _byId.TryAdd(node.Id, node);
        if (box is not null)
        {
            _onCanvas.TryAdd(node.Id, box);
        }

        foreach (var child in node.Children.Concat(node.Ports.Values))
        {
            Index(child, box ?? child.Id);
        }
    }
}
