using System.Collections.Concurrent;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Published definitions, compiled once per version.</summary>
/// <param name="elsewhere">Texts that are not published and run all the same; they are few, and compiled each time.</param>
public sealed class DefinitionCatalog(ActivityTable activities, Func<DbContext, string, int, CancellationToken, Task<string?>>? elsewhere = null)
{
    private readonly ConcurrentDictionary<(string Id, int Version), ExecutionGraph> _graphs = new();

    public ActivityTable Activities { get; } = activities;

    /// <summary>The compiled version; null where it was never published.</summary>
    public async Task<ExecutionGraph?> FindAsync(DbContext db, string id, int version, CancellationToken ct)
    {
        if (_graphs.TryGetValue((id, version), out ExecutionGraph? known))
        {
            return known;
        }
        DefinitionRow? row = await Published(db).SingleOrDefaultAsync(d => d.Id == id && d.Version == version, ct);
        if ((row?.Text ?? (elsewhere is null ? null : await elsewhere(db, id, version, ct))) is not { } text)
        {
            return null;
        }
        ExecutionGraph graph = await CompileAsync(db, DefinitionReader.Read(text), row?.PublishedAt, ct);
        return row is null ? graph : _graphs.GetOrAdd((id, version), graph);
    }

    /// <summary>Compiles a text that may never be published, with the published workflows that it uses.</summary>
    public Task<ExecutionGraph> CompileAsync(DbContext db, WorkflowDefinition definition, CancellationToken ct) => CompileAsync(db, definition, published: null, ct);

    /// <summary>The compiled version of an instance that runs on it.</summary>
    public async Task<ExecutionGraph> GetAsync(DbContext db, string id, int version, CancellationToken ct) =>
        await FindAsync(db, id, version, ct)
        ?? throw new InvalidOperationException($"Expected definition {id} version {version} to be published, but it is not.");

    /// <summary>The newest version that was published and not retracted.</summary>
    public static async Task<int?> NewestAsync(DbContext db, string id, CancellationToken ct) =>
        await Published(db).Where(d => d.Id == id && d.RetractedAt == null).MaxAsync(d => (int?)d.Version, ct);

    /// <summary>Publishes a version; a number that exists with another hash is refused, naming both.</summary>
    /// <param name="now">The real time, for the record.</param>
    /// <param name="businessNow">From when timers that start the workflow count; the real time if absent.</param>
    /// <param name="begins">Whether its triggers take the place of an older version's; where false, <see cref="BeginWithAsync"/> says which version's stand.</param>
    public static async Task<PublishAnswer> PublishAsync(
        DbContext db, string text, string publishedBy, DateTimeOffset now, CancellationToken ct, DateTimeOffset? businessNow = null, bool begins = true)
    {
        WorkflowDefinition definition = DefinitionReader.Read(text);
        (string id, int version, string hash) = (definition.DefinitionId, definition.Version, DefinitionHash.Of(text));
        if (await Published(db).SingleOrDefaultAsync(d => d.Id == id && d.Version == version, ct) is { } existing)
        {
            string? refusal = existing.Hash == hash ? null
                : $"Expected {id} version {version} to be as published ({existing.Hash}), but the file differs ({hash}): give it a number of its own.";
            if (begins)
            {
                await PublishedTriggers.SetAsync(db, DefinitionReader.Read(existing.Text), businessNow ?? now, ct);
            }
            return new PublishAnswer(id, version, hash, IsNew: false, refusal);
        }
        WriteSet writes = new(db);
        writes.Insert(new DefinitionRow
        {
            Id = id,
            Version = version,
            Hash = hash,
            Text = text,
            Name = definition.Name,
            PublishedAt = Microseconds.Of(now),
            PublishedBy = publishedBy,
        });
        await db.Database.OpenConnectionAsync(ct);
        await writes.FlushAsync(ct);
        if (begins)
        {
            await PublishedTriggers.SetAsync(db, definition, businessNow ?? now, ct);
        }
        await db.Database.CloseConnectionAsync();
        return new PublishAnswer(id, version, hash, IsNew: true, Refusal: null);
    }

    /// <summary>Lets events and clocks begin this published version from now on, and no other of its definition. A schedule that stays as it was keeps its next instant.</summary>
    /// <param name="businessNow">From when its timers count.</param>
    public static async Task BeginWithAsync(DbContext db, string id, int version, DateTimeOffset businessNow, CancellationToken ct)
    {
        DefinitionRow row = await Published(db).SingleAsync(d => d.Id == id && d.Version == version, ct);
        await PublishedTriggers.ChooseAsync(db, DefinitionReader.Read(row.Text), businessNow, ct);
    }

    private async Task<ExecutionGraph> CompileAsync(DbContext db, WorkflowDefinition definition, DateTimeOffset? published, CancellationToken ct)
    {
        var used = await NamedDefinitions.GatherUsedAsync(definition, Activities.Catalog, (id, version) => UsedAsync(db, id, version, published, ct));
        return Compiler.Compile(definition, Activities.Catalog, (inner, fixedVersion) => used.GetValueOrDefault((inner, fixedVersion)));
    }

    private static IQueryable<DefinitionRow> Published(DbContext db) => db.Set<DefinitionRow>().AsNoTracking();

    // Exactly the version that the step names, retracted or not: retracting stops new cases only.
    private static async Task<WorkflowDefinition?> UsedAsync(DbContext db, string id, int? named, DateTimeOffset? published, CancellationToken ct)
    {
        int? version = named ?? (published is { } instant ? await NewestAtAsync(db, id, instant, ct) : await NewestAsync(db, id, ct));
        return await Published(db).SingleOrDefaultAsync(d => d.Id == id && d.Version == version, ct) is { } row ? DefinitionReader.Read(row.Text) : null;
    }

    // Fixed when its user was published: whatever is published or retracted since, and whenever a host compiles it, running cases stay on it.
    private static async Task<int?> NewestAtAsync(DbContext db, string id, DateTimeOffset instant, CancellationToken ct) =>
        await Published(db).Where(d => d.Id == id && d.PublishedAt <= instant && (d.RetractedAt == null || d.RetractedAt > instant)).MaxAsync(d => (int?)d.Version, ct)
        ?? await Published(db).Where(d => d.Id == id).OrderBy(d => d.PublishedAt).ThenByDescending(d => d.Version).Select(d => (int?)d.Version).FirstOrDefaultAsync(ct);
}

/// <summary>What came of publishing: the hash, and whether the version is new; or why it was refused.</summary>
public sealed record PublishAnswer(string DefinitionId, int Version, string Hash, bool IsNew, string? Refusal);
