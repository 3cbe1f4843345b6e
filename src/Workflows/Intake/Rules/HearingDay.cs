using System.Globalization;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The first hearing has a day, which is still to come and not before the offence.</summary>
internal static class HearingDay
{
    public static ChargeRule Rule { get; } =
        new(["DATE_OF_HEARING_NOT_AVAILABLE", "DATE_OF_HEARING_IN_THE_PAST", "DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        Part hearing = context.Charge.Hearing;
        string pointer = hearing.At("dateOfHearing");
        if (hearing.Exists && !hearing.Has("dateOfHearing"))
        {
            yield return Problem.Of("DATE_OF_HEARING_NOT_AVAILABLE", pointer,
                $"Expected the day of the first hearing, but there is none. Give a sitting day, for instance {Next(context.Today)}.");
        }

        if (hearing.Date("dateOfHearing") is not { } day)
        {
            yield break;
        }

        if (day < context.Today)
        {
            yield return Problem.Of("DATE_OF_HEARING_IN_THE_PAST", pointer,
                $"Expected a first hearing today ({Shown(context.Today)}) or later, but it is on {Shown(day)}. Ask the court for another day, for instance {Next(context.Today)}.", hearing.Value("dateOfHearing"));
        }

        ChargedOffence? later = context.Charge.Offences.Where(offence => offence.CommittedFrom > day).MaxBy(offence => offence.CommittedFrom);
        if (later is not null)
        {
            yield return Problem.Of("DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE", pointer,
                $"Expected a first hearing after the offences, but it is on {Shown(day)} and an offence is dated {Shown(later.CommittedFrom!.Value)}. Correct one of the two days.",
                hearing.Value("dateOfHearing"), later.Details.At("offenceCommittedDate"));
        }
    }

    // A weekday is a fair suggestion; whether the court sits that day is the court's to say.
    private static string Next(DateOnly today)
    {
        DateOnly day = today.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        return Shown(day);
    }

    private static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
