using Assize.Engine.Instances;
using Assize.Engine.Simulating;

namespace Assize.Workflows.Simulating;

/// <summary>The people of one role and what waits for them, the oldest first.</summary>
internal sealed class Station(string role, int? people)
{
    private readonly Queue<SimulatedTask> _waiting = new();
    private readonly List<double> _waits = [];
    private int _working;
    private int _done;
    private int _longest;
    private double _hours;

    public string Role => role;

    public int Waiting => _waiting.Count(x => x.IsOpen);

    public void Arrive(SimulatedTask task)
    {
        _waiting.Enqueue(task);
        _longest = Math.Max(_longest, _waiting.Count - 1);
    }

    /// <summary>The next task that somebody begins now; null where nobody is free or nothing waits.</summary>
    public SimulatedTask? Begin(DateTimeOffset now)
    {
        while ((people is null || _working < people) && _waiting.TryDequeue(out SimulatedTask? next))
        {
            if (next.IsOpen)
            {
                _working++;
                _waits.Add((now - next.Ready).TotalHours);
                return next;
            }
        }
        return null;
    }

    /// <param name="counts">False where nobody wants the task any more when its work is done.</param>
    public void Finish(TimeSpan work, bool counts)
    {
        _working--;
        _done += counts ? 1 : 0;
        _hours += work.TotalHours;
    }

    public SimulatedRole Report(double hours) => new(
        role, people, _done, people is > 0 and { } count ? Math.Min(1, _hours / (count * hours)) : null, _longest, Middle.Of(_waits, 0.5) ?? 0);
}

/// <param name="Ready">When somebody could have begun it.</param>
internal sealed record SimulatedTask(MemoryUnit Unit, string Instance, Wait Wait, DateTimeOffset Ready)
{
    public bool IsOpen => Unit.Waits.Any(x => x.Wait.Id == Wait.Id);
}

internal static class Middle
{
    /// <summary>The value that a share of all do not pass; null of none.</summary>
    public static double? Of(IEnumerable<double> values, double share) =>
        values.Order().ToList() is { Count: > 0 } sorted ? sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)] : null;
}
