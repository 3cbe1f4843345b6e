using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>Remaining codes are in their lists, where they are given.</summary>
internal static class ListedValues
{
    public static ChargeRule Rule { get; } = new(["OFFENDER_CODE_IS_INVALID", "DEFENDANT_OFFENCE_VEHICLE_CODE", ProblemCodes.ValueNotListed], Check);

    private static IEnumerable<Problem> Check(ChargeContext context) => context.Charge.Defendants.SelectMany(defendant => new[]
    {
        Of(context, defendant.Person, "offenderCode", ReferenceLists.OffenderCode, "OFFENDER_CODE_IS_INVALID", "an agreed offender code such as PYO"),
        Of(context, defendant.Person, "gender", ReferenceLists.Gender, ProblemCodes.ValueNotListed, "0 not known, 1 male, 2 female or 9 not specified"),
        Of(context, defendant.Details, "hearingLanguage", ReferenceLists.Language, ProblemCodes.ValueNotListed, "E English or W Welsh"),
        Of(context, defendant.Details, "documentationLanguage", ReferenceLists.Language, ProblemCodes.ValueNotListed, "E English or W Welsh"),
    }.Concat(defendant.Offences.Select(offence =>
        Of(context, offence.Details, "vehicleCode", ReferenceLists.VehicleCode, "DEFENDANT_OFFENCE_VEHICLE_CODE", "L, P or O for the kind of vehicle")))).OfType<Problem>();

    private static Problem? Of(ChargeContext context, Part part, string member, string list, string code, string expected) =>
        part.Code(member) is { } value && !context.Lists(list, value)
            ? Problem.Of(code, part.At(member), $"Expected {expected}, but '{member}' is {JsonText.Quote(part.Value(member))}. Give the right code.", part.Value(member))
            : null;
}
