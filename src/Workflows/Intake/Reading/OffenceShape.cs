using static Assize.Workflows.Intake.Reading.Shape;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Offences of the canonical charge.</summary>
internal static class OffenceShape
{
    public static Shape Victim { get; } = Object(
        ("nameDetails", Object(("title", Text(35)), ("forename", Text(70)), ("forename2", Text(70)), ("forename3", Text(70)), ("surname", Text(70)))),
        ("address", PersonShape.Address), ("contactDetails", PersonShape.Contact), ("dateOfBirth", Day), ("gender", Integer), ("observedEthnicity", Integer),
        ("selfDefinedEthnicity", Text(2)));

    public static Shape OffenceDetails { get; } = Object(
        ("cjsOffenceCode", Text(8).Always), ("offenceSequenceNo", Integer.Always), ("offenceCommittedDate", Day.Always), ("offenceCommittedEndDate", Day),
        ("offenceDateCode", Integer.Always), ("offenceLocation", Text(80)), ("offenceWording", Text(2500).Always), ("offenceWordingWelsh", Text(2500)),
        ("statementOfFacts", Text(4000)), ("statementOfFactsWelsh", Text(4000)),
        ("alcoholRelatedOffence", Object(("alcoholOrDrugLevelMethod", Text(1)), ("alcoholOrDrugLevelAmount", Integer))),
        ("prosecutorCompensation", Money), ("backDuty", Money), ("backDutyDateFrom", Day), ("backDutyDateTo", Day),
        ("vehicleMake", Text(54)), ("vehicleRegistrationMark", Text(11)),
        // police XML
        ("offenceStartTime", Time), ("offenceEndTime", Time), ("vehicleCode", Text(1)), ("victims", List(Victim)));
}
