using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The offence's dates, and the code that says how they are meant, fit each other and the charge.</summary>
internal static class OffenceDates
{
    public static ChargeRule Rule { get; } =
        new(["OFFENCE_DATE_CODE_IS_INVALID", ProblemCodes.EndDateBeforeStart, ProblemCodes.ChargedBeforeOffence], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (ChargedOffence offence in context.Charge.Offences)
        {
            Part details = offence.Details;
            ReferenceItem? listed = details.Code("offenceDateCode") is { } code ? context.Reference.Find(ReferenceLists.OffenceDateCode, code, context.Today) : null;
            if (details.Has("offenceDateCode") && listed is null)
            {
                yield return Problem.Of("OFFENCE_DATE_CODE_IS_INVALID", details.At("offenceDateCode"),
                    $"Expected 1 (on) to 6 (on or before), but it is {JsonText.Quote(details.Value("offenceDateCode"))}. Give the code that says how the dates are meant.", details.Value("offenceDateCode"));
            }
            else if (listed?.Flag("needsEnd") == true && !details.Has("offenceCommittedEndDate"))
            {
                yield return Problem.Of("OFFENCE_DATE_CODE_IS_INVALID", details.At("offenceDateCode"),
                    "Expected an end date, since the offence was committed between two dates, but there is none. Give the end date or another code.",
                    details.Value("offenceDateCode"), details.At("offenceCommittedEndDate"));
            }

            if (details.Date("offenceCommittedEndDate") is { } end && offence.CommittedFrom is { } start && end < start)
            {
                yield return Problem.Of(ProblemCodes.EndDateBeforeStart, details.At("offenceCommittedEndDate"),
                    $"Expected an end on or after {start:yyyy-MM-dd}, but it is {end:yyyy-MM-dd}. Correct one of the two dates.",
                    details.Value("offenceCommittedEndDate"), details.At("offenceCommittedDate"));
            }

            if (offence.ChargedOn is { } charged && offence.CommittedFrom is { } from && charged < from)
            {
                yield return Problem.Of(ProblemCodes.ChargedBeforeOffence, offence.Root.At("chargeDate"),
                    $"Expected a charge on or after the offence ({from:yyyy-MM-dd}), but it was on {charged:yyyy-MM-dd}. Check both dates.",
                    offence.Root.Value("chargeDate"), details.At("offenceCommittedDate"));
            }
        }
    }
}
