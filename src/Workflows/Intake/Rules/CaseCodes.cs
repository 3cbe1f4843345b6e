using System.Text.RegularExpressions;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>How the case began, its summons, its markers, its CPS area.</summary>
internal static partial class CaseCodes
{
    public static ChargeRule Rule { get; } =
        new(["CASE_INITIATION_CODE_INVALID", "SUMMONS_CODE_INVALID", "CASE_MARKER_IS_INVALID", "CPS_ORGANISATION_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        Part details = context.Charge.Details;
        if (details.Text("initiationCode") is { } initiation && context.Reference.Find(ReferenceLists.Initiation, initiation, context.Today)?.Flag("taken") != true)
        {
            yield return Problem.Of("CASE_INITIATION_CODE_INVALID", details.At("initiationCode"),
                $"Expected C (charge), Q (requisition) or S (summons), but the case is begun by '{initiation}'. Give the code of how it began.", details.Value("initiationCode"));
        }

        bool isSummons = context.Charge.Initiation == "S";
        if ((isSummons || details.Has("summonsCode")) && !context.Lists(ReferenceLists.Summons, details.Text("summonsCode")))
        {
            yield return Problem.Of("SUMMONS_CODE_INVALID", details.At("summonsCode"),
                $"Expected the kind of summons (A, B, E, M or W), but it is {JsonText.Quote(details.Value("summonsCode"))}. Give the kind.", details.Value("summonsCode"));
        }

        foreach (string marker in (details.Text("caseMarker") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(marker => !context.Lists(ReferenceLists.CaseMarker, marker)))
        {
            yield return Problem.Of("CASE_MARKER_IS_INVALID", details.At("caseMarker"),
                $"Expected agreed case markers separated by a space, but '{marker}' is none. Correct or remove it.", details.Value("caseMarker"));
        }

        if (details.Text("cpsOrganisation") is { } organisation
            && (CpsPattern().Match(organisation) is not { Success: true } match || !context.Lists(ReferenceLists.Force, match.Groups[1].Value)))
        {
            yield return Problem.Of("CPS_ORGANISATION_INVALID", details.At("cpsOrganisation"),
                $"Expected a CPS organisation such as A05AB00 (A, the force code, the unit), but it is '{organisation}'. Give the area that reviews the case.", details.Value("cpsOrganisation"));
        }
    }

    [GeneratedRegex(@"^A([0-9]{2})[A-Z0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CpsPattern();
}
