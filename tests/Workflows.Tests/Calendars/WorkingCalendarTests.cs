using Assize.TestKit;
using Assize.Workflows.Calendars;
using CsCheck;
using Xunit;

namespace Assize.Workflows.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar s_calendar = CalendarFile.Read(File.ReadAllText(Repository.PathOf("definitions/calendars/england-and-wales/1.json")));

    private static readonly Gen<DateOnly> s_day = Gen.Int[new DateOnly(2015, 6, 1).DayNumber, new DateOnly(2035, 6, 1).DayNumber].Select(DateOnly.FromDayNumber);

    [Fact]
    public void Every_day_of_2015_to_2035_agrees_with_the_rules_of_bank_holidays()
    {
        for (DateOnly day = new(2015, 1, 1); day <= new DateOnly(2035, 12, 31); day = day.AddDays(1))
        {
            Assert.True(NaiveCalendar.IsWorkingDay(day) == s_calendar.IsWorkingDay(day), $"{day:O}");
        }
    }

    [Fact]
    public void Adding_working_days_agrees_with_counting_them_one_by_one() =>
        Gen.Select(s_day, Gen.Int[-120, 120]).Sample((day, count) => s_calendar.AddWorkingDays(day, count) == NaiveCalendar.Add(day, count));

    [Fact]
    public void Rolling_gives_the_nearest_working_day_on_that_side() => s_day.Sample(day =>
    {
        DateOnly back = s_calendar.RollBack(day);
        DateOnly forward = s_calendar.RollForward(day);
        return back <= day && forward >= day && NaiveCalendar.IsWorkingDay(back) && NaiveCalendar.IsWorkingDay(forward)
            && NaiveCalendar.WorkingDaysBetween(back, day) == 0 && NaiveCalendar.WorkingDaysBetween(day, forward) == 0;
    });

    [Fact]
    public void A_custody_time_limit_that_ends_on_a_bank_holiday_ends_on_the_working_day_before() =>
        Assert.Equal(new DateOnly(2026, 8, 28), DateRule.Parse("182 days after remand, rolled back").Apply(new DateOnly(2026, 3, 2), s_calendar));

    [Theory]
    [InlineData("2 working days before hearing", "2026-04-08", "2026-04-02")]
    [InlineData("1 working day after now", "2026-12-24", "2026-12-29")]
    [InlineData("28 days after charge", "2026-05-04", "2026-06-01")]
    [InlineData("26 days after charge, rolled forward", "2026-05-04", "2026-06-01")]
    [InlineData("26 days after charge, not rolled", "2026-05-04", "2026-05-30")]
    [InlineData("on hearing", "2026-05-30", "2026-05-30")]
    public void A_rule_comes_to_a_day(string rule, string from, string day) =>
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), DateRule.Parse(rule).Apply(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), s_calendar));

    [Theory]
    [InlineData("")]
    [InlineData("two days after now")]
    [InlineData("2 days around now")]
    [InlineData("2 working days before hearing, rolled sideways")]
    public void What_is_no_rule_is_refused_with_an_example(string rule) =>
        Assert.Contains("2 working days before hearing", Assert.Throws<FormatException>(() => DateRule.Parse(rule)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_day_beyond_the_calendar_is_refused() => Assert.Throws<CalendarEnded>(() => s_calendar.IsWorkingDay(new DateOnly(2036, 1, 1)));

    [Fact]
    public void The_end_of_a_day_is_told_by_the_clock_in_London()
    {
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 22, 59, 0, TimeSpan.Zero), s_calendar.At(new DateOnly(2026, 7, 1), new TimeOnly(23, 59)));
        Assert.Equal(new DateOnly(2026, 7, 2), s_calendar.DayOf(new DateTimeOffset(2026, 7, 1, 23, 30, 0, TimeSpan.Zero)));
        // Clocks go forward at one in the morning on 29 March 2026.
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), s_calendar.At(new DateOnly(2026, 3, 29), new TimeOnly(1, 30)));
    }
}
