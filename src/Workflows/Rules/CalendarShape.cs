using static Assize.Workflows.Rules.RuleFieldKind;

namespace Assize.Workflows.Rules;

internal static class CalendarShape
{
    public static RuleShape Shape { get; } = new(
        RuleName.Calendar, "calendar", "Calendars",
        [
            .. CommonFields.All,
            new("timeZone", "Time zone") { Required = true, Hint = "Like Europe/London." },
            new("coversFrom", "First day that it covers", Day) { Required = true },
            new("coversTo", "Last day that it covers", Day) { Required = true },
        ],
        [
            new("holidays", "day", "Days on which nobody works, and days on which courts do not sit", ["date"],
            [
                new("date", "Day", Day) { Required = true },
                new("title", "What day it is") { Required = true },
                new("kind", "Kind", Choice) { Choices = [("bankHoliday", "Bank holiday: no working day"), ("nonSitting", "Non-sitting day: no hearing is listed, but it counts as a working day")] },
                new("source", "Source") { Hint = "The proclamation, Act or direction." },
            ])
            { IsOrdered = false, Shown = ["title", "kind", "source"] },
        ]);
}
