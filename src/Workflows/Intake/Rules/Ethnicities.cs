using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>Ethnicity codes are in the lists, where they are given.</summary>
internal static class Ethnicities
{
    public static ChargeRule Rule { get; } = new(
    [
        "DEFENDANT_OBSERVED_ETHNICITY_INVALID", "DEFENDANT_SELF_DEFINED_ETHNICITY_INVALID",
        "DEFENDANT_PARENT_GUARDIAN_OBSERVED_ETHNICITY_INVALID", "DEFENDANT_PARENT_GUARDIAN_SELF_DEFINED_ETHNICITY_INVALID",
    ], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Defendants.SelectMany(defendant => new[]
    {
        Of(context, defendant.Person, "observedEthnicity", ReferenceLists.ObservedEthnicity, "DEFENDANT_OBSERVED_ETHNICITY_INVALID"),
        Of(context, defendant.Person, "ethnicity", ReferenceLists.SelfDefinedEthnicity, "DEFENDANT_SELF_DEFINED_ETHNICITY_INVALID"),
        Of(context, defendant.Guardian.Child("individual"), "observedEthnicity", ReferenceLists.ObservedEthnicity, "DEFENDANT_PARENT_GUARDIAN_OBSERVED_ETHNICITY_INVALID"),
        Of(context, defendant.Guardian.Child("individual"), "selfDefinedEthnicity", ReferenceLists.SelfDefinedEthnicity, "DEFENDANT_PARENT_GUARDIAN_SELF_DEFINED_ETHNICITY_INVALID"),
    }).OfType<Problem>();

    private static Problem? Of(ChargeContext context, Part person, string member, string list, string code) =>
        person.Has(member) && !context.Lists(list, person.Code(member))
            ? Problem.Of(code, person.At(member), list == ReferenceLists.ObservedEthnicity
                ? $"Expected a code of 0 to 6 or 9 for how the person was seen, but it is {JsonText.Quote(person.Value(member))}. Give the right code."
                : $"Expected a self-defined ethnicity such as W1 or NS, but it is {JsonText.Quote(person.Value(member))}. Give the right code.", person.Value(member))
            : null;
}
