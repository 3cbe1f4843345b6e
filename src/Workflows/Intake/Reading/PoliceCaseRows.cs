using static Assize.Workflows.Intake.Reading.PoliceValue;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Below Case, into prosecutionSubmissionDetails.</summary>
internal static class PoliceCaseRows
{
    public static IReadOnlyList<PoliceRow> All { get; } =
    [
        new("PTIURN", "urn", Text),
        new("OriginatingOrganisation", "prosecutingAuthority", Text),
        new("CaseInitiation", "initiationCode", Text),
        new("InitiationCode", "initiationCode", Text),
        new("SummonsCode", "summonsCode", Text),
        new("Informant", "informant", Text),
        new("CPSorganisation", "cpsOrganisation", Text),
        new("CaseMarker", "caseMarker", Text),
        new("VehicleOperatorLicenceNumber", "vehicleOperatorLicenceNumber", Text),
        new("InitialHearing/CourtHearingLocation", "hearingDetails/courtHearingLocation", Text),
        new("InitialHearing/DateOfHearing", "hearingDetails/dateOfHearing", Day),
        new("InitialHearing/TimeOfHearing", "hearingDetails/timeOfHearing", Text), // then to London's clock: HearingTime
        new("OtherPartyOfficerInCase/OfficerName", "officerInCase/nameDetails", Name),
        new("OtherPartyOfficerInCase/PoliceOfficerRank", "officerInCase/rank", Text),
        new("OtherPartyOfficerInCase/PoliceWorkerReferenceNumber", "officerInCase/reference", Text),
        new("OtherPartyOfficerInCase/PoliceWorkerLocationCode", "officerInCase/locationCode", Text),
        new("OtherPartyOfficerInCase/StructuredAddress", "officerInCase/address", Address),
        new("OtherPartyOfficerInCase/DXaddress", "officerInCase/dxAddress", Text),
        new("OtherPartyOfficerInCase/FAXnumber", "officerInCase/faxNumber", Text),
        .. PolicePersonRows.Contact("OtherPartyOfficerInCase/", "officerInCase/contactDetails/"),
    ];
}
