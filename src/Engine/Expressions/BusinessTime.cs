using System.Globalization;
using Jint.Runtime;

namespace Assize.Engine.Expressions;

/// <summary>The only clock of a script: business now, and London's calendar.</summary>
internal sealed class BusinessTime(DateTimeOffset now) : ITimeSystem
{
    public static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static readonly DefaultTimeSystem Calendar = new(London, CultureInfo.InvariantCulture);

    public TimeZoneInfo DefaultTimeZone => London;

    public DateTimeOffset GetUtcNow() => now;

    public TimeSpan GetUtcOffset(long epochMilliseconds) => Calendar.GetUtcOffset(epochMilliseconds);

    public bool TryParse(string date, out long epochMilliseconds) => Calendar.TryParse(date, out epochMilliseconds);
}
