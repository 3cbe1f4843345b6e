using System.Text.RegularExpressions;

namespace Assize.Workflows.Intake.Rules;

/// <summary>E-mail addresses of defendants look like e-mail addresses.</summary>
internal static partial class EmailAddresses
{
    public static ChargeRule Rule { get; } = new(["DEFENDANT_PRIMARY_EMAIL_ADDRESS_INVALID", "DEFENDANT_SECONDARY_EMAIL_ADDRESS_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Defendants
        .SelectMany(defendant => new[] { defendant.Person.Child("contactDetails"), defendant.Organisation.Child("contactDetails") })
        .SelectMany(contact => new[]
        {
            Of(contact, "primaryEmail", "DEFENDANT_PRIMARY_EMAIL_ADDRESS_INVALID"),
            Of(contact, "secondaryEmail", "DEFENDANT_SECONDARY_EMAIL_ADDRESS_INVALID"),
        }).OfType<Problem>();

    private static Problem? Of(Part contact, string member, string code) => contact.Text(member) is { } email && !Pattern().IsMatch(email)
        ? Problem.Of(code, contact.At(member), $"Expected an e-mail address such as name@example.org, but it is '{email}'. Correct or remove it.", contact.Value(member))
        : null;

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
