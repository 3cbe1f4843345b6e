using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Assize.Workflows.Activities;
using Assize.Workflows.Calendars;
using Assize.Workflows.Decisions;
using Assize.Workflows.Forms;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>Published definitions, forms, tables and calendars, read once. Another host may publish: whatever is missed is read again.</summary>
public sealed class RuleCatalog
{
    private volatile Snapshot _now = Snapshot.Empty;

    /// <summary>The published form of a task.</summary>
    public async Task<Form> FormAsync(DbContext db, string id, int version, CancellationToken ct)
    {
        if (Find<Form>("form", id, version) is null)
        {
            await ReloadAsync(db, ct);
        }
        return Find<Form>("form", id, version) ?? throw new InvalidOperationException($"Expected form {id} {version} to be published, but it is not.");
    }

    /// <summary>Whether some form writes one of these fields to offences: only then are they worth loading.</summary>
    public bool MayWriteOffences(JsonObject fields) => fields.Any(x => _now.OffenceFields.Contains(x.Key));

    /// <summary>The newest version that is law on a day.</summary>
    public int? VersionOn(string kind, string id, DateOnly day) => _now.Resources
        .Where(x => x.Key.Kind == kind && x.Key.Id == id && (x.Value.From is null || x.Value.From <= day))
        .Select(x => (int?)x.Key.Version).Max();

    public T? Find<T>(string kind, string id, int version) where T : class =>
        _now.Resources.TryGetValue((kind, id, version), out Published? found) ? found.Value as T : null;

    /// <summary>Forms, tables and calendars by the versions that an instance pinned.</summary>
    public async Task<StepResources> ResolveAsync(DbContext db, IReadOnlyDictionary<string, int> pins, CancellationToken ct)
    {
        if (!pins.All(_now.ByPin.ContainsKey))
        {
            await ReloadAsync(db, ct);
        }
        Snapshot now = _now;
        return new StepResources(pins.ToDictionary(x => x.Key, x => now.ByPin.GetValueOrDefault(x)
            ?? throw new InvalidOperationException($"Expected {x.Key} {x.Value} to be published, but it is not.")));
    }

    /// <summary>The newest published version, or the one asked for, with the resources that it refers to.</summary>
    internal async Task<DefinitionUse?> UseAsync(DbContext db, string definitionId, int? version, CancellationToken ct)
    {
        if (Use(definitionId, version) is { } known)
        {
            return known;
        }
        await ReloadAsync(db, ct);
        return Use(definitionId, version);
    }

    public async Task ReloadAsync(DbContext db, CancellationToken ct)
    {
        List<PublishedResource> resources = await db.Set<PublishedResource>().AsNoTracking().ToListAsync(ct);
        List<DefinitionRow> definitions = await db.Set<DefinitionRow>().AsNoTracking().Where(x => x.RetractedAt == null).ToListAsync(ct);
        _now = new Snapshot(
            resources.ToImmutableDictionary(x => (x.Kind, x.Id, x.Version), x => new Published(x.EffectiveFrom, Parse(x.Kind, x.Text))),
            [.. definitions.Select(x => DefinitionUse.Of(DefinitionReader.Read(x.Text)))]);
    }

    /// <summary>Reads the text of a resource; throws <see cref="Rules.RuleFileUnreadable"/> where it is wrong.</summary>
    internal static object Parse(string kind, string text) => kind switch
    {
        "form" => Form.Read(text),
        "table" => DecisionTable.Read(text),
        _ => CalendarFile.Read(text),
    };

    private DefinitionUse? Use(string id, int? version) => _now.Definitions
        .Where(x => x.Id == id && (version is null || x.Version == version)).MaxBy(x => x.Version);

    private sealed record Published(DateOnly? From, object Value);

    private sealed record Snapshot(
        ImmutableDictionary<(string Kind, string Id, int Version), Published> Resources, ImmutableArray<DefinitionUse> Definitions)
    {
        /// <summary>The same by what an instance pins: "form:initial-review" at 2.</summary>
        public FrozenDictionary<KeyValuePair<string, int>, object> ByPin { get; } = Resources
            .ToFrozenDictionary(x => KeyValuePair.Create($"{x.Key.Kind}:{x.Key.Id}", x.Key.Version), x => x.Value.Value);

        /// <summary>A value that an update sets without a question counts for every question of its form.</summary>
        public FrozenSet<string> OffenceFields { get; } = Resources.Values.Select(x => x.Value).OfType<Form>()
            .Where(form => form.Updates?.Any(x => x.Set.StartsWith("offence.", StringComparison.Ordinal)) == true)
            .SelectMany(form => form.Updates!.Any(x => x.From is null) ? form.Questions.Select(x => x.Id) : form.Updates!.Select(x => x.From!))
            .ToFrozenSet(StringComparer.Ordinal);

        public static Snapshot Empty { get; } = new(ImmutableDictionary<(string, string, int), Published>.Empty, []);
    }
}
