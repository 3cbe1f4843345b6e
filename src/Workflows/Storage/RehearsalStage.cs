using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Rehearsing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>What one rehearsal needs: the text and the versions compiled, and what each group of cases that were told the same came to.</summary>
public sealed class RehearsalStage
{
    private readonly DefinitionCatalog _catalog;
    private readonly RuleCatalog _rules;
    private readonly DefinitionUse _use;
    private readonly ExecutionGraph _target;
    private readonly Dictionary<int, ExecutionGraph> _versions = [];
    private readonly Dictionary<string, DateOnly> _legalDates = [];
    private readonly Dictionary<string, Pinned> _pins = [];
    private readonly ConcurrentDictionary<string, Lazy<RehearsalVerdict?>> _groups = new();
    private StimuliKey? _keys;

    private RehearsalStage(DefinitionCatalog catalog, RuleCatalog rules, DefinitionUse use, ExecutionGraph target) =>
        (_catalog, _rules, _use, _target) = (catalog, rules, use, target);

    public static async Task<RehearsalStage> OpenAsync(CaseDb db, WorkflowRehearsal rehearsal, DefinitionCatalog catalog, RuleCatalog rules, CancellationToken ct)
    {
        WorkflowDefinition definition = DefinitionReader.Read(rehearsal.Text);
        return new RehearsalStage(catalog, rules, DefinitionUse.Of(definition), await catalog.CompileAsync(db, definition, ct));
    }

    /// <summary>Reads what a batch needs from the database, so that its rehearsals are computed without.</summary>
    public async Task PrepareAsync(CaseDb db, IReadOnlyList<OpenInstance> instances, CancellationToken ct)
    {
        await _rules.FollowAsync(db, ct);
        foreach ((string id, int version) in instances.SelectMany(x => x.Lines).Select(x => (_use.Id, x.Version)).Distinct())
        {
            if (!_versions.ContainsKey(version))
            {
                _versions[version] = await _catalog.GetAsync(db, id, version, ct);
                // Whether instants count depends on the versions that are compared.
                _keys = null;
            }
        }
        _keys ??= new StimuliKey([.. _versions.Values, _target], ["urn"]);
        List<string> units = [.. instances.Select(x => x.UnitId).Distinct()];
        _legalDates.Clear();
        foreach (var file in await db.Cases.AsNoTracking().Where(x => units.Contains(x.Id)).Select(x => new { x.Id, x.LegalDate }).ToListAsync(ct))
        {
            _legalDates[file.Id] = file.LegalDate;
        }
        _pins.Clear();
        foreach (OpenInstance instance in instances)
        {
            _pins[instance.InstanceId] = await PinnedAsync(db, instance, ct);
        }
    }

    /// <summary>Null where it ended while it was read.</summary>
    public RehearsalVerdict? VerdictOf(OpenInstance instance)
    {
        Pinned pinned = _pins[instance.InstanceId];
        string key = $"{pinned.Text} {_keys!.Of(instance.InstanceId, instance.Version, instance.Lines.Select(x => x.Stimulus))}";
        return _groups.GetOrAdd(key, _ => new Lazy<RehearsalVerdict?>(() => Rehearse(instance, pinned))).Value;
    }

    private RehearsalVerdict? Rehearse(OpenInstance instance, Pinned pinned)
    {
        Rehearsed rehearsed = new Rehearsal(_catalog.Activities, version => _versions[version], _target, StepMapping.None)
            .Run(instance.InstanceId, instance.Journal(), pinned.Then, pinned.Pins, pinned.Now);
        return rehearsed.Before.Status == InstanceStatus.Running ? rehearsed.Verdict : null;
    }

    private readonly Dictionary<string, Pinned> _resolved = [];

    private async Task<Pinned> PinnedAsync(CaseDb db, OpenInstance instance, CancellationToken ct)
    {
        Stimulus start = InstanceJson.ReadStimulus(instance.Lines[0].Stimulus);
        JournalLine? migrated = instance.Lines.LastOrDefault(x => x.Stimulus.Contains("\"$kind\":\"migrate\"", StringComparison.Ordinal));
        ImmutableSortedDictionary<string, int> then = PinsOf(migrated is null ? start.Body : InstanceJson.ReadStimulus(migrated.Stimulus).Body);
        ImmutableSortedDictionary<string, int> now = RehearsalPins.Of(_rules, _use, then, _legalDates.TryGetValue(instance.UnitId, out DateOnly day) ? day : London.Day(start.Now));
        string text = string.Join(',', now.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Key}@{x.Value}/{then.GetValueOrDefault(x.Key)}")));
        if (!_resolved.TryGetValue(text, out Pinned? known))
        {
            _resolved[text] = known = new Pinned(text, now, await _rules.ResolveAsync(db, then, ct), await _rules.ResolveAsync(db, now, ct));
        }
        return known;
    }

    private static ImmutableSortedDictionary<string, int> PinsOf(StimulusBody body) => body switch
    {
        Start start => start.Pins,
        Migrate migrate => InstanceJson.FromJson(migrate.State).Pins,
        LimitExceeded limit => PinsOf(limit.Instead),
        _ => throw new InvalidOperationException($"Expected a journal to begin with a start, but it begins with {body.GetType().Name}."),
    };

    private sealed record Pinned(string Text, ImmutableSortedDictionary<string, int> Pins, StepResources Then, StepResources Now);
}
