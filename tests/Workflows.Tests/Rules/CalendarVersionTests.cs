using Assize.Workflows.Calendars;
using Xunit;

namespace Assize.Workflows.Tests.Rules;

public sealed class CalendarVersionTests
{
    [Fact]
    public void A_non_sitting_day_counts_as_a_working_day_and_is_listed_on_by_nobody()
    {
        WorkingCalendar calendar = CalendarFile.Read("""
            {
              "id": "here", "version": 1, "title": { "en": "Here" }, "effectiveFrom": null, "timeZone": "Europe/London", "coversFrom": "2026-01-01", "coversTo": "2026-12-31",
              "holidays": [{ "date": "2026-03-03", "title": "Holiday", "source": "Invented" }, { "date": "2026-03-04", "title": "Training of the bench", "kind": "nonSitting", "source": "Invented direction 4" }]
            }
            """);

        Assert.Equal(new DateOnly(2026, 3, 4), calendar.AddWorkingDays(new DateOnly(2026, 3, 2), 1));
        Assert.Equal(
            [new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 6), new DateOnly(2026, 3, 9)], calendar.SittingDays(new DateOnly(2026, 3, 1)).Take(4));
    }
}
