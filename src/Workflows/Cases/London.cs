namespace Assize.Workflows.Cases;

/// <summary>Days as courts count them.</summary>
internal static class London
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, s_zone).DateTime);
}
