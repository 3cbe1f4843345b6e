using System.Text.RegularExpressions;

namespace Assize.Workflows.Intake.Rules;

/// <summary>Postcodes of defendants and guardians have the form of a postcode, where they are given.</summary>
internal static partial class Postcodes
{
    public static ChargeRule Rule { get; } =
        new(["INVALID_DEFENDANT_POST_CODE", "INVALID_DEFENDANT_INDIVIDUAL_POST_CODE", "INVALID_GUARDIAN_POST_CODE"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Defendants.SelectMany(defendant => new[]
    {
        Of(defendant.Details, "INVALID_DEFENDANT_POST_CODE"),
        Of(defendant.Organisation, "INVALID_DEFENDANT_POST_CODE"),
        Of(defendant.Person, "INVALID_DEFENDANT_INDIVIDUAL_POST_CODE"),
        Of(defendant.Guardian, "INVALID_GUARDIAN_POST_CODE"),
    }).OfType<Problem>();

    private static Problem? Of(Part owner, string code)
    {
        Part address = owner.Child("address");
        return address.Text("postcode") is { } postcode && !Pattern().IsMatch(postcode)
            ? Problem.Of(code, address.At("postcode"), $"Expected a postcode such as L2 3SW, but it is '{postcode}'. Correct or remove it.", address.Value("postcode"))
            : null;
    }

    [GeneratedRegex(@"^(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|[0-9][A-HJKPS-UW]|[A-HK-Y][0-9]([0-9]|[ABEHMNPRVWXY])?) ?[0-9][ABD-HJLNP-UW-Z]{2})\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
