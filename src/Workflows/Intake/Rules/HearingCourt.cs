using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>A charge begins in a magistrates' court that exists.</summary>
internal static class HearingCourt
{
    public static ChargeRule Rule { get; } = new(["COURT_HEARING_LOCATION_OUCODE_INVALID", "HEARING_TYPE_CODE_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        Part hearing = context.Charge.Hearing;
        if (hearing.Text("courtHearingLocation") is { } court
            && context.Reference.Find(ReferenceLists.Court, court, context.Today)?.Text("type") != "Magistrates")
        {
            yield return Problem.Of("COURT_HEARING_LOCATION_OUCODE_INVALID", hearing.At("courtHearingLocation"),
                $"Expected the code of a magistrates' court such as B05PK00, but '{court}' is none that is known. Give the court of the first hearing.", hearing.Value("courtHearingLocation"));
        }

        if (hearing.Has("hearingTypeCode") && !context.Lists(ReferenceLists.HearingType, hearing.Text("hearingTypeCode")))
        {
            yield return Problem.Of("HEARING_TYPE_CODE_INVALID", hearing.At("hearingTypeCode"),
                $"Expected a kind of first hearing such as FH, but '{hearing.Text("hearingTypeCode")}' is none. Correct or remove it.", hearing.Value("hearingTypeCode"));
        }
    }
}
