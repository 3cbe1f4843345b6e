using Assize.Engine.Expressions;
using Cronos;

namespace Assize.Engine.Stepping.Activities;

/// <summary>Cron expressions of five fields, or six with seconds.</summary>
internal static class CronSchedule
{
    /// <summary>The next occurrence in London time; null where the text is no cron expression or never comes round.</summary>
    public static DateTimeOffset? Next(string text, DateTimeOffset after) => Next(text, after, BusinessTime.London);

    public static DateTimeOffset? Next(string text, DateTimeOffset after, TimeZoneInfo zone)
    {
        var format = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
        return CronExpression.TryParse(text, format, out var cron) ? cron.GetNextOccurrence(after, zone)?.ToUniversalTime() : null;
    }
}
