using System.Collections.Concurrent;
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
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>Published definitions, forms, tables and calendars, and the releases, read once. Another host may publish: the version row tells, and whatever is missed is read again.</summary>
public sealed class RuleCatalog
{
    private readonly ConcurrentDictionary<(string Id, int Version), WorkflowDefinition> _drawn = new();
    private readonly ConcurrentDictionary<(string Id, int Version), DefinitionUse> _uses = new();
    private volatile RuleSnapshot _now = RuleSnapshot.Empty;

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
        _now.Resources.TryGetValue((kind, id, version), out PublishedRule? found) ? found.Value as T : null;

    /// <summary>Forms, tables and calendars by the versions that an instance pinned.</summary>
    public async Task<StepResources> ResolveAsync(DbContext db, IReadOnlyDictionary<string, int> pins, CancellationToken ct)
    {
        if (!pins.All(_now.ByPin.ContainsKey))
        {
            await ReloadAsync(db, ct);
        }
        RuleSnapshot now = _now;
        return new StepResources(pins.ToDictionary(x => x.Key, x => now.ByPin.GetValueOrDefault(x)
            ?? throw new InvalidOperationException($"Expected {x.Key} {x.Value} to be published, but it is not.")));
    }

    /// <summary>The version that a new instance takes, or the one asked for, with the resources that it refers to. Costs no statement once it is known.</summary>
    internal async Task<(DefinitionUse Use, int? Release)?> ChooseAsync(DbContext db, string id, int? version, NewInstance asked, CancellationToken ct)
    {
        (int Version, int? Release)? pick = _now.Pick(id, version, asked);
        if (pick is null)
        {
            await ReloadAsync(db, ct);
            pick = _now.Pick(id, version, asked);
        }
        if (pick is not var (chosen, release))
        {
            return null;
        }
        // Where a version is asked for by number, that one is meant and no other.
        int taken = version is null ? await EffectiveAsync(db, id, chosen, asked, ct) : chosen;
        return await UseAsync(db, id, taken, ct) is { } use ? (use, release) : null;
    }

    /// <summary>The version with the overlays of the case's force and area on it; the same where there are none.</summary>
    internal async Task<int> EffectiveAsync(DbContext db, string id, int baseline, NewInstance asked, CancellationToken ct)
    {
        int? effective = _now.Effective.Of(id, baseline, asked);
        if (effective is null)
        {
            await ReloadAsync(db, ct);
            effective = _now.Effective.Of(id, baseline, asked);
        }
        return effective ?? throw new InvalidOperationException($"Expected {id} {baseline} to be there with the overlays of force {asked.Force} and area {asked.Area}, but it is not.");
    }

    /// <summary>The overlays of a workflow that are not retired.</summary>
    public IReadOnlyList<Overlay> Overlays(string workflow) => _now.Effective.On(workflow);

    public IReadOnlyDictionary<string, ReleasePlan> Plans => _now.Plans;

    /// <summary>What releases a new instance of the workflow is chosen by; null where there is none.</summary>
    public ReleasePlan? Plan(string definitionId) => _now.Plans.GetValueOrDefault(definitionId);

    /// <summary>The newest form, table or calendar of that id.</summary>
    public object? Newest(string kind, string id) => _now.Newest.GetValueOrDefault((kind, id));

    /// <summary>The newest version of a workflow that is not retracted.</summary>
    public async Task<WorkflowDefinition?> NewestDefinitionAsync(DbContext db, string id, CancellationToken ct) =>
        _now.Live.TryGetValue(id, out ImmutableArray<int> live) ? await DrawnAsync(db, id, live.Max(), ct) : null;

    /// <summary>The version of a workflow that the engine puts in the place of a step that names it, retracted or not; the newest that is not where it names none.</summary>
    public async Task<WorkflowDefinition?> DefinitionAsync(DbContext db, string id, int? version, CancellationToken ct) =>
        version is { } number ? await DrawnAsync(db, id, number, ct) : await NewestDefinitionAsync(db, id, ct);

    /// <summary>The versions of a workflow that are not retracted.</summary>
    public IReadOnlyList<int> Numbers(string id) => _now.Live.TryGetValue(id, out ImmutableArray<int> live) ? [.. live.Order()] : [];

    /// <summary>The newest version of every workflow that has one.</summary>
    public async Task<IReadOnlyList<WorkflowDefinition>> NewestDefinitionsAsync(DbContext db, CancellationToken ct)
    {
        List<WorkflowDefinition> newest = [];
        foreach (string id in _now.Live.Keys.Order(StringComparer.Ordinal))
        {
            newest.Add((await NewestDefinitionAsync(db, id, ct))!);
        }
        return newest;
    }

    /// <summary>Of every workflow what cases of some day can take from this one on, with its overlays; the newest version where nothing was released.</summary>
    internal async Task<IReadOnlyList<WorkflowDefinition>> TakenFromAsync(DbContext db, DateOnly? day, CancellationToken ct)
    {
        List<WorkflowDefinition> taken = [];
        foreach ((string id, ImmutableArray<int> live) in _now.Live.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            IEnumerable<int> baselines = _now.Plans.TryGetValue(id, out ReleasePlan? plan) ? plan.VersionsFrom(day) : [live.Max()];
            foreach (int version in baselines.SelectMany(x => _now.Effective.VersionsOf(id, x).Prepend(x)).Distinct())
            {
                taken.Add((await DrawnAsync(db, id, version, ct))!);
            }
        }
        return taken;
    }

    /// <summary>A published version; it never changes, so it is read once.</summary>
    internal async Task<WorkflowDefinition?> DrawnAsync(DbContext db, string id, int version, CancellationToken ct)
    {
        if (_drawn.TryGetValue((id, version), out WorkflowDefinition? known))
        {
            return known;
        }
        string? text = await db.Set<DefinitionRow>().AsNoTracking().Where(x => x.Id == id && x.Version == version).Select(x => x.Text).SingleOrDefaultAsync(ct);
        if (text is null)
        {
            return null;
        }
        return _drawn[(id, version)] = DefinitionReader.Read(text);
    }

    /// <summary>What instances of a published version refer to.</summary>
    internal async Task<DefinitionUse?> UseAsync(DbContext db, string id, int version, CancellationToken ct)
    {
        if (_uses.TryGetValue((id, version), out DefinitionUse? known))
        {
            return known;
        }
        return await DrawnAsync(db, id, version, ct) is { } drawn ? _uses[(id, version)] = await UseAsync(db, drawn, ct) : null;
    }

    /// <summary>What instances of a text would refer to, whether or not it is published.</summary>
    internal async Task<DefinitionUse> UseAsync(DbContext db, WorkflowDefinition definition, CancellationToken ct) =>
        DefinitionUse.Of(definition, (await NamedDefinitions.GatherUsedAsync(definition, CaseActivities.Table.Catalog, (id, version) => DefinitionAsync(db, id, version, ct))).Values);

    /// <summary>Reads again if another host has published, released or retracted since.</summary>
    public async Task FollowAsync(DbContext db, CancellationToken ct)
    {
        if (await CatalogVersion.ReadAsync(db, ct) != _now.Version)
        {
            await ReloadAsync(db, ct);
        }
    }

    public async Task ReloadAsync(DbContext db, CancellationToken ct)
    {
        // The version first: what is committed while the rest is read makes another turn, and is never missed.
        long version = await CatalogVersion.ReadAsync(db, ct);
        FrozenDictionary<string, ImmutableArray<int>> live = await LiveAsync(db, ct);
        FrozenDictionary<string, ReleasePlan> plans = await PlansAsync(db, live, ct);
        RuleSnapshot read = new(version, await ResourcesAsync(db, ct), live, plans) { Effective = await OverlaySnapshot.ReadAsync(db, ct) };
        lock (_drawn)
        {
            // Two may read at once; the older reading does not win by being slower.
            _now = read.Version >= _now.Version ? read : _now;
        }
        foreach ((string id, int taken) in live.SelectMany(x => plans.TryGetValue(x.Key, out ReleasePlan? plan)
            ? plan.Releases.Select(release => (x.Key, release.Version)) : [(x.Key, x.Value.Max())]).Concat(read.Effective.Numbers))
        {
            await UseAsync(db, id, taken, ct);
        }
    }

    /// <summary>Reads the text of a resource; throws <see cref="Rules.RuleFileUnreadable"/> where it is wrong.</summary>
    internal static object Parse(string kind, string text) => kind switch
    {
        "form" => Form.Read(text),
        "table" => DecisionTable.Read(text),
        StatutorySteps.Kind => StatutorySteps.Read(text),
        "list" => CodeList.Read(text),
        RuleName.Overlay => Overlay.Read(text),
        _ => CalendarFile.Read(text),
    };

    private async Task<ImmutableDictionary<(string, string, int), PublishedRule>> ResourcesAsync(DbContext db, CancellationToken ct)
    {
        ImmutableDictionary<(string, string, int), PublishedRule> known = _now.Resources;
        var keys = await db.Set<PublishedResource>().Select(x => new { x.Kind, x.Id, x.Version }).ToListAsync(ct);
        List<string> newIds = [.. keys.Where(x => !known.ContainsKey((x.Kind, x.Id, x.Version))).Select(x => x.Id).Distinct()];
        List<PublishedResource> rows = newIds.Count == 0 ? [] : await db.Set<PublishedResource>().AsNoTracking().Where(x => newIds.Contains(x.Id)).ToListAsync(ct);
        return known.SetItems(rows.Where(x => !known.ContainsKey((x.Kind, x.Id, x.Version)))
            .Select(x => KeyValuePair.Create((x.Kind, x.Id, x.Version), new PublishedRule(x.EffectiveFrom, Parse(x.Kind, x.Text)))));
    }

    private static async Task<FrozenDictionary<string, ImmutableArray<int>>> LiveAsync(DbContext db, CancellationToken ct) =>
        (await db.Set<DefinitionRow>().Where(x => x.RetractedAt == null && x.Version > 0).Select(x => new { x.Id, x.Version }).ToListAsync(ct))
            .GroupBy(x => x.Id).ToFrozenDictionary(x => x.Key, x => x.Select(row => row.Version).ToImmutableArray());

    private static async Task<FrozenDictionary<string, ReleasePlan>> PlansAsync(DbContext db, FrozenDictionary<string, ImmutableArray<int>> live, CancellationToken ct) =>
        (await db.Set<WorkflowRelease>().AsNoTracking().Where(x => x.State == ReleaseState.Live).ToListAsync(ct))
            .Where(x => live.TryGetValue(x.DefinitionId, out ImmutableArray<int> versions) && versions.Contains(x.Version))
            .GroupBy(x => x.DefinitionId).ToFrozenDictionary(x => x.Key, x => new ReleasePlan(x));
}
