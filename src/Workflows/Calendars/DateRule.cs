using System.Globalization;
using System.Text.RegularExpressions;

namespace Assize.Workflows.Calendars;

/// <summary>A date told from another date of the case: "2 working days before hearing", "28 days after charge, rolled back".</summary>
/// <param name="Anchor">The named date that the rule counts from; "now" is the business time of the step.</param>
public sealed partial record DateRule(int Count, DateUnit Unit, string Anchor, DateRoll Roll)
{
    /// <summary>Reads a rule, or says in the message what a rule looks like.</summary>
    public static DateRule Parse(string text)
    {
        Match match = Pattern().Match(text.Trim());
        if (!match.Success)
        {
            throw new FormatException($"Expected a rule like '2 working days before hearing' or '28 days after charge, rolled back', but it is '{text}'.");
        }
        int count = match.Groups["count"].Success ? int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;
        string way = match.Groups["way"].Value;
        return new DateRule(
            way == "before" ? -count : count,
            match.Groups["working"].Success ? DateUnit.WorkingDays : DateUnit.Days,
            match.Groups["anchor"].Value,
            RollOf(match.Groups["roll"].Value, way));
    }

    public DateOnly Apply(DateOnly from, WorkingCalendar calendar)
    {
        if (Unit == DateUnit.WorkingDays)
        {
            return Count == 0 && Roll == DateRoll.Back ? calendar.RollBack(from) : calendar.AddWorkingDays(from, Count);
        }
        DateOnly day = from.AddDays(Count);
        return Roll switch
        {
            DateRoll.Forward => calendar.RollForward(day),
            DateRoll.Back => calendar.RollBack(day),
            _ => day,
        };
    }

    private static DateRoll RollOf(string said, string way) => (said, way) switch
    {
        ("rolled forward", _) or ("", "after") => DateRoll.Forward,
        ("rolled back", _) or ("", "before") => DateRoll.Back,
        _ => DateRoll.None,
    };

    [GeneratedRegex(@"^(?:(?<count>\d{1,4}) (?<working>working )?days? (?<way>after|before) |on )(?<anchor>[A-Za-z][A-Za-z0-9]*)(?:, (?<roll>rolled forward|rolled back|not rolled))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

public enum DateUnit { Days, WorkingDays }

public enum DateRoll { Forward, Back, None }
