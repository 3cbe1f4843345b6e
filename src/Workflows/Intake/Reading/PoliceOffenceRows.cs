using System.Text.Json.Nodes;
using static Assize.Workflows.Intake.Reading.PoliceValue;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Below Offence, into an item of offences.</summary>
internal static class PoliceOffenceRows
{
    public static IReadOnlyList<PoliceRow> All { get; } =
    [
        new("BaseOffenceDetails/OffenceSequenceNumber", "offenceDetails/offenceSequenceNo", Number),
        new("BaseOffenceDetails/OffenceCode", "offenceDetails/cjsOffenceCode", Text),
        new("BaseOffenceDetails/OffenceWording", "offenceDetails/offenceWording", Text),
        new("BaseOffenceDetails/OffenceTiming/OffenceDateCode", "offenceDetails/offenceDateCode", Number),
        new("BaseOffenceDetails/OffenceTiming/OffenceStart/OffenceDateStartDate", "offenceDetails/offenceCommittedDate", Day),
        new("BaseOffenceDetails/OffenceTiming/OffenceStart/OffenceStartTime", "offenceDetails/offenceStartTime", Text),
        new("BaseOffenceDetails/OffenceTiming/OffenceEnd/OffenceEndDate", "offenceDetails/offenceCommittedEndDate", Day),
        new("BaseOffenceDetails/OffenceTiming/OffenceEnd/OffenceEndTime", "offenceDetails/offenceEndTime", Text),
        new("BaseOffenceDetails/ChargeDate", "chargeDate", Day),
        new("BaseOffenceDetails/ArrestDate", "arrestDate", Day),
        new("BaseOffenceDetails/LocationOfOffence", "offenceDetails/offenceLocation", Text),
        new("BaseOffenceDetails/AlcoholRelatedOffence/AlcoholLevelAmount", "offenceDetails/alcoholRelatedOffence/alcoholOrDrugLevelAmount", Number),
        new("BaseOffenceDetails/AlcoholRelatedOffence/AlcoholLevelMethod", "offenceDetails/alcoholRelatedOffence/alcoholOrDrugLevelMethod", Text),
        new("BaseOffenceDetails/VehicleRelatedOffence/VehicleCode", "offenceDetails/vehicleCode", Text),
        new("BaseOffenceDetails/VehicleRelatedOffence/VehicleRegistrationMark", "offenceDetails/vehicleRegistrationMark", Text),
        new("ProsecutionFacts", "offenceDetails/statementOfFacts", Text),
        new("OtherPartyVictim", "offenceDetails/victims", Victim) { Each = true },
    ];

    private static readonly PoliceRow[] s_victim =
    [
        new("PersonDetails", "nameDetails", Name),
        new("Address", "address", Address),
        .. PolicePersonRows.Contact("", "contactDetails/"),
        new("Birthdate", "dateOfBirth", Day),
        new("Gender", "gender", Number),
        new("PersonEthnicity/ObservedEthnicity", "observedEthnicity", Number),
        new("PersonEthnicity/SelfDefinedEthnicity", "selfDefinedEthnicity", Text),
    ];

    private static JsonObject? Victim(XmlPart part) => PoliceRow.Map(part, s_victim) is { Count: > 0 } victim ? victim : null;
}
