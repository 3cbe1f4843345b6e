using static Assize.Workflows.Intake.Reading.PoliceValue;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Below Defendant, into an item of defendants.</summary>
internal static class PoliceDefendantRows
{
    public static IReadOnlyList<PoliceRow> All { get; } =
    [
        new("ProsecutorReference", "defendantDetails/asn", Text),
        new("PoliceIndividualDefendant/PersonDefendant/PNCidentifier", "defendantDetails/pncIdentifier", Text),
        new("PoliceCorporateDefendant/PNCidentifier", "defendantDetails/pncIdentifier", Text), // only where the person has none
        new("PoliceIndividualDefendant/CROnumber", "defendantDetails/croNumber", Text),
        new("PoliceCorporateDefendant/CROnumber", "defendantDetails/croNumber", Text),
        new("PoliceIndividualDefendant/LanguageOptions/DocumentationLanguage", "defendantDetails/documentationLanguage", Text),
        new("PoliceIndividualDefendant/LanguageOptions/HearingLanguage", "defendantDetails/hearingLanguage", Text),
        new("PoliceIndividualDefendant/Address", "defendantDetails/address", Address),
        .. PolicePersonRows.Person("PoliceIndividualDefendant/PersonDefendant/BasePersonDetails/", "individual/"),
        new("PoliceIndividualDefendant/PersonDefendant/PersonStatedNationality", "individual/nationality", Text),
        new("PoliceIndividualDefendant/PersonDefendant/BailConditions", "individual/bailConditions", Text),
        new("PoliceIndividualDefendant/PerceivedBirthYear", "individual/perceivedBirthYear", Number),
        new("PoliceIndividualDefendant/PersonEthnicity/ObservedEthnicity", "individual/observedEthnicity", Number),
        new("PoliceIndividualDefendant/PersonEthnicity/SelfDefinedEthnicity", "individual/ethnicity", Text),
        new("PoliceIndividualDefendant/OccupationCode", "individual/occupationCode", Number),
        new("PoliceIndividualDefendant/Occupation", "individual/occupation", Text),
        new("PoliceIndividualDefendant/OffenderCode", "individual/offenderCode", Text),
        new("PoliceIndividualDefendant/CustodyStatus", "individual/custodyStatus", Text),
        new("PoliceIndividualDefendant/LanguageNeeds", "individual/languageRequirement", Text),
        new("PoliceIndividualDefendant/SpecialNeeds", "individual/specificRequirements", Text),
        new("PoliceIndividualDefendant/DriverInformation/DriverNumber", "individual/driverNumber", Text),
        new("PoliceIndividualDefendant/DriverInformation/DriverLicenceCode", "individual/driverLicenceCode", Text),
        new("PoliceIndividualDefendant/DriverInformation/DriverLicenceIssue", "individual/driverLicenceIssue", Text),
        new("PoliceIndividualDefendant/CounterpartIssue", "individual/counterpartIssue", Text),
        new("PoliceIndividualDefendant/Alias", "individual/aliases", Name) { Each = true },
        .. PolicePersonRows.Person("PoliceIndividualDefendant/ParentGuardianDetails/BasePersonDetails/", "individual/parentGuardian/individual/"),
        new("PoliceIndividualDefendant/ParentGuardianDetails/PersonEthnicity/ObservedEthnicity", "individual/parentGuardian/individual/observedEthnicity", Number),
        new("PoliceIndividualDefendant/ParentGuardianDetails/PersonEthnicity/SelfDefinedEthnicity", "individual/parentGuardian/individual/selfDefinedEthnicity", Text),
        new("PoliceIndividualDefendant/ParentGuardianDetails/Address", "individual/parentGuardian/address", Address),
        new("PoliceCorporateDefendant/OrganisationName/OrganisationName", "organisation/organisationName", Text),
        new("PoliceCorporateDefendant/TelephoneNumberBusiness", "organisation/companyTelephoneNumber", Text),
        new("PoliceCorporateDefendant/EmailDetails/EmailAddress1", "organisation/contactDetails/primaryEmail", Text),
        new("PoliceCorporateDefendant/EmailDetails/EmailAddress2", "organisation/contactDetails/secondaryEmail", Text),
        new("PoliceCorporateDefendant/Address", "organisation/address", Address),
        new("PoliceCorporateDefendant/Alias", "organisation/aliases", Text) { Each = true },
    ];
}
