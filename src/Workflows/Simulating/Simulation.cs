using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Simulating;
using Assize.Workflows.Activities;
using Assize.Workflows.Calendars;
using Assize.Workflows.Cases;
using Assize.Workflows.Forms;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Simulating;

/// <summary>A year of cases through a drawing, in memory: they step as real cases do, people work nine to five, and what nobody has time for waits.</summary>
/// <remarks>Happenings are taken in the order of their instants, and of their making where these are the same: the same terms give the same year.</remarks>
internal sealed class Simulation
{
    private static readonly TimeSpan s_acknowledging = TimeSpan.FromHours(1);

    private readonly SimulatedDrawing _drawing;
    private readonly SimulationTerms _terms;
    private readonly MemoryWorld _world;
    private readonly WorkingHours _hours;
    private readonly Random _random;
    private readonly Tally _tally = new();
    private readonly PriorityQueue<Action<DateTimeOffset>, (DateTimeOffset At, long Number)> _happenings = new();
    private readonly SortedDictionary<string, Station> _stations = new(StringComparer.Ordinal);
    private long _made;

    public Simulation(SimulatedDrawing drawing, SimulationTerms terms)
    {
        (_drawing, _terms) = (drawing, terms);
        _world = new MemoryWorld(CaseActivities.Table, drawing.Choose, new CourtRoom().Reply);
        _hours = new WorkingHours(drawing.Calendar);
        _random = new Random(terms.Seed);
    }

    public SimulationReport Run(CancellationToken ct)
    {
        WorkingCalendar calendar = _drawing.Calendar;
        DateOnly until = _terms.From.AddYears(1) is var year && year.AddMonths(6) <= calendar.File.CoversTo ? year : calendar.File.CoversTo.AddMonths(-6);
        List<DateOnly> days = [.. Enumerable.Range(0, Math.Max(0, until.DayNumber - _terms.From.DayNumber)).Select(_terms.From.AddDays).Where(calendar.IsWorkingDay)];
        SimulatedArrivals arrivals = new(_random);
        for (int i = 0; i < _terms.Cases && days.Count > 0; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"case-{i + 1:00000}");
            DateOnly day = days[_random.Next(days.Count)];
            JsonObject input = arrivals.Next(id, day);
            At(calendar.At(day, new TimeOnly(9, 0)).AddMinutes(_random.Next(480)), now => Arrive(id, input, now));
        }
        for (DateOnly week = _terms.From.AddDays(7); week <= until; week = week.AddDays(7))
        {
            DateOnly ends = week;
            At(calendar.At(ends, TimeOnly.MinValue), _ => _tally.CloseWeek(ends, _stations.Values));
        }
        DateTimeOffset end = calendar.At(until, TimeOnly.MinValue);
        while (_happenings.TryDequeue(out Action<DateTimeOffset>? happen, out (DateTimeOffset At, long Number) when) && when.At <= end)
        {
            ct.ThrowIfCancellationRequested();
            happen(when.At);
        }
        if (_tally.LastWeek != until)
        {
            _tally.CloseWeek(until, _stations.Values);
        }
        return _tally.Report(until, [.. _stations.Values.Select(x => x.Report(days.Count * WorkingHours.PerDay))]);
    }

    private void At(DateTimeOffset instant, Action<DateTimeOffset> happen) => _happenings.Enqueue(happen, (instant, _made++));

    private void Arrive(string id, JsonObject input, DateTimeOffset now)
    {
        MemoryUnit unit = new(id, _world);
        _tally.Arrived(unit, now);
        unit.Start(_drawing.DefinitionId, input, now);
        Follow(unit, now);
    }

    private void Wake(MemoryUnit unit, string instance, StimulusBody body, DateTimeOffset now)
    {
        unit.Wake(instance, body, now);
        Follow(unit, now);
    }

    // What the unit waits for since its last step happens, each in its time. Of events only receipts come by themselves.
    private void Follow(MemoryUnit unit, DateTimeOffset now)
    {
        foreach ((string instance, Wait wait) in _tally.New(unit))
        {
            switch (wait.Kind)
            {
                case WaitKind.Timer:
                    At(Later(wait.Due, now), at => Wake(unit, instance, new TimerDue(wait.Id), at));
                    break;
                case WaitKind.Event when wait.Name == Notify.Acknowledged:
                    At(_hours.After(now, s_acknowledging), at => Wake(unit, instance, new Resume(wait.Id, WaitKind.Event, null, null), at));
                    break;
                case WaitKind.Task:
                    DateTimeOffset? notBefore = wait.Spec?["notBefore"] is { } day ? DateTimeOffset.Parse(day.ToString(), CultureInfo.InvariantCulture) : null;
                    At(_hours.Next(Later(notBefore, now)), at => Arrive(new SimulatedTask(unit, instance, wait, at)));
                    break;
            }
        }
        _tally.Took(unit, now);
    }

    private void Arrive(SimulatedTask task)
    {
        string role = task.Wait.Spec?["role"]?.ToString() ?? "";
        if (!_stations.TryGetValue(role, out Station? station))
        {
            _stations[role] = station = new Station(role, _terms.Staff.TryGetValue(role, out int people) ? people : null);
        }
        station.Arrive(task);
        Work(station, task.Ready);
    }

    private void Work(Station station, DateTimeOffset now)
    {
        while (station.Begin(now) is { } task)
        {
            TimeSpan work = TimeSpan.FromMinutes(_terms.Minutes);
            At(_hours.After(now, work), at =>
            {
                station.Finish(work, task.IsOpen);
                if (task.IsOpen)
                {
                    _tally.Completed(task.Wait, at);
                    Wake(task.Unit, task.Instance, Answer(task, at), at);
                }
                Work(station, at);
            });
        }
    }

    private Resume Answer(SimulatedTask task, DateTimeOffset now)
    {
        JsonObject spec = task.Wait.Spec ?? [];
        string outcome = Draw(task.Wait.ActivityId, [.. (spec["outcomes"] as JsonArray ?? []).Select(x => x!.ToString())]);
        Form? form = _drawing.Form(spec["form"]?.ToString() ?? "", spec["formVersion"]?.GetValue<int>() ?? 1);
        FormContext context = new(outcome, London.Day(now), CompleteTask.Offences(task.Unit.Instances.First(x => x.Id == task.Instance)), null);
        return new Resume(task.Wait.Id, WaitKind.Task, outcome, new JsonObject { ["fields"] = InventedAnswers.Fields(form, context), ["by"] = "simulation" });
    }

    // As often as people really chose it; where nobody has yet, each as often as the others.
    private string Draw(string activityId, IReadOnlyList<string> outcomes)
    {
        IReadOnlyDictionary<string, int>? chosen = _drawing.Chosen.GetValueOrDefault(activityId);
        int total = outcomes.Sum(x => chosen?.GetValueOrDefault(x) ?? 0);
        if (total == 0)
        {
            return outcomes.Count == 0 ? "" : outcomes[_random.Next(outcomes.Count)];
        }
        int drawn = _random.Next(total);
        return outcomes.First(x => (drawn -= chosen!.GetValueOrDefault(x)) < 0);
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
