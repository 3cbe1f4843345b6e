using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Calendars;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Reviews;

/// <summary>Until when privacy officers must have looked at an access: the end of the fifth working day.</summary>
internal static class ReviewDue
{
    private const string Calendar = "england-and-wales";

    public static DateTimeOffset From(RuleCatalog rules, DateTimeOffset raised)
    {
        int days = AccessPolicy.At(raised).ReviewWorkingDays;
        DateOnly today = London.Day(raised);
        DateOnly due = rules.VersionOn("calendar", Calendar, today) is { } version && rules.Find<CalendarFile>("calendar", Calendar, version) is { } file
            ? new WorkingCalendar(file).AddWorkingDays(today, days)
            : Weekdays(today, days);
        return London.StartOf(due.AddDays(1));
    }

    private static DateOnly Weekdays(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }
        return day;
    }
}
