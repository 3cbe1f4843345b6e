using System.Collections.Frozen;

namespace Assize.Workflows.Intake.Rules;

/// <summary>The platform's problem codes that no charge can get.</summary>
public static class CodesElsewhere
{
    /// <summary>Each with the reason.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["CASE_ALREADY_EJECTED"] = "cases are never ejected to an older system here",
        ["CASE_REFERRED_TO_OPEN_COURT"] = "single justice only",
        ["CASE_IS_IN_SESSION"] = "single justice only",
        ["SUMMONS_APPLICATION_REJECTED"] = "answers a summons application",
        ["PROSECUTOR_NOT_RECOGNISED_AS_AN_AUTHORISED_SJP_PROSECUTOR"] = "single justice only",
        ["PROSECUTOR_NOT_AOCP_APPROVED"] = "single justice only",
        ["GROUP_PROSECUTION_CASE_COUNT_INVALID"] = "civil groups only",
        ["MORE_THAN_ONE_DEFENDANT_PER_PROSECUTION_CASE"] = "civil cases only",
        ["COURT_LOCATION_OUCODE_INVALID"] = "the court of an application or a material; a charge names its hearing's court",
        ["CASE_LIST_NEW_LISTING_HEARING"] = "answers a request to list again",
        ["DEFENDANT_UNDER_18_YEARS_AT_CHARGE_DATE"] = "single justice only; a youth may be charged",
        ["DEFENDANT_INITIATION_CODE_INVALID"] = "one initiation per case in both formats",
        ["DEFENDANT_ON_CP"] = "matching of defendants between cases comes with the case record",
        ["DEFENDANT_ID_REQUIRED"] = "a material's reference to a defendant",
        ["DEFENDANT_ID_INVALID"] = "a material's reference to a defendant",
        ["OFFENCE_NOT_SUMMARY"] = "single justice only",
        ["IMPRISONABLE_OFFENCE"] = "single justice only",
        ["NON_CIVIL_OFFENCES"] = "civil cases only",
        ["CIVIL_OFFENCE_CODE_IS_INVALID"] = "civil cases only",
        ["DIFFERENT_TYPE_CIVIL_OFFENCES"] = "civil cases only",
        ["MORE_THAN_ONE_OFFENCE_PER_DEFENDANT"] = "civil cases only",
        ["INVALID_FILE_TYPE"] = "material only",
        ["INVALID_DOCUMENT_TYPE"] = "material only",
        ["MATERIAL_EXPIRED"] = "material only",
        ["APPLICATION_ID_NOT_FOUND"] = "material only",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
