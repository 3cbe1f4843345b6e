namespace Assize.Workflows.Intake.Reference;

/// <summary>The code lists that intake knows.</summary>
public static class ReferenceLists
{
    public const string Offence = "offence";
    public const string Court = "court";
    public const string Force = "force";
    public const string Prosecutor = "prosecutor";

    /// <summary>Prosecuting authorities, and the agency of the platform that each is.</summary>
    public const string AuthorityAgency = "authority-agency";
    public const string SelfDefinedEthnicity = "ethnicity-self-defined";
    public const string ObservedEthnicity = "ethnicity-observed";
    public const string Nationality = "nationality";
    public const string CustodyStatus = "custody-status";
    public const string HearingType = "hearing-type";
    public const string Initiation = "initiation";
    public const string Summons = "summons";
    public const string CaseMarker = "case-marker";
    public const string AlcoholMethod = "alcohol-drug-method";
    public const string OffenceDateCode = "offence-date-code";
    public const string VehicleCode = "vehicle-code";
    public const string OffenderCode = "offender-code";
    public const string Gender = "gender";
    public const string Language = "language";

    /// <summary>Time limits for beginning a prosecution, by category of offence; an offence's own limit wins.</summary>
    public const string TimeLimit = "time-limit";
}
