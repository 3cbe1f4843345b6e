using static Assize.Workflows.Intake.Reading.PoliceValue;

namespace Assize.Workflows.Intake.Reading;

/// <summary>What is the same of every person: where they stand is given.</summary>
internal static class PolicePersonRows
{
    public static IReadOnlyList<PoliceRow> Person(string from, string to) =>
    [
        new($"{from}PersonName", $"{to}nameDetails", Name),
        .. Contact(from, $"{to}contactDetails/"),
        new($"{from}Birthdate", $"{to}dateOfBirth", Day),
        new($"{from}Gender", $"{to}gender", Number),
    ];

    public static IReadOnlyList<PoliceRow> Contact(string from, string to) =>
    [
        new($"{from}TelephoneDetails/TelephoneNumberBusiness", $"{to}workTelephoneNumber", Text),
        new($"{from}TelephoneDetails/TelephoneNumberHome", $"{to}homeTelephoneNumber", Text),
        new($"{from}TelephoneDetails/TelephoneNumberMobile", $"{to}mobileTelephoneNumber", Text),
        new($"{from}EmailDetails/EmailAddress1", $"{to}primaryEmail", Text),
        new($"{from}EmailDetails/EmailAddress2", $"{to}secondaryEmail", Text),
    ];
}
