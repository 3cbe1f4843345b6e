using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Assize.Workflows.Cases;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Releasing;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>What one rehearsal needs: what the text becomes for each case and the versions, compiled, and what each group of cases that were told the same came to.</summary>
public sealed class RehearsalStage
{
    private readonly DefinitionCatalog _catalog;
    private readonly RuleCatalog _rules;
    private readonly RehearsalTargets _targets;
    private readonly Dictionary<int, ExecutionGraph> _versions = [];
    private readonly Dictionary<string, Pinned> _pins = [];
    private readonly Dictionary<(string, string), Pinned> _resolved = [];
    private readonly Dictionary<string, RehearsalVerdict> _broken = [];
    private readonly ConcurrentDictionary<string, Lazy<RehearsalVerdict?>> _groups = new();
    private StimuliKey? _keys;

    private RehearsalStage(DefinitionCatalog catalog, RuleCatalog rules, RehearsalTargets targets) => (_catalog, _rules, _targets) = (catalog, rules, targets);

    public static async Task<RehearsalStage> OpenAsync(CaseDb db, WorkflowRehearsal rehearsal, DefinitionCatalog catalog, RuleCatalog rules, CancellationToken ct)
    {
        RehearsalTargets targets = new(catalog, rules, DefinitionReader.Read(rehearsal.Text));
        _ = await targets.OfAsync(db, null, ct);
        return new RehearsalStage(catalog, rules, targets);
    }

    /// <summary>Reads what a batch needs from the database, so that its rehearsals are computed without.</summary>
    public async Task PrepareAsync(CaseDb db, IReadOnlyList<OpenInstance> instances, CancellationToken ct)
    {
        await _rules.FollowAsync(db, ct);
        int graphs = _versions.Count + _targets.Graphs.Count();
        foreach (int version in instances.SelectMany(x => x.Lines).Select(x => x.Version).Distinct().Where(x => !_versions.ContainsKey(x)).ToList())
        {
            _versions[version] = await _catalog.GetAsync(db, _targets.Workflow, version, ct);
        }
        List<string> units = [.. instances.Select(x => x.UnitId).Distinct()];
        Dictionary<string, NewInstance> cases = await db.Cases.AsNoTracking().Where(x => units.Contains(x.Id))
            .Select(x => new NewInstance(x.LegalDate, x.Area, x.CourtOu, x.OwnerAgency, x.Id)).ToDictionaryAsync(x => x.UnitId, ct);
        _pins.Clear();
        _broken.Clear();
        foreach (OpenInstance instance in instances)
        {
            try
            {
                _pins[instance.InstanceId] = await PinnedAsync(db, instance, cases.GetValueOrDefault(instance.UnitId), ct);
            }
            catch (Exception failure) when (BrokenCase.Is(failure))
            {
                _broken[instance.InstanceId] = Broken(failure);
            }
        }
        // Whether instants count depends on the versions that are compared.
        _keys = _keys is null || _versions.Count + _targets.Graphs.Count() > graphs ? new StimuliKey([.. _versions.Values, .. _targets.Graphs], ["urn"]) : _keys;
    }

    /// <summary>Null where it ended while it was read.</summary>
    public RehearsalVerdict? VerdictOf(OpenInstance instance)
    {
        if (_broken.TryGetValue(instance.InstanceId, out RehearsalVerdict? known))
        {
            return known;
        }
        try
        {
            return OfGroup(instance, _pins[instance.InstanceId]);
        }
        catch (Exception failure) when (BrokenCase.Is(failure))
        {
            return Broken(failure);
        }
    }

    private RehearsalVerdict? OfGroup(OpenInstance instance, Pinned pinned)
    {
        string key = $"{pinned.Target.Key} {pinned.Text} {_keys!.Of(instance.InstanceId, instance.Version, instance.Lines.Select(x => x.Stimulus))}";
        Lazy<RehearsalVerdict?> own = new(() => Rehearse(instance, pinned));
        Lazy<RehearsalVerdict?> group = _groups.GetOrAdd(key, own);
        try
        {
            return group.Value;
        }
        catch (Exception failure) when (BrokenCase.Is(failure))
        {
            // What broke may be of the one case that was run, or of that moment: the others of its group try for themselves.
            _groups.TryRemove(KeyValuePair.Create(key, group));
            if (group == own)
            {
                throw;
            }
        }
        return OfGroup(instance, pinned);
    }

    // Nothing is known of it, so nobody may say that it would move, or that it could not: whoever migrates tries.
    private static RehearsalVerdict Broken(Exception failure) =>
        new(RehearsalClass.NeedsMapping, "not-rehearsed", null, $"It could not be rehearsed. {BrokenCase.Why(failure)}", null);

    private RehearsalVerdict? Rehearse(OpenInstance instance, Pinned pinned)
    {
        Rehearsed rehearsed = new Rehearsal(_catalog.Activities, version => _versions[version], pinned.Target.Graph, StepMapping.None)
            .Run(instance.InstanceId, instance.Journal(), pinned.Then, pinned.Pins, pinned.Now);
        return rehearsed.Before.Status == InstanceStatus.Running ? pinned.Target.Unfit ?? rehearsed.Verdict : null;
    }

    private async Task<Pinned> PinnedAsync(CaseDb db, OpenInstance instance, NewInstance? file, CancellationToken ct)
    {
        RehearsalTarget target = await _targets.OfAsync(db, file, ct);
        Stimulus start = InstanceJson.ReadStimulus(instance.Lines[0].Stimulus);
        JournalLine? migrated = instance.Lines.LastOrDefault(x => x.Stimulus.Contains("\"$kind\":\"migrate\"", StringComparison.Ordinal));
        ImmutableSortedDictionary<string, int> then = PinsOf(migrated is null ? start.Body : InstanceJson.ReadStimulus(migrated.Stimulus).Body);
        ImmutableSortedDictionary<string, int> now = RehearsalPins.Of(_rules, target.Use, then, file?.Day ?? London.Day(start.Now));
        string text = string.Join(',', now.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Key}@{x.Value}/{then.GetValueOrDefault(x.Key)}")));
        if (!_resolved.TryGetValue((target.Key, text), out Pinned? known))
        {
            _resolved[(target.Key, text)] = known = new Pinned(target, text, now, await _rules.ResolveAsync(db, then, ct), await _rules.ResolveAsync(db, now, ct));
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

    private sealed record Pinned(RehearsalTarget Target, string Text, ImmutableSortedDictionary<string, int> Pins, StepResources Then, StepResources Now);
}
