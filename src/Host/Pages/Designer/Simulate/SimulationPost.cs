using System.Globalization;
using Assize.Host.Components;
using Assize.Workflows.Simulating;

namespace Assize.Host.Pages.Designer.Simulate;

/// <summary>The terms as they were typed.</summary>
public sealed record SimulationPost(string Cases, string Seed, string Minutes, DayText From, DayText Known, IReadOnlyDictionary<string, string> Staff)
{
    private const int MostMinutes = 2400;
    private const int MostPeople = 1000;
    private const string Prefix = "staff-";

    public static SimulationPost First(DateOnly today, IEnumerable<string> roles) => new("1000", "1", "30", Text(today), Text(today), roles.ToDictionary(role => role, _ => "2"));

    public static SimulationPost Of(IQueryCollection query, DateOnly today)
    {
        string Typed(string name) => query[name].FirstOrDefault()?.Trim() ?? "";
        DayText Day(string name) => new DayText(Typed($"{name}-day"), Typed($"{name}-month"), Typed($"{name}-year")) is { IsEmpty: false } typed ? typed : Text(today);
        return new(Typed("cases"), Typed("seed"), Typed("minutes"), Day("from"), Day("known"),
            query.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(key => key[Prefix.Length..], Typed));
    }

    /// <param name="roles">Those that the drawing names; others are left aside.</param>
    public (SimulationTerms Terms, IReadOnlyList<Fault> Faults) Read(IReadOnlyList<string> roles)
    {
        var faults = new List<Fault>();
        int Number(string field, string typed, int least, int most, string what)
        {
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            faults.Add(new Fault(field, $"Enter {what}: a whole number from {least} to {most:N0}"));
            return least;
        }

        if (From.AsDay is null)
        {
            faults.Add(new Fault("from-day", "Enter the first day, such as 27 3 2027"));
        }

        if (Known.AsDay is null)
        {
            faults.Add(new Fault("known-day", "Enter the day up to which choices count, such as 27 3 2027"));
        }

        var terms = new SimulationTerms(
            Number("cases", Cases, 1, SimulateYear.MostCases, "how many cases arrive"),
            Number("seed", Seed, 0, int.MaxValue, "the seed"),
            From.AsDay ?? default,
            Number("minutes", Minutes, 1, MostMinutes, "the minutes for a task"),
            roles.Where(role => Staff.GetValueOrDefault(role, "").Length > 0)
                .ToDictionary(role => role, role => Number(Prefix + role, Staff[role], 1, MostPeople, $"the people of {Words.Role(role)}")),
            Known.AsDay);
        return (terms, faults);
    }

    private static DayText Text(DateOnly day) => DayText.Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
