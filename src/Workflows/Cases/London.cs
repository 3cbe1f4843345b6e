namespace Assize.Workflows.Cases;

/// <summary>Days as courts count them.</summary>
internal static class London
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, s_zone).DateTime);

    /// <summary>The time of day, as 14:03.</summary>
    public static string Time(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, s_zone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The day's first instant, in UTC. Clocks change at one in the morning, so midnight is always there.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, s_zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
