using Assize.Engine.Instances;
using Assize.Engine.Simulating;

namespace Assize.Workflows.Simulating;

/// <summary>Counts while a year goes by.</summary>
internal sealed class Tally
{
    private readonly Dictionary<MemoryUnit, (DateTimeOffset Arrived, HashSet<string> Waits)> _running = [];
    private readonly SortedDictionary<string, (string Title, int Done, int Late)> _steps = new(StringComparer.Ordinal);
    private readonly List<SimulatedWeek> _weeks = [];
    private readonly List<double> _days = [];
    private int _arrived;
    private int _ended;
    private int _late;

    public DateOnly? LastWeek => _weeks.LastOrDefault()?.Ends;

    public void Arrived(MemoryUnit unit, DateTimeOffset now)
    {
        _arrived++;
        _running[unit] = (now, []);
    }

    /// <summary>What the unit waits for that it did not wait for when this was last asked.</summary>
    public List<(string Instance, Wait Wait)> New(MemoryUnit unit) =>
        _running.TryGetValue(unit, out (DateTimeOffset Arrived, HashSet<string> Waits) known) ? [.. unit.Waits.Where(x => known.Waits.Add(x.Wait.Id))] : [];

    public void Took(MemoryUnit unit, DateTimeOffset now)
    {
        if (unit.HasEnded && _running.Remove(unit, out (DateTimeOffset Arrived, HashSet<string> Waits) known))
        {
            _ended++;
            _days.Add((now - known.Arrived).TotalDays);
        }
    }

    public void Completed(Wait task, DateTimeOffset now)
    {
        int late = task.Due < now ? 1 : 0;
        _late += late;
        (string _, int done, int before) = _steps.GetValueOrDefault(task.ActivityId);
        _steps[task.ActivityId] = (task.Name, done + 1, before + late);
    }

    public void CloseWeek(DateOnly ends, IEnumerable<Station> stations)
    {
        _weeks.Add(new SimulatedWeek(
            ends, _arrived - _weeks.Sum(x => x.Arrived), _ended - _weeks.Sum(x => x.Ended), _running.Count, _late - _weeks.Sum(x => x.Late),
            stations.ToDictionary(x => x.Role, x => x.Waiting)));
    }

    public SimulationReport Report(DateOnly until, IReadOnlyList<SimulatedRole> roles)
    {
        ILookup<string, string> open = _running.Keys.SelectMany(x => x.Waits).Where(x => x.Wait.Kind == WaitKind.Task).ToLookup(x => x.Wait.ActivityId, x => x.Wait.Name);
        int broken = _running.Keys.Count(x => x.IsBroken || x.Instances.Any(instance => instance.Incidents.Length > 0));
        return new SimulationReport(
            _arrived, _ended, broken, Middle.Of(_days, 0.5), Middle.Of(_days, 0.9), until, _weeks, roles,
            [.. _steps.Keys.Union(open.Select(x => x.Key)).Order(StringComparer.Ordinal).Select(id =>
                _steps.TryGetValue(id, out (string Title, int Done, int Late) step)
                    ? new SimulatedStep(id, step.Title, step.Done, step.Late, open[id].Count())
                    : new SimulatedStep(id, open[id].First(), 0, 0, open[id].Count()))]);
    }
}
