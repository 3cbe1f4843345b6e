using System.Text.RegularExpressions;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The prosecuting authority is a police force, a CPS area or a listed prosecutor.</summary>
internal static partial class ProsecutorRecognised
{
    public static ChargeRule Rule { get; } =
        new(["PROSECUTOR_OUCODE_NOT_RECOGNISED", "ORIGINATING_ORGANISATION_INVALID", "HEADER_OUCODE_NOT_RECOGNISED"], Check);

    /// <summary>The force's two digits, where the organisation is a police unit: top-level 0 or 1, then the force.</summary>
    public static string? ForceOf(string? organisation) =>
        organisation is not null && PolicePattern().Match(organisation) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The force in whose area a CPS unit is, where the organisation is one: the letter A, then the force.</summary>
    public static string? CpsForceOf(string organisation) => CpsPattern().Match(organisation) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        Part details = context.Charge.Details;
        if (details.Text("prosecutingAuthority") is { } authority && !IsRecognised(authority, context))
        {
            string code = context.Format == SubmissionFormat.PoliceXml ? "ORIGINATING_ORGANISATION_INVALID" : "PROSECUTOR_OUCODE_NOT_RECOGNISED";
            yield return Problem.Of(code, details.At("prosecutingAuthority"),
                $"Expected the organisation-unit code of a known prosecutor, but '{authority}' is none. Give the code of the force or authority that prosecutes.", details.Value("prosecutingAuthority"));
        }

        Part root = context.Charge.Root;
        if (root.Text("oucode") is { } header && !IsRecognised(header, context))
        {
            yield return Problem.Of("HEADER_OUCODE_NOT_RECOGNISED", root.At("oucode"),
                $"Expected the organisation-unit code of the sender, but '{header}' is not known. Correct or remove it.", root.Value("oucode"));
        }
    }

    private static bool IsRecognised(string organisation, ChargeContext context)
    {
        string? force = ForceOf(organisation) ?? CpsForceOf(organisation);
        return context.Lists(ReferenceLists.Prosecutor, organisation) || context.Lists(ReferenceLists.Force, force);
    }

    [GeneratedRegex(@"^[01]?([0-9]{2})[A-Z0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PolicePattern();

    [GeneratedRegex(@"^A([0-9]{2})[A-Z0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CpsPattern();
}
