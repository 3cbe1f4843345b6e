using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>An offence of excess alcohol or drugs gives the level and how it was measured.</summary>
internal static class AlcoholLevel
{
    public static ChargeRule Rule { get; } =
        new(["ALCOHOL_DRUG_LEVEL_METHOD_MISSING", "ALCOHOL_DRUG_LEVEL_AMOUNT_MISSING", "ALCOHOL_DRUG_LEVEL_METHOD_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (Part details in context.Charge.Offences.Select(offence => offence.Details))
        {
            Part level = details.Child("alcoholRelatedOffence");
            bool isOwed = OffenceCodes.Find(context.Reference, details.Text("cjsOffenceCode"))?.Flag("needsAlcoholLevel") == true;
            if (isOwed && !level.Has("alcoholOrDrugLevelMethod"))
            {
                yield return Problem.Of("ALCOHOL_DRUG_LEVEL_METHOD_MISSING", level.At("alcoholOrDrugLevelMethod"),
                    "Expected how the level of alcohol or drug was measured (A blood, B breath, V urine, …), but it is missing. Give the code.", null, details.At("cjsOffenceCode"));
            }

            if (isOwed && !level.Has("alcoholOrDrugLevelAmount"))
            {
                yield return Problem.Of("ALCOHOL_DRUG_LEVEL_AMOUNT_MISSING", level.At("alcoholOrDrugLevelAmount"),
                    "Expected the level of alcohol or drug as a whole number, but it is missing. Give it.", null, details.At("cjsOffenceCode"));
            }

            if (level.Has("alcoholOrDrugLevelMethod") && !context.Lists(ReferenceLists.AlcoholMethod, level.Text("alcoholOrDrugLevelMethod")))
            {
                yield return Problem.Of("ALCOHOL_DRUG_LEVEL_METHOD_INVALID", level.At("alcoholOrDrugLevelMethod"),
                    $"Expected a listed way of measuring (A blood, B breath, V urine, …), but it is {JsonText.Quote(level.Value("alcoholOrDrugLevelMethod"))}. Give the code.", level.Value("alcoholOrDrugLevelMethod"));
            }
        }
    }
}
