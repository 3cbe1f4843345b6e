using static Assize.Workflows.Intake.Reading.Shape;

namespace Assize.Workflows.Intake.Reading;

/// <summary>
/// The canonical charge: the published charge schema, and what its unpublished parts hold by example. Members
/// under "police XML" come only from there; the published schema has no place for them.
/// </summary>
internal static class ChargeShape
{
    private static readonly Shape s_details = Object(
        ("prosecutingAuthority", Text(7).Always), ("informant", Text(92)), ("urn", Text(36).Always), ("caseMarker", Text(10)),
        ("hearingDetails", Object(
            ("courtHearingLocation", Text(7).Always), ("dateOfHearing", Day), ("timeOfHearing", Time), ("hearingTypeCode", Text(10))).Always),
        // police XML
        ("initiationCode", Text(1)), ("summonsCode", Text(1)), ("cpsOrganisation", Text(10)), ("vehicleOperatorLicenceNumber", Text(9)),
        ("officerInCase", PersonShape.Officer));

    public static Shape Root { get; } = Object(
        ("prosecutionSubmissionDetails", s_details.Always),
        ("oucode", Text(7)),
        ("submissionId", Text(36)),
        ("defendants", List(Object(
            ("defendantDetails", Object(
                ("prosecutorDefendantId", Text(70)), ("asn", Text(21)), ("pncIdentifier", Text(13)), ("croNumber", Text(12)), ("prosecutorCosts", Money),
                ("hearingLanguage", Text(1)), ("documentationLanguage", Text(1)), ("numPreviousConvictions", Integer), ("address", PersonShape.Address)).InCharge),
            ("individual", PersonShape.Person),
            ("organisation", PersonShape.Organisation),
            ("offences", List(Object(
                ("offenceDetails", OffenceShape.OffenceDetails.Always), ("chargeDate", Day), ("arrestDate", Day.InCharge), ("laidDate", Day)), atLeastOne: true).Always)),
            atLeastOne: true).Always));
}
