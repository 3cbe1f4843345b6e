namespace Assize.Workflows.Intake.Rules;

/// <summary>Days and clock times in England and Wales.</summary>
public static class LondonTime
{
    private static readonly TimeZoneInfo s_london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(At(instant).DateTime);

    public static DateTimeOffset At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, s_london);

    /// <summary>The instant of a London clock time. In the hour that a spring skips, the clock is read an hour later.</summary>
    public static DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        DateTime local = day.ToDateTime(time);
        if (s_london.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        return new DateTimeOffset(local, s_london.GetUtcOffset(local)).ToUniversalTime();
    }
}
