using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Erasure;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Assize.Workflows.Tests.Intake;
using Assize.Workflows.Tests.Paths;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Erasure;

public sealed class ErasureTests
{
    private const string Reason = "The conviction was quashed and the time for keeping it is over.";
    private const string Postcode = "/defendants/0/defendantDetails/address/postcode";
    private static readonly Caller s_officer = new("pia", "merseyside-police", [Roles.PrivacyOfficer], "Pia", false, "host");
    private static readonly Caller s_admin = new("ann", "merseyside-police", [Roles.AgencyAdmin], "Ann", false, "host");
    private static readonly Caller s_stranger = new("cara", "cheshire-police", [Roles.PrivacyOfficer], "Cara", false, "host");

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approve_WholeCase_LeavesTheNamesNowhere_AndReplaysAsBefore(DatabaseKind kind)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(kind);
        CaseFile file = await CaseAsync(intake);
        await using CaseDb db = intake.Context();
        string[] personal = ["Dearden", "Callum", "Canning Rise", "Whitlow", "Quennell", "Zebedee", "07700900417"];
        foreach (string text in personal)
        {
            Assert.NotEmpty(await TextSearch.FindAsync(db, text, Stop));
        }
        await SealAsync(intake);

        string id = await RequestAsync(intake, new ErasureAsked(file.Id, null, "dpa2018-s39", Reason));
        Completed done = Assert.IsType<Completed>(await DecideAsync(intake, s_admin, id, approve: true));

        Assert.True((int)done.Body!["erased"]! > 5);
        List<string> left = [];
        foreach (string text in personal)
        {
            left.AddRange((await TextSearch.FindAsync(db, text, Stop)).Select(x => $"{text}: {x}"));
        }
        Assert.Empty(left);
        await RebuildAsync(intake);
        await ChainHoldsAsync(intake);
        SubmissionView view = await intake.ViewAsync((await db.Set<Submission>().AsNoTracking().FirstAsync(x => x.CaseId == file.Id, Stop)).Id);
        Assert.True((bool)view.Prosecution["$erased"]!);
        Assert.Equal([PersonalValues.Erased, PersonalValues.Erased], await db.Defendants.Select(x => x.Name).ToListAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approve_OneDefendant_LeavesTheOtherAsTheyWere(DatabaseKind kind)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(kind);
        CaseFile file = await CaseAsync(intake);
        await using CaseDb db = intake.Context();
        string second = await db.Defendants.Where(x => x.Ordinal == 2).Select(x => x.Id).SingleAsync(Stop);

        string id = await RequestAsync(intake, new ErasureAsked(file.Id, second, "ukgdpr-17", Reason));
        Assert.IsType<Completed>(await DecideAsync(intake, s_admin, id, approve: true));

        Assert.Empty(await TextSearch.FindAsync(db, "Quennell", Stop));
        Assert.Empty(await TextSearch.FindAsync(db, "Zebedee", Stop));
        Assert.Contains("defendant.name", await TextSearch.FindAsync(db, "Dearden", Stop));
        Assert.Contains("submission.canonical", await TextSearch.FindAsync(db, "Dearden", Stop));
        await RebuildAsync(intake);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approve_CaseThatWentAllTheWay_LeavesNothingInUndoMessagesOrAnswers(DatabaseKind kind)
    {
        await using PathWorld world = await PathWorld.OpenAsync(kind);
        await Scenarios.All["absent-and-warrants"](world);
        await using CaseDb db = world.Context();
        db.AddRange(Someone(s_officer), Someone(s_admin), Holds(s_officer), Holds(s_admin));
        await db.SaveChangesAsync(Stop);
        Assert.NotEmpty(await TextSearch.FindAsync(db, "Dean", Stop));
        CommandAnswer asked = await new RequestErasure(world.Runner, world.Access).RunAsync(
            db, s_officer, "erase", world.Now, new ErasureAsked(PathWorld.CaseId, null, "court-order", Reason), Stop);
        string id = (string)Assert.IsType<Completed>(asked).Body!["id"]!;

        Assert.IsType<Completed>(await new DecideErasure(world.Runner, world.Access).RunAsync(db, s_admin, "decide", world.Now, id, true, Stop));

        Assert.Empty(await TextSearch.FindAsync(db, "Dean", Stop));
        Assert.Empty(await TextSearch.FindAsync(db, "Left the building", Stop));
        Assert.Empty(await TextSearch.FindAsync(db, "came to the counter", Stop));
        await world.RebuildAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Approve_LeavesNothingOfWhatWasSaidAboutAccess_AndLetsNobodyIn(DatabaseKind kind)
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(kind);
        CaseFile file = await CaseAsync(intake);
        await using CaseDb db = intake.Context();
        await SaidAboutAccess.AddAsync(db, file, "Callum Dearden is her brother.", IntakeHarness.Lawyer, Stop);
        await SealAsync(intake);
        string[] places = ["access_grant.reason", "access_grant.end_reason", "exclusion.reason", "exclusion.removal_reason", "access_review.note", "access_proposal.reason",
            "case_protection.reason", "case_participant.reason", "case_participant.withdrawn_reason", "former_participant.reason"];
        IReadOnlyList<string> before = await TextSearch.FindAsync(db, "Dearden", Stop);
        Assert.All(places, place => Assert.Contains(place, before));

        string id = await RequestAsync(intake, new ErasureAsked(file.Id, null, "dpa2018-s39", Reason));
        Assert.IsType<Completed>(await DecideAsync(intake, s_admin, id, approve: true));

        Assert.Empty(await TextSearch.FindAsync(db, "Dearden", Stop));
        Assert.Equal(PersonalValues.Erased, (await db.Set<CaseParty>().AsNoTracking().SingleAsync(Stop)).Part);
        AccessDecision barred = await intake.Access.CheckAsync(db, IntakeHarness.Lawyer, AccessActions.ReadCase, AccessTarget.Case(file.Id), Stop);
        Assert.Equal(AccessCodes.PartyConflict, barred.Code);
        await RebuildAsync(intake);
        await ChainHoldsAsync(intake);
    }

    [Fact]
    public async Task Approve_OneDefendant_KeepsWhatWasSaidAboutAccessOfTheOther()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        CaseFile file = await CaseAsync(intake);
        await using CaseDb db = intake.Context();
        await SaidAboutAccess.AddAsync(db, file, "Zebedee Quennell is her brother.", IntakeHarness.Lawyer, Stop);
        string first = await db.Defendants.Where(x => x.Ordinal == 1).Select(x => x.Id).SingleAsync(Stop);

        string id = await RequestAsync(intake, new ErasureAsked(file.Id, first, "ukgdpr-17", Reason));
        Assert.IsType<Completed>(await DecideAsync(intake, s_admin, id, approve: true));

        Assert.Contains("access_grant.reason", await TextSearch.FindAsync(db, "Quennell", Stop));
        Assert.Equal("victim", (await db.Set<CaseParty>().AsNoTracking().SingleAsync(Stop)).Part);
    }

    [Fact]
    public async Task Ask_AndDecide_NeedTwoPeopleOfTheOwner_AReasonAndALegalBasis()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        CaseFile file = await CaseAsync(intake);
        ErasureAsked asked = new(file.Id, null, "dpa2018-s47", Reason);

        Assert.Equal("reason-short", await RefusedAsync(intake, s_officer, asked with { Reason = "Because." }));
        Assert.Equal("legal-basis-unknown", await RefusedAsync(intake, s_officer, asked with { LegalBasis = "none" }));
        Assert.Equal("defendant-unknown", await RefusedAsync(intake, s_officer, asked with { DefendantId = "nobody" }));
        Assert.NotNull(await RefusedAsync(intake, s_admin, asked));
        Assert.Equal(AccessCodes.NotFound, await RefusedAsync(intake, s_stranger, asked));
        Assert.NotNull(await RefusedAsync(intake, IntakeHarness.Lawyer, asked));
        string id = await RequestAsync(intake, asked);
        Assert.Equal(AccessCodes.SamePerson, Assert.IsType<Refused>(await DecideAsync(intake, s_officer, id, true)).Code);
        Assert.Equal(AccessCodes.NotFound, Assert.IsType<Refused>(await DecideAsync(intake, s_stranger, id, true)).Code);
        Assert.IsType<Completed>(await DecideAsync(intake, s_admin, id, approve: false));
        Assert.Equal("already-decided", Assert.IsType<Refused>(await DecideAsync(intake, s_admin, id, true)).Code);
        await using CaseDb db = intake.Context();
        Assert.NotEmpty(await TextSearch.FindAsync(db, "Dearden", Stop));
    }

    [Fact]
    public async Task Ask_ForACaseThatIsWorkedOn_IsRefused()
    {
        await using IntakeHarness intake = await IntakeHarness.CreateAsync(DatabaseKind.Sqlite);
        CaseFile file = await CaseAsync(intake, close: false);

        Assert.Equal("case-open", await RefusedAsync(intake, s_officer, new ErasureAsked(file.Id, null, "dpa2018-s47", Reason)));
    }

    /// <summary>A case of two people: charged with a fault and corrected, worked on with free text, sent a second time, and closed.</summary>
    private static async Task<CaseFile> CaseAsync(IntakeHarness intake, bool close = true)
    {
        JsonObject charge = IntakeExamples.With(Postcode, "Dearden's");
        JsonObject second = charge["defendants"]![0]!.DeepClone().AsObject();
        second["individual"]!["nameDetails"] = new JsonObject { ["title"] = "Mr", ["forename"] = "Zebedee", ["surname"] = "QUENNELL" };
        second["individual"]!["contactDetails"] = new JsonObject { ["primaryEmail"] = "z.quennell@example.org" };
        second["defendantDetails"] = new JsonObject { ["prosecutorDefendantId"] = "second", ["hearingLanguage"] = "E", ["documentationLanguage"] = "E", ["asn"] = "2605LV0100000009172J" };
        charge["defendants"]!.AsArray().Add((JsonNode)second);
        Taken taken = Assert.IsType<Taken>(await intake.SendAsync(charge));
        SubmissionView faulty = await intake.ViewAsync(taken.SubmissionId);
        foreach (string pointer in faulty.Problems.Where(x => x.Severity == Workflows.Intake.Rules.Severity.Error).Select(x => x.Pointer).Distinct())
        {
            Assert.IsType<Taken>(await intake.CorrectAsync(taken.SubmissionId, IntakeHarness.System, (pointer, pointer == Postcode ? "L8 7NN" : null)));
        }
        await using CaseDb db = intake.Context();
        db.AddRange(Someone(s_officer), Someone(s_admin), Someone(s_stranger), Holds(s_officer), Holds(s_admin), Holds(s_stranger));
        await db.SaveChangesAsync(Stop);
        Assert.IsType<Taken>(await intake.SendAsync(charge, requestId: "again"));
        CaseFile file = await db.Cases.AsNoTracking().SingleAsync(Stop);
        WorkTask review = await db.Tasks.FirstAsync(x => x.ActivityId == "m5-initial-review", Stop);
        JsonObject answers = new() { ["test"] = "evidence", ["reason"] = "Nobody saw Callum Dearden, and Zebedee Quennell was elsewhere." };
        CommandAnswer reviewed = await intake.CompleteAsync(IntakeHarness.Lawyer, review.Id, "Discontinue", answers);
        Assert.True(reviewed is Completed, (reviewed as Refused)?.Message + (reviewed as Refused)?.Detail?.ToJsonString());
        if (close)
        {
            Assert.IsType<Completed>(await new CloseCaseInError(intake.Runner, intake.Access, TimeProvider.System).RunAsync(
                db, IntakeHarness.Builder, "close", intake.Now, file.Id, "Callum Dearden and Mr Quennell are other people.", Stop));
        }
        return file;
    }

    private static Person Someone(Caller caller) => new()
    {
        Subject = caller.Subject,
        Name = caller.DisplayName,
        Agency = caller.Agency,
        IsSystem = false,
        Status = DirectoryStatus.Active,
    };

    private static HomeRole Holds(Caller caller) => new() { Subject = caller.Subject, Role = caller.Roles[0], Agency = caller.Agency, From = DateTimeOffset.UnixEpoch };

    private static async Task<string> RequestAsync(IntakeHarness intake, ErasureAsked asked)
    {
        CommandAnswer answer = await AskAsync(intake, s_officer, asked);
        return (string)Assert.IsType<Completed>(answer).Body!["id"]!;
    }

    private static async Task<string> RefusedAsync(IntakeHarness intake, Caller caller, ErasureAsked asked) => Assert.IsType<Refused>(await AskAsync(intake, caller, asked)).Code;

    private static async Task<CommandAnswer> AskAsync(IntakeHarness intake, Caller caller, ErasureAsked asked)
    {
        await using CaseDb db = intake.Context();
        return await new RequestErasure(intake.Runner, intake.Access).RunAsync(db, caller, Guid.NewGuid().ToString(), intake.Now, asked, Stop);
    }

    private static async Task<CommandAnswer> DecideAsync(IntakeHarness intake, Caller caller, string id, bool approve)
    {
        await using CaseDb db = intake.Context();
        return await new DecideErasure(intake.Runner, intake.Access).RunAsync(db, caller, Guid.NewGuid().ToString(), intake.Now, id, approve, Stop);
    }

    private static async Task RebuildAsync(IntakeHarness intake)
    {
        await using CaseDb db = intake.Context();
        CaseOwner owner = new(intake.RuleCatalog, []);
        Rebuild rebuild = new(intake.Definitions, owner.ResourcesAsync);
        foreach (InstanceRow row in await db.Set<InstanceRow>().AsNoTracking().ToListAsync(Stop))
        {
            Assert.Equal(row.State, InstanceJson.Write((await rebuild.FromJournalAsync(db, row.Id, null, Stop))!));
        }
    }

    private static Task<int> SealAsync(IntakeHarness intake) => new AuditSealer(Database(intake)).RunAsync(Stop);

    private static async Task ChainHoldsAsync(IntakeHarness intake)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("assize-erasure-");
        AuditSettings settings = new(Path.Combine(folder.FullName, "secret"), TimeSpan.FromHours(1));
        using AuditKeys keys = new(Database(intake), settings, TimeProvider.System);
        AuditRoots roots = new(Database(intake), keys, settings, TimeProvider.System);
        await SealAsync(intake);
        await roots.RunAsync(Stop);
        await using StringWriter export = new();
        await new AuditExport(Database(intake), keys, new AccessEvaluator(TimeProvider.System), TimeProvider.System)
            .WriteAsync("merseyside-police", 1, new Caller("pru", "merseyside-police", [], "Pru", false, "tests"), export, Stop);
        using StringReader reader = new(export.ToString());
        Verification verification = await Verifier.RunAsync(reader, new RootBook([await roots.FileAsync("merseyside-police", null, Stop)], []), Stop);
        folder.Delete(recursive: true);
        Assert.Empty(verification.Findings);
        Assert.Contains("\"erased\":true", export.ToString(), StringComparison.Ordinal);
    }

    private static CaseDatabase Database(IntakeHarness intake) => intake.Database;
}
