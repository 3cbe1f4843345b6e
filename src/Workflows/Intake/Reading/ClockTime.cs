using System.Globalization;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>A clock time as messages write it: with a zone it is an instant of its day, without one it is London's clock.</summary>
internal readonly record struct ClockTime(TimeOnly Time, TimeSpan? Offset)
{
    private static readonly string[] s_formats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    public static ClockTime? Read(string? text)
    {
        string clock = text?.Trim() ?? "";
        TimeSpan? offset = null;
        int zone = clock.IndexOfAny(['Z', '+', '-']);
        if (zone > 0)
        {
            if (!TryOffset(clock[zone..], out TimeSpan read))
            {
                return null;
            }

            (offset, clock) = (read, clock[..zone]);
        }

        return TimeOnly.TryParseExact(clock, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? new ClockTime(time, offset)
            : null;
    }

    public DateTimeOffset On(DateOnly day) => Offset is { } offset
        ? new DateTimeOffset(day.ToDateTime(Time), offset).ToUniversalTime()
        : LondonTime.Instant(day, Time);

    private static bool TryOffset(string text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        return text == "Z"
            || (TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, text[0] == '-' ? TimeSpanStyles.AssumeNegative : TimeSpanStyles.None, out offset)
                && offset.Duration() <= TimeSpan.FromHours(14));
    }
}
