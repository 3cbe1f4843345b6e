namespace Assize.Workflows.Tests.Calendars;

/// <summary>Bank holidays of England and Wales worked out from their rules, and days counted one at a time.</summary>
internal static class NaiveCalendar
{
    // Proclaimed once: a day moved, a day added.
    private static readonly HashSet<DateOnly> s_extra = [new(2020, 5, 8), new(2022, 6, 2), new(2022, 6, 3), new(2022, 9, 19), new(2023, 5, 8)];
    private static readonly HashSet<DateOnly> s_moved = [new(2020, 5, 4), new(2022, 5, 30)];

    public static bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !(IsUsualHoliday(day) && !s_moved.Contains(day)) && !s_extra.Contains(day);

    public static DateOnly Add(DateOnly day, int count)
    {
        int step = count < 0 ? -1 : 1;
        while (count == 0 && !IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }
        for (; count != 0; count -= IsWorkingDay(day) ? step : 0)
        {
            day = day.AddDays(step);
        }
        return day;
    }

    /// <summary>Working days strictly between the two.</summary>
    public static int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        int found = 0;
        for (DateOnly day = from.AddDays(1); day < to; day = day.AddDays(1))
        {
            found += IsWorkingDay(day) ? 1 : 0;
        }
        return found;
    }

    private static bool IsUsualHoliday(DateOnly day)
    {
        DateOnly easter = Easter(day.Year);
        bool monday = day.DayOfWeek == DayOfWeek.Monday;
        return day == easter.AddDays(-2) || day == easter.AddDays(1)
            || (monday && day is { Month: 5, Day: <= 7 or >= 25 })
            || (monday && day is { Month: 8, Day: >= 25 })
            || day is { Month: 1, Day: 1 } || (monday && day is { Month: 1, Day: 2 or 3 })
            || day is { Month: 12, Day: 25 or 26 }
            || (day is { Month: 12, Day: 27 } && day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Tuesday && day is { Month: 12, Day: 27 })
            || (day is { Month: 12, Day: 28 } && day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Tuesday && day is { Month: 12, Day: 28 });
    }

    private static DateOnly Easter(int year)
    {
        // Gauss's way, not the one that the data file was made by.
        int a = year % 19, b = year % 4, c = year % 7, k = year / 100;
        int p = (13 + (8 * k)) / 25, q = k / 4;
        int m = (15 - p + k - q) % 30, n = (4 + k - q) % 7;
        int d = ((19 * a) + m) % 30, e = ((2 * b) + (4 * c) + (6 * d) + n) % 7;
        int march = 22 + d + e;
        if (d == 29 && e == 6)
        {
            march = 50;
        }
        else if (d == 28 && e == 6 && ((11 * m) + 11) % 30 < 19)
        {
            march = 49;
        }
        return new DateOnly(year, 3, 1).AddDays(march - 1);
    }
}
