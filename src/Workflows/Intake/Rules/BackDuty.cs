namespace Assize.Workflows.Intake.Rules;

/// <summary>Back duty has an amount, and a period that begins before it ends.</summary>
internal static class BackDuty
{
    public static ChargeRule Rule { get; } = new(["BACK_DUTY_AMOUNT_MISSING", "BACK_DUTY_DATE_RANGE_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (Part details in context.Charge.Offences.Select(offence => offence.Details))
        {
            bool hasPeriod = details.Has("backDutyDateFrom") || details.Has("backDutyDateTo");
            bool isOwed = hasPeriod || OffenceCodes.Find(context.Reference, details.Text("cjsOffenceCode"))?.Flag("needsBackDuty") == true;
            if (isOwed && !details.Has("backDuty"))
            {
                yield return Problem.Of("BACK_DUTY_AMOUNT_MISSING", details.At("backDuty"), "Expected the back duty in pounds, but it is missing. Give the amount, such as 120.50.", null, details.At("cjsOffenceCode"));
            }

            bool isComplete = details.Has("backDutyDateFrom") && details.Has("backDutyDateTo");
            bool isBackwards = details.Date("backDutyDateFrom") > details.Date("backDutyDateTo");
            if ((isOwed || details.Has("backDuty")) && (!isComplete || isBackwards))
            {
                yield return Problem.Of("BACK_DUTY_DATE_RANGE_INVALID", details.At("backDutyDateFrom"),
                    isBackwards
                        ? $"Expected back duty from a day to a later one, but it runs from {details.Text("backDutyDateFrom")} to {details.Text("backDutyDateTo")}. Correct the days."
                        : "Expected the first and the last day of the back duty, but one is missing. Give both.",
                    details.Value("backDutyDateFrom"), details.At("backDutyDateTo"), details.At("cjsOffenceCode"));
            }
        }
    }
}
