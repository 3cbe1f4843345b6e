using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.Engine.Stepping;

namespace Assize.Engine.Commands;

/// <summary>Takes every running instance of a definition in the unit to another published version, or none of them: each is rehearsed first, under the lock.</summary>
/// <param name="Mapping">What was decided about steps that differ, as far as it holds for this unit.</param>
/// <param name="Pins">What an instance would pin of that version, by what it has pinned.</param>
public sealed record MigrateStep(
    string DefinitionId, int Version, Func<UnitSession, StepMapping> Mapping, Func<UnitSession, ImmutableSortedDictionary<string, int>, ImmutableSortedDictionary<string, int>> Pins) : UnitStep
{
    internal override void Load(UnitLoad load) => UnitJournal.Load(load);

    internal override async Task<Rejection?> RunAsync(UnitSession session, CancellationToken ct)
    {
        List<InstanceState> running = [.. session.Instances.Values.Where(i => i.DefinitionId == DefinitionId && i.Status == InstanceStatus.Running).OrderBy(i => i.Id, StringComparer.Ordinal)];
        List<InstanceState> others = [.. running.Where(i => i.DefinitionVersion != Version)];
        if (others.Count == 0)
        {
            return running.Count == 0
                ? new Rejection("instance-finished", "The case has no running workflow of this kind any more.")
                : new Rejection("version-same", $"The case runs on version {Version} already.");
        }
        UnitJournal journal = new(session);
        foreach (InstanceState instance in others)
        {
            if (await MigrateAsync(session, instance, journal.Of(instance.Id), ct) is { } rejection)
            {
                return rejection;
            }
        }
        return null;
    }

    private async Task<Rejection?> MigrateAsync(UnitSession session, InstanceState instance, IReadOnlyList<JournaledStimulus> journal, CancellationToken ct)
    {
        CommandWork work = session.Burst.Work;
        Dictionary<int, ExecutionGraph> versions = [];
        foreach (int version in journal.Select(j => j.Version).Append(Version).Distinct())
        {
            versions[version] = await work.Definitions.GetAsync(work.Db, DefinitionId, version, ct);
        }
        ImmutableSortedDictionary<string, int> pins = Pins(session, instance.Pins);
        StepResources then = await work.Owner.ResourcesAsync(work.Db, DefinitionId, instance.DefinitionVersion, instance.Pins, ct);
        StepResources now = await work.Owner.ResourcesAsync(work.Db, DefinitionId, Version, pins, ct);
        Rehearsed rehearsed = new Rehearsal(work.Definitions.Activities, v => versions[v], versions[Version], Mapping(session)).Run(instance.Id, journal, then, pins, now);
        if (rehearsed.After is not var (state, trace))
        {
            return new Rejection(rehearsed.Verdict.Class == RehearsalClass.Stranded ? "would-be-stranded" : "needs-mapping", rehearsed.Verdict.Words);
        }
        if (InstanceJson.Write(rehearsed.Before) != InstanceJson.Write(instance))
        {
            throw new InvalidOperationException($"Expected the journal of instance {instance.Id} to come to its stored state, but it does not.");
        }
        return await session.Burst.TakeNowAsync(instance.Id, new Migrate(Version, InstanceJson.ToJson(state), trace, rehearsed.Mapping, Reverses: false), ct);
    }
}
