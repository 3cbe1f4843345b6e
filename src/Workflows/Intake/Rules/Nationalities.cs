using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>Nationalities are country codes of three letters, where they are given.</summary>
internal static class Nationalities
{
    public static ChargeRule Rule { get; } = new(["DEFENDANT_NATIONALITY_INVALID", "DEFENDANT_ADDITIONAL_NATIONALITY_INVALID"], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Defendants.SelectMany(defendant => new[]
    {
        Of(context, defendant.Person, "nationality", "DEFENDANT_NATIONALITY_INVALID"),
        Of(context, defendant.Person, "additionalNationality", "DEFENDANT_ADDITIONAL_NATIONALITY_INVALID"),
    }).OfType<Problem>();

    private static Problem? Of(ChargeContext context, Part person, string member, string code) =>
        person.Has(member) && !context.Lists(ReferenceLists.Nationality, person.Text(member))
            ? Problem.Of(code, person.At(member), $"Expected a country code of three letters such as GBR, but it is {JsonText.Quote(person.Value(member))}. Give the right code.", person.Value(member))
            : null;
}
