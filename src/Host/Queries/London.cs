using System.Globalization;
using Assize.Host.Wording;

namespace Assize.Host.Queries;

/// <summary>Instants as people in London say them.</summary>
public static class London
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateTimeOffset At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, s_zone);

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(At(instant).DateTime);

    /// <summary>The instant at which a day begins.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => Instant(day, TimeOnly.MinValue);

    public static DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, s_zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>27 March 2026 at 10:00am.</summary>
    public static string Long(DateTimeOffset instant) => Phrases.Of("{0} at {1}", LongDay(Day(instant)), Clock(instant));

    /// <summary>27 March 2026.</summary>
    public static string LongDay(DateOnly day) => day.ToString("d MMMM yyyy", Languages.Culture);

    /// <summary>27 Mar 2026.</summary>
    public static string ShortDay(DateTimeOffset instant) => Day(instant).ToString("d MMM yyyy", Languages.Culture);

    public static string Clock(DateTimeOffset instant) => At(instant).ToString("h:mmtt", CultureInfo.InvariantCulture).ToLowerInvariant();

    /// <summary>To when something runs: its last day, where that is run to its end; otherwise the instant.</summary>
    public static string Until(DateTimeOffset end) => At(end).TimeOfDay == TimeSpan.Zero ? LongDay(Day(end).AddDays(-1)) : Long(end);

    /// <summary>Due dates in words that need no calendar: overdue, today, tomorrow, or the day.</summary>
    public static string Due(DateTimeOffset due, DateTimeOffset now) => (Day(due).DayNumber - Day(now).DayNumber) switch
    {
        _ when due < now => Phrases.Of("{0} (overdue)", ShortDay(due)),
        0 => Phrases.Of("Today at {0}", Clock(due)),
        1 => Phrases.Of("Tomorrow at {0}", Clock(due)),
        _ => ShortDay(due),
    };
}
