using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Intake;

/// <summary>The published examples: which problems each has on its own day, and that mending just those makes it valid.</summary>
public sealed class SharedExampleTests
{
    // What a person would give for each faulty value; a pointer that stands for both defendants or all offences ends the same.
    private static readonly (string PointerEnd, JsonNode? Value)[] s_answers =
    [
        ("/prosecutingAuthority", "0450000"),
        ("/courtHearingLocation", "B05PK00"),
        ("/asn", "2505LV0100000012345J"),
        ("/pncIdentifier", "2016/0000400C"),
        ("/croNumber", "440847/45N"),
        ("/cjsOffenceCode", "TH68010"),
        ("/nationality", "GBR"),
        ("/custodyStatus", "U"),
        ("/organisation", null),
        ("/chargeDate", "2019-09-07"),
    ];

    internal static JsonNode? Answer(string pointer) => s_answers.Single(answer => pointer.EndsWith(answer.PointerEnd, StringComparison.Ordinal)).Value?.DeepClone();

    [Fact]
    public void Charge_OnItsDay_HasThesePlaceholders() => Expect("intake/example/charge-prosecution.json", SubmissionFormat.ChargeJson, new DateOnly(2019, 9, 10),
    [
        "PROSECUTOR_OUCODE_NOT_RECOGNISED /prosecutionSubmissionDetails/prosecutingAuthority",
        "COURT_HEARING_LOCATION_OUCODE_INVALID /prosecutionSubmissionDetails/hearingDetails/courtHearingLocation",
        "INVALID_PNC_ID /defendants/0/defendantDetails/pncIdentifier",
        "INVALID_PNC_ID /defendants/1/defendantDetails/pncIdentifier",
        "INVALID_CRO_NUMBER /defendants/0/defendantDetails/croNumber",
        "OFFENCE_CODE_IS_INVALID /defendants/0/offences/0/offenceDetails/cjsOffenceCode",
        "OFFENCE_CODE_IS_INVALID /defendants/1/offences/0/offenceDetails/cjsOffenceCode",
        "ASN_INVALID /defendants/0/defendantDetails/asn",
        "ASN_INVALID /defendants/1/defendantDetails/asn",
        "CHARGE_DATE_EARLIER_THAN_OFFENCE_COMMITTED_DATE /defendants/0/offences/0/chargeDate",
        "CHARGE_DATE_EARLIER_THAN_OFFENCE_COMMITTED_DATE /defendants/0/offences/1/chargeDate",
        "CHARGE_DATE_EARLIER_THAN_OFFENCE_COMMITTED_DATE /defendants/1/offences/0/chargeDate",
    ]);

    [Fact]
    public void BareNewCase_OnItsDay_HasThesePlaceholders() => Expect("spi/single-defendant-single-offence.xml", SubmissionFormat.PoliceXml, new DateOnly(2004, 12, 9),
    [
        "COURT_HEARING_LOCATION_OUCODE_INVALID /prosecutionSubmissionDetails/hearingDetails/courtHearingLocation",
        "INVALID_PNC_ID /defendants/0/defendantDetails/pncIdentifier",
        "INVALID_CRO_NUMBER /defendants/0/defendantDetails/croNumber",
        "OFFENCE_CODE_IS_INVALID /defendants/0/offences/0/offenceDetails/cjsOffenceCode",
        "DEFENDANT_PERSON_AND_ORGANISATION /defendants/0/organisation",
    ]);

    [Fact]
    public void NewCaseInEnvelope_OnItsDay_HasThesePlaceholders() => Expect("spi/new-case-in-envelope.xml", SubmissionFormat.PoliceXml, new DateOnly(2023, 1, 11),
    [
        "COURT_HEARING_LOCATION_OUCODE_INVALID /prosecutionSubmissionDetails/hearingDetails/courtHearingLocation",
        "DEFENDANT_NATIONALITY_INVALID /defendants/0/individual/nationality",
        "ASN_CHECK_LETTER_INVALID /defendants/0/defendantDetails/asn",
    ]);

    [Fact]
    public void SjpExample_IsNoCharge_AndSaysWhatIsMissing()
    {
        ReadProsecution read = Read("intake/example/sjp-prosecution.json", SubmissionFormat.ChargeJson);
        IReadOnlyList<Problem> problems = IntakeExamples.Check(read.Canonical, day: new DateOnly(2018, 6, 22));

        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.MemberRequired, Pointer: "/defendants" });
        Assert.Contains(problems, problem => problem is { Code: ProblemCodes.UnknownMember, Pointer: "/defendant" });
    }

    [Fact]
    public async Task PublicLists_OverOurs_KnowWhatTheExamplesUse()
    {
        await using var database = await Assize.TestKit.Databases.TestCaseDatabase.CreateAsync(Assize.TestKit.Databases.DatabaseKind.Sqlite);
        await using var db = database.Context();
        Dictionary<string, int> taken = await ImportAsync(database.Database, Repository.SharedData("reference"));
        ReferenceData reference = await new ReferenceStore().CurrentAsync(db, TestContext.Current.CancellationToken);

        Assert.Equal(15_352, taken[ReferenceLists.Offence]);
        Assert.NotNull(reference.Find(ReferenceLists.Offence, "CD98066"));
        Assert.Equal("Magistrates", reference.Find(ReferenceLists.Court, "B01BH00")?.Text("type"));
        Assert.True(reference.Find(ReferenceLists.Offence, "CJ67002")!.Flag("needsLocation"));
        Assert.Equal(new DateOnly(2022, 6, 7), reference.Find(ReferenceLists.Offence, "SC15005")!.From);
        Assert.True(reference.Find(ReferenceLists.Force, "06")!.Flag("localTime"));
    }

    private static async Task<Dictionary<string, int>> ImportAsync(CaseDatabase database, string folder)
    {
        await using CaseDb db = database.CreateDbContext();
        TrackedOperation? operation = await ImportFolder.BeginAsync(db, Caller.Assize, folder, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        await new RunOperations(database, [new ImportReference().Kind], TimeProvider.System).RunTurnAsync(operation!.Id, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await db.Entry(operation).ReloadAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Dictionary<string, int>>(operation.Outcome!)!;
    }

    private static void Expect(string file, SubmissionFormat format, DateOnly day, string[] expected)
    {
        ReadProsecution read = Read(file, format);
        JsonObject canonical = read.Canonical;
        IReadOnlyList<Problem> problems = IntakeExamples.Check(canonical, format, day);

        Assert.Empty(read.Unmapped);
        Assert.Equal(expected.Order(), problems.Select(problem => $"{problem.Code} {problem.Pointer}").Order());
        for (int round = 0; problems.Count > 0 && round < 3; round++)
        {
            foreach (Problem problem in problems)
            {
                Assert.True(problem.Opens(problem.Pointer));
                Assert.True(JsonPointer.TrySet(canonical, problem.Pointer, Answer(problem.Pointer)));
            }

            problems = IntakeExamples.Check(canonical, format, day);
        }

        Assert.Empty(problems);
    }

    private static ReadProsecution Read(string file, SubmissionFormat format) => IntakeExamples.Read(File.ReadAllBytes(Repository.SharedData(file)), format);
}
