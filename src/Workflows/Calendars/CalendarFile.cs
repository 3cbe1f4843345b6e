using Assize.Workflows.Rules;

namespace Assize.Workflows.Calendars;

/// <summary>A published calendar: which days of which years are bank holidays.</summary>
public sealed record CalendarFile(
    string Id, int Version, LocalText Title, DateOnly? EffectiveFrom, string TimeZone, DateOnly CoversFrom, DateOnly CoversTo,
    IReadOnlyList<Holiday> Holidays, string? LegalReference = null)
{
    public static WorkingCalendar Read(string json) => new(RuleFile.Read<CalendarFile>(json, Problems));

    private static IEnumerable<string> Problems(CalendarFile file)
    {
        if (file.CoversTo < file.CoversFrom)
        {
            yield return $"Expected coversTo on or after {file.CoversFrom:O}, but it is {file.CoversTo:O}.";
        }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(file.TimeZone, out _))
        {
            yield return $"Expected a known time zone, but '{file.TimeZone}' is none.";
        }
        foreach (IGrouping<DateOnly, Holiday> day in file.Holidays.GroupBy(x => x.Date).Where(x => x.Count() > 1))
        {
            yield return $"Expected each holiday once, but {day.Key:O} is there {day.Count()} times.";
        }
        foreach (Holiday holiday in file.Holidays.Where(x => x.Date < file.CoversFrom || x.Date > file.CoversTo))
        {
            yield return $"Expected holidays between {file.CoversFrom:O} and {file.CoversTo:O}, but {holiday.Date:O} is not.";
        }
    }
}

/// <param name="Kind">Absent: a bank holiday.</param>
/// <param name="Source">The proclamation, Act or direction that makes it one.</param>
public sealed record Holiday(DateOnly Date, string Title, HolidayKind? Kind = null, string? Source = null);

public enum HolidayKind
{
    BankHoliday,

    /// <summary>No hearing is listed, but time limits count it as a working day.</summary>
    NonSitting,
}
