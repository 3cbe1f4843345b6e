using System.Text.RegularExpressions;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The case's reference: the police's has a form and begins with a force; other prosecutors use their own.</summary>
internal static partial class ReferenceNumber
{
    public static ChargeRule Rule { get; } = new([ProblemCodes.UrnInvalid, "POLICE_FORCE_CODE_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        Part details = context.Charge.Details;
        if (details.Text("urn") is not { } urn)
        {
            yield break;
        }

        bool isPoliceMessage = context.Format == SubmissionFormat.PoliceXml;
        if (!(isPoliceMessage ? PolicePattern() : AnyPattern()).IsMatch(urn))
        {
            yield return Problem.Of(ProblemCodes.UrnInvalid, details.At("urn"), isPoliceMessage
                ? $"Expected a police reference such as 05AA0001226 (force, unit, number, year), but it is '{urn}'. Give the reference of the case."
                : $"Expected a reference of 3 to 36 capital letters, digits or hyphens, but it is '{urn}'. Give the reference of the case.", details.Value("urn"));
            yield break;
        }

        bool isPolice = isPoliceMessage || ProsecutorRecognised.ForceOf(details.Text("prosecutingAuthority")) is not null;
        if (isPolice && char.IsAsciiDigit(urn[0]) && char.IsAsciiDigit(urn[1]) && !context.Lists(ReferenceLists.Force, urn[..2]))
        {
            yield return Problem.Of("POLICE_FORCE_CODE_INVALID", details.At("urn"),
                $"Expected a reference that begins with a force code, but there is no force '{urn[..2]}'. Give the reference of the case.", details.Value("urn"));
        }
    }

    [GeneratedRegex(@"^[A-Z0-9]{4}[0-9]{3,7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PolicePattern();

    // Capitals only: a reference that differs in nothing else from another one would be a second case beside the first.
    [GeneratedRegex(@"^[A-Z0-9-]{3,36}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnyPattern();
}
