using Assize.Workflows.Calendars;

namespace Assize.Workflows.Simulating;

/// <summary>Nine to five in London on the calendar's working days.</summary>
internal sealed class WorkingHours(WorkingCalendar calendar)
{
    public const double PerDay = 8;

    private static readonly TimeOnly s_begin = new(9, 0);
    private static readonly TimeOnly s_end = new(17, 0);

    /// <summary>When work can next go on: the instant itself in working hours.</summary>
    public DateTimeOffset Next(DateTimeOffset from)
    {
        DateOnly day = calendar.DayOf(from);
        if (!calendar.IsWorkingDay(day) || from >= calendar.At(day, s_end))
        {
            return calendar.At(calendar.AddWorkingDays(day, 1), s_begin);
        }
        DateTimeOffset begin = calendar.At(day, s_begin);
        return from < begin ? begin : from;
    }

    /// <summary>When so much work is done, begun at that instant.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan work)
    {
        DateTimeOffset at = Next(from);
        while (true)
        {
            DateTimeOffset end = calendar.At(calendar.DayOf(at), s_end);
            if (at + work <= end)
            {
                return at + work;
            }
            work -= end - at;
            at = Next(end);
        }
    }
}
