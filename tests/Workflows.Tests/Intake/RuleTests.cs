using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using CsCheck;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

public sealed class RuleTests
{
    private const string Person = "/defendants/0/individual";
    private const string Offence = "/defendants/0/offences/1";
    private const string Details = "/prosecutionSubmissionDetails";

    // One line per fault: the code, what is changed in a charge without problems, and where the problem must point.
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "CASE_INITIATION_CODE_INVALID", $"{Details}/initiationCode=\"J\"", $"{Details}/initiationCode", "C (charge)" },
        { "SUMMONS_CODE_INVALID", $"{Details}/initiationCode=\"S\"", $"{Details}/summonsCode", "kind of summons" },
        { "SUMMONS_CODE_INVALID", $"{Details}/summonsCode=\"Q\"", $"{Details}/summonsCode", "kind of summons" },
        { "CASE_MARKER_IS_INVALID", $"{Details}/caseMarker=\"DV QQ\"", $"{Details}/caseMarker", "'QQ'" },
        { "CPS_ORGANISATION_INVALID", $"{Details}/cpsOrganisation=\"A99AB00\"", $"{Details}/cpsOrganisation", "A99AB00" },
        { "PROSECUTOR_OUCODE_NOT_RECOGNISED", $"{Details}/prosecutingAuthority=\"GAXXX99\"", $"{Details}/prosecutingAuthority", "GAXXX99" },
        { "HEADER_OUCODE_NOT_RECOGNISED", "/oucode=\"GAXXX99\"", "/oucode", "GAXXX99" },
        { "POLICE_FORCE_CODE_INVALID", $"{Details}/urn=\"99LV1234526\"", $"{Details}/urn", "'99'" },
        { "URN_INVALID", $"{Details}/urn=\"05/LV\"", $"{Details}/urn", "05/LV" },
        { "URN_INVALID", $"{Details}/urn=\"05lv1234526\"", $"{Details}/urn", "capital" },
        { "DATE_OF_HEARING_NOT_AVAILABLE", $"{Details}/hearingDetails/dateOfHearing=null", $"{Details}/hearingDetails/dateOfHearing", "2026-07-07" },
        { "DATE_OF_HEARING_IN_THE_PAST", $"{Details}/hearingDetails/dateOfHearing=\"2026-07-05\"", $"{Details}/hearingDetails/dateOfHearing", "2026-07-06" },
        { "DATE_OF_HEARING_EARLIER_THAN_OFFENCE_COMMITTED_DATE", $"{Offence}/offenceDetails/offenceCommittedDate=\"2026-07-21\"", $"{Details}/hearingDetails/dateOfHearing", "2026-07-21" },
        { "COURT_HEARING_LOCATION_OUCODE_INVALID", $"{Details}/hearingDetails/courtHearingLocation=\"B06XX00\"", $"{Details}/hearingDetails/courtHearingLocation", "B06XX00" },
        { "COURT_HEARING_LOCATION_OUCODE_INVALID", $"{Details}/hearingDetails/courtHearingLocation=\"C05LV00\"", $"{Details}/hearingDetails/courtHearingLocation", "magistrates' court" },
        { "HEARING_TYPE_CODE_INVALID", $"{Details}/hearingDetails/hearingTypeCode=\"ZZ\"", $"{Details}/hearingDetails/hearingTypeCode", "'ZZ'" },
        { "DEFENDANT_PERSON_OR_ORGANISATION_REQUIRED", $"{Person}=null", Person, "neither" },
        { "DEFENDANT_PERSON_AND_ORGANISATION", "/defendants/0/organisation={\"organisationName\":\"Dearden Ltd\"}", "/defendants/0/organisation", "both" },
        { "ASN_MISSING", "/defendants/0/defendantDetails/asn=null", "/defendants/0/defendantDetails/asn", "none" },
        { "ASN_INVALID", "/defendants/0/defendantDetails/asn=\"???\"", "/defendants/0/defendantDetails/asn", "'???'" },
        { "ASN_CHECK_LETTER_INVALID", "/defendants/0/defendantDetails/asn=\"2605LV0100000009171A\"", "/defendants/0/defendantDetails/asn", "end in H" },
        { "INVALID_PNC_ID", "/defendants/0/defendantDetails/pncIdentifier=\"Test PNC\"", "/defendants/0/defendantDetails/pncIdentifier", "Test PNC" },
        { "PNC_CHECK_LETTER_INVALID", "/defendants/0/defendantDetails/pncIdentifier=\"2019/0048213A\"", "/defendants/0/defendantDetails/pncIdentifier", "end in U" },
        { "INVALID_CRO_NUMBER", "/defendants/0/defendantDetails/croNumber=\"12345\"", "/defendants/0/defendantDetails/croNumber", "12345" },
        { "INVALID_DEFENDANT_POST_CODE", "/defendants/0/defendantDetails/address/postcode=\"M1 1A\"", "/defendants/0/defendantDetails/address/postcode", "M1 1A" },
        { "INVALID_DEFENDANT_INDIVIDUAL_POST_CODE", $"{Person}/address={{\"postcode\":\"M1 1A\"}}", $"{Person}/address/postcode", "M1 1A" },
        { "INVALID_GUARDIAN_POST_CODE", $"{Person}/parentGuardian={{\"address\":{{\"postcode\":\"M1 1A\"}}}}", $"{Person}/parentGuardian/address/postcode", "M1 1A" },
        { "DEFENDANT_PRIMARY_EMAIL_ADDRESS_INVALID", $"{Person}/contactDetails/primaryEmail=\"a@b\"", $"{Person}/contactDetails/primaryEmail", "a@b" },
        { "DEFENDANT_SECONDARY_EMAIL_ADDRESS_INVALID", $"{Person}/contactDetails/secondaryEmail=\"a b@c.d\"", $"{Person}/contactDetails/secondaryEmail", "a b@c.d" },
        { "DEFENDANT_DOB_NOT_PRESENT", $"{Person}/dateOfBirth=null", $"{Person}/dateOfBirth", "none" },
        { "DEFENDANT_DOB_IN_FUTURE", $"{Person}/dateOfBirth=\"2026-07-07\"", $"{Person}/dateOfBirth", "2026-07-07" },
        { "DEFENDANT_PERCEIVED_BIRTH_YEAR_IN_FUTURE", $"{Person}/perceivedBirthYear=2027", $"{Person}/perceivedBirthYear", "2027" },
        { "DEFENDANT_PARENT_GUARDIAN_DATE_OF_BIRTH_IN_FUTURE", $"{Person}/parentGuardian={{\"individual\":{{\"dateOfBirth\":\"2026-07-07\"}}}}", $"{Person}/parentGuardian/individual/dateOfBirth", "2026-07-07" },
        { "DEFENDANT_OBSERVED_ETHNICITY_INVALID", $"{Person}/observedEthnicity=8", $"{Person}/observedEthnicity", "'8'" },
        { "DEFENDANT_SELF_DEFINED_ETHNICITY_INVALID", $"{Person}/ethnicity=\"Z1\"", $"{Person}/ethnicity", "'Z1'" },
        { "DEFENDANT_PARENT_GUARDIAN_OBSERVED_ETHNICITY_INVALID", $"{Person}/parentGuardian={{\"individual\":{{\"observedEthnicity\":8}}}}", $"{Person}/parentGuardian/individual/observedEthnicity", "'8'" },
        { "DEFENDANT_PARENT_GUARDIAN_SELF_DEFINED_ETHNICITY_INVALID", $"{Person}/parentGuardian={{\"individual\":{{\"selfDefinedEthnicity\":\"Z1\"}}}}", $"{Person}/parentGuardian/individual/selfDefinedEthnicity", "'Z1'" },
        { "DEFENDANT_NATIONALITY_INVALID", $"{Person}/nationality=\"001\"", $"{Person}/nationality", "'001'" },
        { "DEFENDANT_ADDITIONAL_NATIONALITY_INVALID", $"{Person}/additionalNationality=\"QQQ\"", $"{Person}/additionalNationality", "'QQQ'" },
        { "DEFENDANT_CUSTODY_STATUS_INVALID", $"{Person}/custodyStatus=\"X\"", $"{Person}/custodyStatus", "'X'" },
        { "DEFENDANT_CUSTODY_STATUS_INVALID", $"{Person}/custodyStatus=null", $"{Person}/custodyStatus", "nothing" },
        { "BAIL_CONDITIONS_REQUIRED", $"{Person}/bailConditions=null", $"{Person}/bailConditions", "conditional bail" },
        { "OFFENDER_CODE_IS_INVALID", $"{Person}/offenderCode=\"QQ\"", $"{Person}/offenderCode", "'QQ'" },
        { "VALUE_NOT_LISTED", $"{Person}/gender=3", $"{Person}/gender", "9 not specified" },
        { "VALUE_NOT_LISTED", "/defendants/0/defendantDetails/hearingLanguage=\"F\"", "/defendants/0/defendantDetails/hearingLanguage", "W Welsh" },
        { "DEFENDANT_OFFENCE_VEHICLE_CODE", $"{Offence}/offenceDetails/vehicleCode=\"Z\"", $"{Offence}/offenceDetails/vehicleCode", "'Z'" },
        { "OFFENCE_CODE_IS_INVALID", $"{Offence}/offenceDetails/cjsOffenceCode=\"TH680I0\"", $"{Offence}/offenceDetails/cjsOffenceCode", "TH680I0" },
        { "OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE", $"{Offence}/offenceDetails/cjsOffenceCode=\"SC15005\";{Offence}/offenceDetails/offenceCommittedDate=\"2022-06-06\"", $"{Offence}/offenceDetails/cjsOffenceCode", "from 2022-06-07" },
        { "OFFENCE_OUT_OF_TIME", $"{Offence}/offenceDetails/offenceCommittedDate=\"2026-01-02\"", $"{Offence}/chargeDate", "Magistrates' Courts Act 1980 s.127" },
        { "OFFENCE_DATE_CODE_IS_INVALID", $"{Offence}/offenceDetails/offenceDateCode=7", $"{Offence}/offenceDetails/offenceDateCode", "'7'" },
        { "OFFENCE_DATE_CODE_IS_INVALID", $"{Offence}/offenceDetails/offenceDateCode=4", $"{Offence}/offenceDetails/offenceDateCode", "end date" },
        { "OFFENCE_COMMITTED_DATE_RANGE_INVALID", $"{Offence}/offenceDetails/offenceCommittedEndDate=\"2026-07-01\"", $"{Offence}/offenceDetails/offenceCommittedEndDate", "2026-07-01" },
        { "CHARGE_DATE_EARLIER_THAN_OFFENCE_COMMITTED_DATE", $"{Offence}/chargeDate=\"2026-07-01\"", $"{Offence}/chargeDate", "2026-07-01" },
        { "CHARGE_DATE_IN_FUTURE", $"{Offence}/chargeDate=\"2026-07-07\"", $"{Offence}/chargeDate", "2026-07-07" },
        { "CHARGE_DATE_IS_NOT_PRESENT", $"{Offence}/chargeDate=null", $"{Offence}/chargeDate", "none" },
        { "ARREST_DATE_IN_FUTURE", $"{Offence}/arrestDate=\"2026-07-07\"", $"{Offence}/arrestDate", "2026-07-07" },
        { "LAID_DATE_IN_FUTURE", $"{Offence}/laidDate=\"2026-07-07\"", $"{Offence}/laidDate", "2026-07-07" },
        { "OFFENCE_REQUIRES_A_LOCATION", $"{Offence}/offenceDetails/cjsOffenceCode=\"CJ67002\";{Offence}/offenceDetails/offenceLocation=null", $"{Offence}/offenceDetails/offenceLocation", "CJ67002" },
        { "ALCOHOL_DRUG_LEVEL_METHOD_MISSING", $"{Offence}/offenceDetails/cjsOffenceCode=\"RT88007\"", $"{Offence}/offenceDetails/alcoholRelatedOffence/alcoholOrDrugLevelMethod", "measured" },
        { "ALCOHOL_DRUG_LEVEL_AMOUNT_MISSING", $"{Offence}/offenceDetails/cjsOffenceCode=\"RT88007\"", $"{Offence}/offenceDetails/alcoholRelatedOffence/alcoholOrDrugLevelAmount", "level" },
        { "ALCOHOL_DRUG_LEVEL_METHOD_INVALID", $"{Offence}/offenceDetails/alcoholRelatedOffence={{\"alcoholOrDrugLevelMethod\":\"Q\"}}", $"{Offence}/offenceDetails/alcoholRelatedOffence/alcoholOrDrugLevelMethod", "'Q'" },
        { "BACK_DUTY_AMOUNT_MISSING", $"{Offence}/offenceDetails/cjsOffenceCode=\"VE94014\"", $"{Offence}/offenceDetails/backDuty", "amount" },
        { "BACK_DUTY_DATE_RANGE_INVALID", $"{Offence}/offenceDetails/backDuty=\"12.00\"", $"{Offence}/offenceDetails/backDutyDateFrom", "both" },
        { "BACK_DUTY_DATE_RANGE_INVALID", $"{Offence}/offenceDetails/backDuty=\"12.00\";{Offence}/offenceDetails/backDutyDateFrom=\"2026-05-02\";{Offence}/offenceDetails/backDutyDateTo=\"2026-05-01\"", $"{Offence}/offenceDetails/backDutyDateFrom", "2026-05-02" },
        { "STATEMENT_OF_FACTS_REQUIRED", $"{Details}/initiationCode=\"S\"", $"{Offence}/offenceDetails/statementOfFacts", "summons" },
        { "STATEMENT_OF_FACTS_WELSH_REQUIRED", $"{Details}/initiationCode=\"S\";/defendants/0/defendantDetails/documentationLanguage=\"W\"", $"{Offence}/offenceDetails/statementOfFactsWelsh", "Welsh" },
        { "MEMBER_REQUIRED", $"{Person}/nationality=null", $"{Person}/nationality", "missing" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_Fault_IsFoundWhereItIs(string code, string changes, string pointer, string words)
    {
        JsonObject charge = Changed(changes);

        Problem problem = Assert.Single(IntakeExamples.Check(charge), problem => problem.Code == code && problem.Pointer == pointer);
        Assert.StartsWith("Expected ", problem.Message);
        Assert.Contains(words, problem.Message);
        Assert.True(problem.Opens(pointer));
        JsonPointer.TryFind(charge, pointer, out JsonNode? value);
        Assert.True(JsonNode.DeepEquals(value, problem.Value) || problem.Value is null);
    }

    [Fact]
    public void DuplicateDefendants_ByIdOrByNameAndBirth_AreFound()
    {
        JsonObject charge = IntakeExamples.Charge();
        JsonArray defendants = charge["defendants"]!.AsArray();
        defendants.Add(defendants[0]!.DeepClone());
        Assert.Equal("/defendants/1/defendantDetails/prosecutorDefendantId", Single(charge).Pointer);

        JsonPointer.TrySet(charge, "/defendants/1/defendantDetails/prosecutorDefendantId", "LV-26-00917-B");
        Assert.Equal("/defendants/1/individual/nameDetails/surname", Single(charge).Pointer);

        JsonPointer.TrySet(charge, "/defendants/1/individual/dateOfBirth", "1993-01-05");
        Assert.Empty(IntakeExamples.Check(charge));

        static Problem Single(JsonObject charge) => Assert.Single(IntakeExamples.Check(charge), problem => problem.Code == "DUPLICATE_DEFENDANT");
    }

    [Fact]
    public void GenericOffence_OfAList_IsFound()
    {
        ReferenceData reference = EmbeddedReference.Data.With([new ReferenceItem(ReferenceLists.Offence, "CJ88999", null, null, new JsonObject { ["generic"] = true })]);

        Assert.Contains(IntakeExamples.Check(IntakeExamples.With($"{Offence}/offenceDetails/cjsOffenceCode", "CJ88999"), reference: reference), problem => problem.Code == "OFFENCE_CODE_IS_GENERIC");
    }

    [Fact]
    public void PoliceXml_UnknownOrganisation_HasItsOwnCode()
    {
        JsonObject canonical = IntakeExamples.ReadPolice(IntakeExamples.Police().Replace("<OriginatingOrganisation>106MM00", "<OriginatingOrganisation>199MM00")).Canonical;

        Assert.Equal("ORIGINATING_ORGANISATION_INVALID", Assert.Single(IntakeExamples.Check(canonical, SubmissionFormat.PoliceXml)).Code);
    }

    [Theory]
    [InlineData("TH68023A")]
    [InlineData("TH68023C")]
    public void OffenceCode_WithASuffix_IsTheOffence(string code) =>
        Assert.Empty(IntakeExamples.Check(IntakeExamples.With($"{Offence}/offenceDetails/cjsOffenceCode", code)));

    [Theory]
    [InlineData("2026-01-03", "CJ88116", true)] // six months to the day
    [InlineData("2026-01-02", "CJ88116", false)]
    [InlineData("2020-01-02", "TH68010", true)] // either way: no limit
    [InlineData("2024-07-03", "RT88191", true)] // three years by its own Act
    [InlineData("2023-07-02", "RT88191", false)]
    public void TimeLimit_IsAFactOfTheOffence(string committed, string code, bool isInTime)
    {
        JsonObject charge = Changed($"{Offence}/offenceDetails/offenceCommittedDate=\"{committed}\";{Offence}/offenceDetails/cjsOffenceCode=\"{code}\"");

        Assert.Equal(isInTime, IntakeExamples.Check(charge).All(problem => problem.Code != "OFFENCE_OUT_OF_TIME"));
    }

    [Fact]
    public void Requisition_OwesLessThanACharge()
    {
        string xml = IntakeExamples.Police().Replace("<CaseInitiation>C", "<CaseInitiation>Q").Replace("<CustodyStatus>U</CustodyStatus>", "").Replace("<Birthdate>1988-02-19</Birthdate>", "");

        Assert.Empty(IntakeExamples.Check(IntakeExamples.ReadPolice(xml).Canonical, SubmissionFormat.PoliceXml));
    }

    [Fact]
    public void Today_IsLondonsDay()
    {
        Assert.Equal(new DateOnly(2026, 7, 6), LondonTime.DayOf(new DateTimeOffset(2026, 7, 5, 23, 30, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 7, 20, 9, 0, 0, TimeSpan.Zero), LondonTime.Instant(new DateOnly(2026, 7, 20), new TimeOnly(10, 0)));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), LondonTime.Instant(new DateOnly(2026, 3, 29), new TimeOnly(1, 30)));
    }

    [Theory]
    [InlineData("1101ZD0100000448754K")]
    [InlineData("2505LV0100000012345J")]
    [InlineData("2506CC0100000000777Q")]
    [InlineData("2662DC0100000000001A")]
    [InlineData("0416BH0000000090557N")]
    public void Asn_KnownNumbers_EndInTheirLetter(string asn) => Assert.Equal(asn[^1], ArrestSummonsNumber.ExpectedLetter(asn));

    [Fact]
    public void Asn_AnyOneDigitSlip_IsNoticed() =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[1, 99], Gen.Long[0, 99_999_999_999], Gen.Int[0, 10], Gen.Int[1, 9]).Sample((year, force, number, place, slip) =>
        {
            string digits = $"{number:00000000000}";
            string asn = $"{year:00}{force:00}AB01{digits}";
            char letter = ArrestSummonsNumber.ExpectedLetter(asn + "A")!.Value;
            char[] slipped = digits.ToCharArray();
            slipped[place] = (char)('0' + ((slipped[place] - '0' + slip) % 10));

            Assert.NotEqual(letter, ArrestSummonsNumber.ExpectedLetter($"{year:00}{force:00}AB01{new string(slipped)}A"));
        }, iter: 1000);

    [Fact]
    public void EveryCode_HasARule_ASeverityAndAFault()
    {
        HashSet<string> byRules = [.. ChargeRules.All.SelectMany(rule => rule.Codes)];
        string[] elsewhere = [ProblemCodes.Duplicated, .. ShapeCodes, ProblemCodes.UnmappedElement];

        Assert.Equal(ProblemCodes.All.Order(), byRules.Concat(elsewhere).Distinct().Order());
        string[] tested = [.. Faults.Select(row => row.Data.Item1)];
        Assert.Empty(byRules.Except(tested).Except(["DUPLICATE_DEFENDANT", "OFFENCE_CODE_IS_GENERIC", "ORIGINATING_ORGANISATION_INVALID"]));
        Assert.Empty(CodesElsewhere.All.Keys.Intersect(ProblemCodes.All));
    }

    [Theory]
    [InlineData(ProblemCodes.AsnCheckLetter, Severity.Warning)]
    [InlineData("OFFENCE_NOT_IN_EFFECT_ON_OFFENCE_COMMITTED_DATE", Severity.Error)]
    [InlineData("OFFENCE_OUT_OF_TIME", Severity.Error)]
    [InlineData("INVALID_PNC_ID", Severity.Error)]
    [InlineData("CASE_MARKER_IS_INVALID", Severity.Error)]
    public void Severities_AreAsRecommended(string code, Severity severity) => Assert.Equal(severity, ProblemCodes.SeverityOf(code));

    private static readonly string[] ShapeCodes =
        [ProblemCodes.MemberRequired, ProblemCodes.MemberType, ProblemCodes.MemberTooLong, ProblemCodes.DateInvalid, ProblemCodes.TimeInvalid, ProblemCodes.UnknownMember];

    private static JsonObject Changed(string changes)
    {
        JsonObject charge = IntakeExamples.Charge();
        foreach (string change in changes.Split(';'))
        {
            int at = change.IndexOf('=', StringComparison.Ordinal);
            JsonPointer.TrySet(charge, change[..at], JsonNode.Parse(change[(at + 1)..]));
        }

        return charge;
    }
}
