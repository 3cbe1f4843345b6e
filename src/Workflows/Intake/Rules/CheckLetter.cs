using System.Globalization;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The letter that guards police numbers against slips: the number modulo 23 in an alphabet without I, O and S.</summary>
internal static class CheckLetter
{
    private const string Alphabet = "ZABCDEFGHJKLMNPQRTUVWXY";

    public static char Of(string digits) => Alphabet[(int)(ulong.Parse(digits, CultureInfo.InvariantCulture) % 23)];
}
