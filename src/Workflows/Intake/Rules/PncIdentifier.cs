using System.Text.RegularExpressions;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The Police National Computer's number of a person: year, seven digits, letter. Police XML has no slash in it.</summary>
internal static partial class PncIdentifier
{
    public static ChargeRule Rule { get; } = new(["INVALID_PNC_ID", ProblemCodes.PncCheckLetter], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (Part details in context.Charge.Defendants.Select(defendant => defendant.Details))
        {
            if (details.Text("pncIdentifier") is not { } pnc)
            {
                continue;
            }

            Match match = Pattern().Match(pnc);
            if (!match.Success)
            {
                yield return Problem.Of("INVALID_PNC_ID", details.At("pncIdentifier"),
                    $"Expected a PNC number such as 2023/0000400D (year, seven digits, letter), but it is '{pnc}'. Correct or remove it.", details.Value("pncIdentifier"));
            }
            else if (CheckLetter.Of(match.Groups["year"].Value + match.Groups["number"].Value) is var letter && pnc[^1] != letter)
            {
                yield return Problem.Of(ProblemCodes.PncCheckLetter, details.At("pncIdentifier"),
                    $"Expected a PNC number whose digits end in {letter}, but '{pnc}' ends in {pnc[^1]}. Check the number.", details.Value("pncIdentifier"));
            }
        }
    }

    [GeneratedRegex(@"^([0-9]{2})?(?<year>[0-9]{2})/?(?<number>[0-9]{7})[A-HJ-NP-RT-Z]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
