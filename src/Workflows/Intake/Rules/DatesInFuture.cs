namespace Assize.Workflows.Intake.Rules;

/// <summary>Arrest, charge and laying are past; a prosecution has a date of charge.</summary>
internal static class DatesInFuture
{
    public static ChargeRule Rule { get; } =
        new(["ARREST_DATE_IN_FUTURE", "CHARGE_DATE_IN_FUTURE", "LAID_DATE_IN_FUTURE", "CHARGE_DATE_IS_NOT_PRESENT"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Offences.SelectMany(offence => new[]
    {
        Missing(offence.Root),
        Of(context, offence.Root, "arrestDate", "ARREST_DATE_IN_FUTURE", "arrest"),
        Of(context, offence.Root, "chargeDate", "CHARGE_DATE_IN_FUTURE", "charge"),
        Of(context, offence.Root, "laidDate", "LAID_DATE_IN_FUTURE", "laying of the information"),
    }).OfType<Problem>();

    private static Problem? Missing(Part offence) => offence.Has("chargeDate") || offence.Has("laidDate")
        ? null
        : Problem.Of("CHARGE_DATE_IS_NOT_PRESENT", offence.At("chargeDate"), "Expected the date of charge, but there is none. Give it as yyyy-MM-dd.");

    private static Problem? Of(ChargeContext context, Part offence, string member, string code, string what) => offence.Date(member) > context.Today
        ? Problem.Of(code, offence.At(member), $"Expected the {what} today ({context.Today:yyyy-MM-dd}) or before, but it is on {offence.Text(member)}. Correct the date.", offence.Value(member))
        : null;
}
