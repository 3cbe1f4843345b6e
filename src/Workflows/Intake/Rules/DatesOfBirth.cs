using Assize.Workflows.Intake.Reading;

namespace Assize.Workflows.Intake.Rules;

/// <summary>A charged person has a date of birth, and nobody is born in the future.</summary>
internal static class DatesOfBirth
{
    public static ChargeRule Rule { get; } = new(
    [
        "DEFENDANT_DOB_NOT_PRESENT", "DEFENDANT_DOB_IN_FUTURE", "DEFENDANT_PERCEIVED_BIRTH_YEAR_IN_FUTURE", "DEFENDANT_PARENT_GUARDIAN_DATE_OF_BIRTH_IN_FUTURE",
    ], Check);

    private static IEnumerable<Problem> Check(ChargeContext context)
    {
        foreach (ChargedDefendant defendant in context.Charge.Defendants)
        {
            Part person = defendant.Person;
            if (context.Charge.IsCharge && person.Exists && !person.Has("dateOfBirth"))
            {
                yield return Problem.Of("DEFENDANT_DOB_NOT_PRESENT", person.At("dateOfBirth"), "Expected the person's date of birth, but there is none. Give it as yyyy-MM-dd.");
            }

            if (InFuture(person, "DEFENDANT_DOB_IN_FUTURE", context) is { } own)
            {
                yield return own;
            }

            if (JsonText.Integer(person.Value("perceivedBirthYear")) is { } year && year > context.Today.Year)
            {
                yield return Problem.Of("DEFENDANT_PERCEIVED_BIRTH_YEAR_IN_FUTURE", person.At("perceivedBirthYear"),
                    $"Expected a perceived year of birth up to {context.Today.Year}, but it is {year}. Correct or remove it.", person.Value("perceivedBirthYear"));
            }

            if (InFuture(defendant.Guardian.Child("individual"), "DEFENDANT_PARENT_GUARDIAN_DATE_OF_BIRTH_IN_FUTURE", context) is { } guardian)
            {
                yield return guardian;
            }
        }
    }

    private static Problem? InFuture(Part person, string code, ChargeContext context) => person.Date("dateOfBirth") > context.Today
        ? Problem.Of(code, person.At("dateOfBirth"), $"Expected a date of birth in the past, but it is {person.Text("dateOfBirth")}. Correct it.", person.Value("dateOfBirth"))
        : null;
}
