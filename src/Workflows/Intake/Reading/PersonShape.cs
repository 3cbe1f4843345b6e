using static Assize.Workflows.Intake.Reading.Shape;

namespace Assize.Workflows.Intake.Reading;

/// <summary>People, organisations and addresses of the canonical charge.</summary>
internal static class PersonShape
{
    public static Shape Address { get; } = Object(
        ("address1", Text(70)), ("address2", Text(70)), ("address3", Text(70)), ("address4", Text(70)), ("address5", Text(70)),
        ("postcode", Text(10)));

    public static Shape Name { get; } = Object(
        ("title", Text(35)), ("forename", Text(70)), ("forename2", Text(70)), ("forename3", Text(70)), ("surname", Text(70).Always));

    public static Shape Contact { get; } = Object(
        ("workTelephoneNumber", Text(35)), ("homeTelephoneNumber", Text(35)), ("mobileTelephoneNumber", Text(35)),
        ("primaryEmail", Text(256)), ("secondaryEmail", Text(256)));

    public static Shape Organisation { get; } = Object(
        ("organisationName", Text(255).Always), ("companyTelephoneNumber", Text(35)), ("contactDetails", Contact), ("address", Address),
        ("aliases", List(Text(255))));

    public static Shape Guardian { get; } = Object(
        ("individual", Object(
            ("nameDetails", Name), ("contactDetails", Contact), ("dateOfBirth", Day), ("gender", Integer),
            ("observedEthnicity", Integer), ("selfDefinedEthnicity", Text(2)))),
        ("organisation", Organisation),
        ("address", Address));

    public static Shape Person { get; } = Object(
        ("nameDetails", Name.Always), ("contactDetails", Contact), ("address", Address), ("dateOfBirth", Day), ("gender", Integer.Always),
        ("nationality", Text(3).InCharge), ("additionalNationality", Text(3)), ("ethnicity", Text(2).InCharge), ("observedEthnicity", Integer.InCharge),
        ("occupation", Text(54)), ("occupationCode", Integer), ("driverNumber", Text(16)), ("nationalInsuranceNumber", Text(9)),
        ("custodyStatus", Text(1)), ("bailConditions", Text(2500)), ("languageRequirement", Text(150)), ("specificRequirements", Text(150)),
        ("parentGuardian", Guardian), ("aliases", List(Name)),
        // police XML
        ("perceivedBirthYear", Integer), ("offenderCode", Text(3)), ("driverLicenceCode", Text(1)), ("driverLicenceIssue", Text(2)),
        ("counterpartIssue", Text(1)));

    public static Shape Officer { get; } = Object(
        ("nameDetails", Name), ("rank", Text(35)), ("reference", Text(15)), ("locationCode", Text(10)), ("address", Address),
        ("contactDetails", Contact), ("dxAddress", Text(80)), ("faxNumber", Text(35)));
}
