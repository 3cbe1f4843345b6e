namespace Assize.Workflows.Intake.Rules;

/// <summary>Some offences can only be proved with their place, so the place is owed. Which ones is a fact of the list.</summary>
internal static class OffenceLocation
{
    public static ChargeRule Rule { get; } = new(["OFFENCE_REQUIRES_A_LOCATION"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) =>
        from details in context.Charge.Offences.Select(offence => offence.Details)
        let offence = OffenceCodes.Find(context.Reference, details.Text("cjsOffenceCode"))
        where offence?.Flag("needsLocation") == true && !details.Has("offenceLocation")
        select Problem.Of("OFFENCE_REQUIRES_A_LOCATION", details.At("offenceLocation"),
            $"Expected where the offence was committed, since {offence.Code} ({offence.Text("title")}) depends on it, but there is no place. Give it.", null, details.At("cjsOffenceCode"));
}
