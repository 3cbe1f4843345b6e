using Assize.Engine.Commands;
using Assize.Engine.Storage;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Exclusions;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Reviews;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Access.Commands;

/// <summary>Kent's case, on which the CPS takes part and Essex does not, with people of all three and commands to try on it.</summary>
internal sealed class AccessHarness : IAsyncDisposable
{
    public const string Urn = "46AB0000126";
    public const string Case = "case-1";
    public const string Why = "Joint operation Larch needs both forces on the case.";

    private static readonly (string Subject, string Human, string Role)[] s_people =
    [
        ("builder@kent", "H1", Roles.CaseBuilder), ("officer@kent", "H2", Roles.OfficerInCase), ("approver@kent", "H3", Roles.AccessApprover),
        ("approver2@kent", "H4", Roles.AccessApprover), ("privacy@kent", "H5", Roles.PrivacyOfficer), ("admin@kent", "H6", Roles.AgencyAdmin),
        ("lawyer@cps", "H7", Roles.ReviewingLawyer), ("privacy@cps", "H8", Roles.PrivacyOfficer), ("admin@cps", "H9", Roles.AgencyAdmin), ("far@cps", "H13", Roles.ReviewingLawyer),
        ("officer@essex", "H10", Roles.OfficerInCase), ("approver@essex", "H11", Roles.AccessApprover), ("admin@essex", "H12", Roles.AgencyAdmin),
    ];

    private readonly TestCaseDatabase _database;
    private readonly RuleCatalog _rules = new();
    private int _requests;

    private AccessHarness(TestCaseDatabase database)
    {
        _database = database;
        Access = new AccessEvaluator(Clock);
        Runner = new UnitRunner(new DefinitionCatalog(CaseActivities.Table), new CaseOwner(_rules, CasePerformers.All), Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public AccessEvaluator Access { get; }

    public UnitRunner Runner { get; }

    public static async Task<AccessHarness> OpenAsync(DatabaseKind kind)
    {
        AccessHarness harness = new(await TestCaseDatabase.CreateAsync(kind));
        await using CaseDb db = harness.Context();
        db.AddRange(new[] { "kent", "cps", "essex" }.Select(id => new Agency { Id = id, Kind = id == "cps" ? "prosecutor" : "police", Name = id, Status = DirectoryStatus.Active }));
        foreach ((string subject, string human, string role) in s_people)
        {
            string agency = subject.Split('@')[1];
            db.Add(new Person { Subject = subject, PersonId = human, Name = subject, Agency = agency, IsSystem = false, Status = DirectoryStatus.Active });
            db.Add(new HomeRole
            {
                Subject = subject,
                Role = role,
                From = DateTimeOffset.UnixEpoch,
                Agency = subject == "far@cps" ? null : agency,
                Area = subject == "far@cps" ? "05" : null,
                MaxClassification = "restricted",
            });
        }
        db.Add(new UnitRow { Id = Case, CreatedAt = harness.Clock.GetUtcNow() });
        db.Add(File(harness.Clock.GetUtcNow()));
        db.AddRange(new[] { "kent", "cps" }.Select(agency => new CaseParticipant { CaseId = Case, Agency = agency, Since = harness.Clock.GetUtcNow(), Reason = "Drawn" }));
        await db.SaveChangesAsync();
        return harness;
    }

    public CaseDb Context() => _database.Context();

    public Caller As(string subject, string acr = "2") => new(subject, subject.Split('@')[1], [], subject, false, "tests") { Acr = acr, AuthenticatedAt = Clock.GetUtcNow() };

    public string Next() => $"r{++_requests}";

    public async Task<bool> ReadsAsync(string subject)
    {
        await using CaseDb db = Context();
        bool isAllowed = (await Access.CheckAsync(db, As(subject), AccessActions.ReadCase, AccessTarget.Case(Case), CancellationToken.None)).Allowed;
        Assert.Equal(isAllowed, await Access.VisibleCases(db, As(subject)).AnyAsync(file => file.Id == Case));
        return isAllowed;
    }

    public async Task<string> DoneAsync(Func<CaseDb, Task<CommandAnswer>> run)
    {
        await using CaseDb db = Context();
        CommandAnswer answer = await run(db);
        Assert.True(answer is Completed, answer is Refused refused ? $"{refused.Code}: {refused.Message}" : answer.ToString());
        return (string?)((Completed)answer).Body?["id"] ?? "";
    }

    public async Task<string> RefusedAsync(Func<CaseDb, Task<CommandAnswer>> run)
    {
        await using CaseDb db = Context();
        return Assert.IsType<Refused>(await run(db)).Code;
    }

    public Task<string> AskAsync(string requester = "officer@essex", string beneficiary = "officer@essex") => DoneAsync(db => Ask(db, requester, beneficiary));

    public Task<CommandAnswer> Ask(CaseDb db, string requester, string beneficiary, DateTimeOffset? to = null, string reason = Why) => new RequestCross(Runner, Access, Clock).RunAsync(
        db, As(requester), Next(), new CrossRequested(Urn, null, null, beneficiary, Roles.OfficerInCase, "private", to ?? Clock.GetUtcNow().AddDays(20), reason), CancellationToken.None);

    public Task<CommandAnswer> Sponsor(CaseDb db, string by, string grant) => new SponsorCross(Runner, Access, Clock).RunAsync(db, As(by), Next(), grant, CancellationToken.None);

    public Task<CommandAnswer> Consent(CaseDb db, string by, string grant) => new ConsentCross(Runner, Access, Clock).RunAsync(db, As(by), Next(), grant, CancellationToken.None);

    public Task<CommandAnswer> End(CaseDb db, string by, string grant) => new EndGrant(Runner, Access, Clock).RunAsync(db, As(by), Next(), grant, Why, CancellationToken.None);

    public Task<CommandAnswer> Certify(CaseDb db, string by, string grant, string why = Why) => new CertifyGrant(Runner, Access, Clock).RunAsync(db, As(by), Next(), grant, why, CancellationToken.None);

    public Task<CommandAnswer> Change(CaseDb db, string by, CrossChanged change) => new ChangeCross(Runner, Access, Clock).RunAsync(db, As(by), Next(), change, CancellationToken.None);

    public Task<CommandAnswer> Challenge(CaseDb db, string by, string urn = Urn) =>
        new ClaimChallenged(Runner, Access, _rules, Clock).RunAsync(db, As(by), Next(), new ChallengedClaimed(urn, "urgent-hearing", Why), CancellationToken.None);

    public Task<CommandAnswer> Emergency(CaseDb db, string by, string urn = Urn) => new ClaimEmergency(Runner, Access, _rules, Clock).RunAsync(db, As(by), Next(), urn, Why, CancellationToken.None);

    public Task<CommandAnswer> Review(CaseDb db, string by, string review, string finding) =>
        new ReviewAccess(Runner, Access, Clock).RunAsync(db, As(by), Next(), review, finding, Why, CancellationToken.None);

    public Task<CommandAnswer> Propose(CaseDb db, string by, string kind, ProtectionContent content) =>
        new ProposeProtection(Runner, Access, Clock).RunAsync(db, As(by), Next(), new ProtectionProposed(Urn, kind, content, Why), CancellationToken.None);

    public Task<CommandAnswer> Confirm(CaseDb db, string by, string proposal) => new ConfirmProposal(Runner, Access, _rules, Clock).RunAsync(db, As(by), Next(), proposal, CancellationToken.None);

    public Task<CommandAnswer> Declare(CaseDb db, string by, string subject) =>
        new DeclareExclusion(Runner, Access, Clock).RunAsync(db, As(by), Next(), new ConflictDeclared(subject, Urn, null, null, null, Why), CancellationToken.None);

    public Task<CommandAnswer> Remove(CaseDb db, string by, string exclusion) => new RemoveExclusion(Runner, Access, Clock).RunAsync(db, As(by), Next(), exclusion, Why, CancellationToken.None);

    public Task<CommandAnswer> Bring(CaseDb db, string by, string agency) => new AddAgency(Runner, Access, Clock).RunAsync(db, As(by), Next(), Urn, agency, Why, CancellationToken.None);

    public Task<CommandAnswer> Withdraw(CaseDb db, string by, string agency) => new WithdrawAgency(Runner, Access, Clock).RunAsync(db, As(by), Next(), Urn, agency, Why, CancellationToken.None);

    public Task<CommandAnswer> Give(CaseDb db, string by, string subject) =>
        new GiveCaseRole(Runner, Access, Clock).RunAsync(db, As(by), Next(), new CaseRoleGiven(Urn, subject, Roles.OfficerInCase, "private", null, Why), CancellationToken.None);

    /// <summary>Seals the case for the two who do it.</summary>
    public async Task SealAsync(string kind = ProposalKind.Seal)
    {
        ProtectionContent content = new() { Named = [new("builder@kent", Roles.CaseBuilder), new("officer@kent", Roles.OfficerInCase)] };
        string proposal = await DoneAsync(db => Propose(db, "builder@kent", kind, content));
        await DoneAsync(db => Confirm(db, "officer@kent", proposal));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static CaseFile File(DateTimeOffset now) => new()
    {
        Id = Case,
        Urn = Urn,
        Status = CaseStatus.Active,
        Stage = "Review",
        OwnerAgency = "kent",
        ProsecutingAuthority = "kent",
        CourtOu = "B46",
        Area = "46",
        GravestModeOfTrial = "",
        LegalDate = new DateOnly(2026, 11, 1),
        CreatedAt = now,
        Practice = false,
        Participants = """["kent","cps"]""",
    };
}
