using System.Collections.Frozen;

namespace Assize.Workflows.Calendars;

/// <summary>Working days of one published calendar: every day but Saturdays, Sundays and its holidays. Courts sit on those that are not marked as non-sitting.</summary>
public sealed class WorkingCalendar
{
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly FrozenSet<DateOnly> _nonSitting;
    private readonly TimeZoneInfo _zone;

    public WorkingCalendar(CalendarFile file)
    {
        File = file;
        _holidays = file.Holidays.Where(x => x.Kind != HolidayKind.NonSitting).Select(x => x.Date).ToFrozenSet();
        _nonSitting = file.Holidays.Where(x => x.Kind == HolidayKind.NonSitting).Select(x => x.Date).ToFrozenSet();
        _zone = TimeZoneInfo.FindSystemTimeZoneById(file.TimeZone);
    }

    public CalendarFile File { get; }

    public bool IsWorkingDay(DateOnly day)
    {
        if (day < File.CoversFrom || day > File.CoversTo)
        {
            throw new CalendarEnded($"Expected a day between {File.CoversFrom:O} and {File.CoversTo:O}, which calendar "
                + $"{File.Id} {File.Version} covers, but {day:O} is not.");
        }
        return day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_holidays.Contains(day);
    }

    /// <summary>The working days from that one on, without those on which courts do not sit.</summary>
    public IEnumerable<DateOnly> SittingDays(DateOnly from)
    {
        for (DateOnly day = RollForward(from); ; day = AddWorkingDays(day, 1))
        {
            if (!_nonSitting.Contains(day))
            {
                yield return day;
            }
        }
    }

    /// <summary>The day itself where it is a working day, otherwise the next one.</summary>
    public DateOnly RollForward(DateOnly day) => Roll(day, 1);

    /// <summary>The day itself where it is a working day, otherwise the one before.</summary>
    public DateOnly RollBack(DateOnly day) => Roll(day, -1);

    /// <summary>Counts working days from the day after (or, for a negative count, the day before); zero rolls forward.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        if (count == 0)
        {
            return RollForward(day);
        }
        int direction = Math.Sign(count);
        for (int left = Math.Abs(count); left > 0; left--)
        {
            day = Roll(day.AddDays(direction), direction);
        }
        return day;
    }

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);

    /// <summary>A local time of day as an instant. A time that a clock change skips becomes the one an hour later.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        DateTime local = day.ToDateTime(time);
        if (_zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private DateOnly Roll(DateOnly day, int direction)
    {
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(direction);
        }
        return day;
    }
}

/// <summary>A day was asked for that the calendar does not cover.</summary>
public sealed class CalendarEnded(string message) : Exception(message);
