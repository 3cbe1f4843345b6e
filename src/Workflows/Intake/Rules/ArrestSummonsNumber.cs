using System.Text.RegularExpressions;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The arrest/summons number. A fault here surfaces only after court, in the police's own records; so it warns at charge.</summary>
public static partial class ArrestSummonsNumber
{
    internal static ChargeRule Rule { get; } = new([ProblemCodes.AsnMissing, ProblemCodes.AsnInvalid, ProblemCodes.AsnCheckLetter], Check);

    /// <summary>The letter that a well-formed number should end in; null where it is not well-formed.</summary>
    /// <remarks>Year, force, unit, system, eleven digits, letter; a one-letter top level may stand before the force.</remarks>
    public static char? ExpectedLetter(string asn)
    {
        if (Pattern().Match(asn) is not { Success: true } match)
        {
            return null;
        }

        string system = match.Groups["system"].Value;
        return CheckLetter.Of(match.Groups["force"].Value + (system.All(char.IsAsciiDigit) ? system : "") + match.Groups["year"].Value + match.Groups["number"].Value);
    }

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Defendants.SelectMany(Check);

    private static IEnumerable<Problem> Check(ChargedDefendant defendant)
    {
        string pointer = defendant.Details.At("asn");
        if (defendant.Details.Text("asn") is not { } asn)
        {
            if (defendant.Person.Exists && !defendant.Details.Has("asn"))
            {
                yield return Problem.Of(ProblemCodes.AsnMissing, pointer,
                    "Expected the arrest/summons number, but there is none. Give it, or the results will not match the police's records.");
            }
        }
        else if (ExpectedLetter(asn) is not { } letter)
        {
            yield return Problem.Of(ProblemCodes.AsnInvalid, pointer,
                $"Expected an arrest/summons number such as 2505LV0100000012345J, but it is '{asn}'. Give the number from the custody record.", defendant.Details.Value("asn"));
        }
        else if (asn[^1] != letter)
        {
            yield return Problem.Of(ProblemCodes.AsnCheckLetter, pointer,
                $"Expected an arrest/summons number whose digits end in {letter}, but '{asn}' ends in {asn[^1]}. Check the number against the custody record.", defendant.Details.Value("asn"));
        }
    }

    [GeneratedRegex(@"^(?<year>[0-9]{2})[A-Z]?(?<force>[0-9]{2})[A-Z0-9]{2}(?<system>[A-Z0-9]{2})(?<number>[0-9]{11})[A-HJ-NP-RT-Z]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
