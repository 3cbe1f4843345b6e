using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Xunit;

namespace Assize.Workflows.Tests.Access.Deciding;

/// <summary>The model's table of cases, one row a test.</summary>
public sealed class GateTableTests
{
    private static readonly DateTimeOffset s_now = DrawnWorld.Now;
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private static readonly CaseFacts s_case = new()
    {
        Id = "c",
        Owner = "kent",
        OwnerStatus = DirectoryStatus.Active,
        Jurisdiction = "magistrates",
        Area = "46",
        Court = "B46",
        Classification = Classification.Private,
        Participants = new HashSet<string>(),
        Parties = new HashSet<string>(),
    };

    private static readonly CaseFacts s_with = s_case with { Participants = new HashSet<string> { "cps" } };
    private static readonly CaseFacts s_sealed = s_case with { Sealed = true, SealEpoch = 1 };
    private static readonly CaseFacts s_restricted = s_case with { Classification = Classification.Restricted };
    private static readonly PersonFacts s_officer = new("oona", "OONA", "kent", DirectoryStatus.Active, DirectoryStatus.Active, false);
    private static readonly PersonFacts s_lawyer = new("lena", "LENA", "cps", DirectoryStatus.Active, DirectoryStatus.Active, false);

    private static readonly GrantFacts s_home = Grant(GrantType.Home) with { Jurisdiction = "magistrates", Agency = "kent" };
    private static readonly GrantFacts s_area = Grant(GrantType.Home) with { Jurisdiction = "magistrates", Area = "46" };
    private static readonly GrantFacts s_named = Grant(GrantType.Case) with { CaseId = "c" };
    private static readonly GrantFacts s_challenged = Grant(GrantType.Challenged) with { CaseId = "c", End = s_now.AddHours(3) };

    private static readonly GrantFacts s_cross = Grant(GrantType.Cross) with
    {
        CaseId = "c",
        End = s_now.AddDays(7),
        Reason = "Joint operation Larch",
        Requested = new Approval("rhea", "RHEA", "cps"),
        Sponsored = new Approval("sven", "SVEN", "cps"),
        Consented = new Approval("olaf", "OLAF", "kent"),
    };

    private static readonly GrantFacts s_wide = s_cross with { CaseId = null, Jurisdiction = "magistrates" };
    private static readonly ExclusionFacts s_conflict = new("x", "oona", "OONA", s_now.AddDays(-1)) { CaseId = "c" };

    /// <summary>What the row says, the question, and the outcome with its code or hint.</summary>
    public static TheoryData<string, AccessQuestion, string> Table => new()
    {
        { "home, own area", Ask(s_area), "allow granted" },
        { "home, other area, same jurisdiction", Ask(s_area with { Area = "05" }), "deny no-grant challenge" },
        { "home, other jurisdiction", Ask(s_area with { Jurisdiction = "crown" }), "deny no-grant request" },
        { "home, other agency's case", Ask(s_home with { Agency = "cps" }, s_lawyer), "deny no-standing request" },
        { "other area and class above grant", Ask(s_area with { Area = "05" }, file: s_restricted), "deny no-grant request" },
        { "class equal to the grant", Ask(s_home), "allow granted" },
        { "class above the grant", Ask(s_home with { MaxClassification = Classification.Public }), "deny no-grant request" },
        { "home without jurisdiction", Ask(s_home with { Jurisdiction = null }), "deny no-grant request" },
        { "home with neither agency, area nor court", Ask(s_home with { Agency = null }), "deny no-grant request" },
        { "begin = now", Ask(s_home with { Begin = s_now }), "allow granted" },
        { "begin = now + 1 tick", Ask(s_home with { Begin = s_now + s_tick }), "deny role-missing request" },
        { "end = now", Ask(s_home with { End = s_now }), "deny role-missing request" },
        { "recert due = now", Ask(s_home with { RecertifyBy = s_now }), "deny role-missing request" },
        { "ended = now", Ask(s_home with { EndedAt = s_now }), "deny role-missing request" },
        { "cross with both approvals", Ask(s_cross, s_lawyer), "allow granted" },
        { "cross without the owner's consent", Ask(s_cross with { Consented = null }, s_lawyer), "deny no-standing request" },
        { "cross, both from one agency", Ask(s_cross with { Consented = new("olaf", "OLAF", "cps") }, s_lawyer), "deny no-standing request" },
        { "cross, same person twice", Ask(s_cross with { Consented = new("sven2", "SVEN", "kent") }, s_lawyer), "deny no-standing request" },
        { "cross, beneficiary sponsors", Ask(s_cross with { Sponsored = new("lena", "LENA", "cps") }, s_lawyer), "deny no-standing request" },
        { "cross, beneficiary sponsors by a second account", Ask(s_cross with { Sponsored = new("lena2", "LENA", "cps") }, s_lawyer), "deny no-standing request" },
        { "cross, requester consents", Ask(s_cross with { Requested = new("olaf", "OLAF", "kent") }, s_lawyer), "deny no-standing request" },
        { "cross without end", Ask(s_cross with { End = null }, s_lawyer), "deny no-standing request" },
        { "cross with a blank reason", Ask(s_cross with { Reason = "  " }, s_lawyer), "deny no-standing request" },
        { "cross of a case whose owner changed after consent", Ask(s_cross, s_lawyer, s_case with { Owner = "essex" }), "deny no-standing request" },
        { "cross, owner suspended", Ask(s_cross, s_lawyer, s_case with { OwnerStatus = DirectoryStatus.Suspended }), "deny no-standing request" },
        { "conflict and case role", Ask(s_named) with { Exclusions = [s_conflict] }, "deny excluded" },
        { "conflict recorded at the old agency", Ask(s_named) with { Exclusions = [s_conflict with { Subject = "oona@old" }] }, "deny excluded" },
        { "expired conflict", Ask(s_named) with { Exclusions = [s_conflict with { End = s_now }] }, "allow granted" },
        { "jurisdiction-wide conflict", Ask(s_home) with { Exclusions = [s_conflict with { CaseId = null, Jurisdiction = "magistrates" }] }, "deny excluded" },
        { "subject is a party", Ask(s_home, file: s_case with { Parties = new HashSet<string> { "OONA" } }), "deny party-conflict" },
        { "sealed: home", Ask(s_home, file: s_sealed), "notfound no-grant" },
        { "sealed: challenged", Ask(s_challenged with { SealEpoch = 1 }, file: s_sealed), "notfound no-grant" },
        { "sealed: jurisdiction-wide cross", Ask(s_wide with { SealEpoch = 1 }, s_lawyer, s_sealed), "notfound no-standing" },
        { "sealed: named case grant of its epoch", Ask(s_named with { SealEpoch = 1 }, file: s_sealed), "allow granted" },
        { "sealed: named cross grant of its epoch", Ask(s_cross with { SealEpoch = 1 }, s_lawyer, s_sealed), "allow granted" },
        { "sealed: named case grant after a reseal", Ask(s_named with { SealEpoch = 1 }, file: s_sealed with { SealEpoch = 2 }), "notfound no-grant" },
        { "sealed and excluded", Ask(s_named with { SealEpoch = 1 }, file: s_sealed) with { Exclusions = [s_conflict] }, "notfound excluded" },
        { "sealed and party", Ask(s_named with { SealEpoch = 1 }, file: s_sealed with { Parties = new HashSet<string> { "OONA" } }), "notfound party-conflict" },
        { "unknown case", Ask(s_home) with { Case = null }, "notfound not-found" },
        { "nobody known, open case", Ask(s_home) with { Person = null }, "deny caller-unknown" },
        { "nobody known, sealed case", Ask(s_home, file: s_sealed) with { Person = null }, "deny caller-unknown" },
        { "nobody known, unknown case", Ask(s_home) with { Person = null, Case = null }, "deny caller-unknown" },
        { "restricted, acr 1", Ask(s_home with { MaxClassification = Classification.Restricted }, file: s_restricted) with { Assurance = new(1, s_now, false) }, "stepup step-up" },
        { "restricted, signed in 61 minutes ago", Ask(s_home with { MaxClassification = Classification.Restricted }, file: s_restricted) with { Assurance = new(2, s_now.AddMinutes(-61), false) }, "stepup step-up" },
        { "restricted, signed in 60 minutes ago", Ask(s_home with { MaxClassification = Classification.Restricted }, file: s_restricted) with { Assurance = new(2, s_now.AddMinutes(-60), false) }, "allow granted" },
        { "sealed, signed in 16 minutes ago", Ask(s_named with { SealEpoch = 1 }, file: s_sealed) with { Assurance = new(2, s_now.AddMinutes(-16), false) }, "stepup step-up" },
        { "no grant, acr 1, restricted", Ask(s_home, file: s_restricted) with { Assurance = new(1, s_now, false) }, "deny no-grant request" },
        { "challenged", Ask(s_challenged), "allow granted-challenged" },
        { "challenged without end", Ask(s_challenged with { End = null }), "deny no-grant request" },
        { "challenged after reclassification", Ask(s_challenged, file: s_restricted), "deny no-grant request" },
        { "challenged beside a home role", Ask(s_challenged) with { Grants = [s_challenged, s_home] }, "allow granted" },
        { "home by area, no agency named, foreign case, not brought in", Ask(s_area, s_lawyer), "deny no-standing request" },
        { "home by other area, foreign case, not brought in: no challenge hint", Ask(s_area with { Area = "05" }, s_lawyer), "deny no-standing request" },
        { "home by area, no agency named, foreign case, brought in", Ask(s_area, s_lawyer, s_with), "allow granted" },
        { "home of one's own agency, brought in", Ask(s_home with { Agency = "cps" }, s_lawyer, s_with), "allow granted" },
        { "case role given by own agency, never brought in", Ask(s_named, s_lawyer), "deny no-standing request" },
        { "case role, agency withdrawn later", Ask(s_named, s_lawyer, s_with with { Participants = new HashSet<string>() }), "deny no-standing request" },
        { "sealed and agency withdrawn", Ask(s_named with { SealEpoch = 1 }, s_lawyer, s_sealed), "notfound no-standing" },
        { "basic grant", Ask(Grant(GrantType.Basic)), "deny no-grant request" },
        { "left", Ask(s_home, s_officer with { Status = DirectoryStatus.Left }), "deny caller-inactive" },
        { "session revoked", Ask(s_home, s_officer with { SessionRevoked = true }), "deny session-revoked" },
        { "home agency suspended", Ask(s_home, s_officer with { AgencyStatus = DirectoryStatus.Suspended }), "deny agency-inactive" },
        { "authorisation lacking", Ask(s_home, file: s_case with { NeedsAuthorisation = "youth" }), "deny no-grant request" },
        { "authorisation held", Ask(s_home with { Authorisations = ["youth"] }, file: s_case with { NeedsAuthorisation = "youth" }), "allow granted" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Gates_OfTheTable_AnswerAsItSays(string row, AccessQuestion question, string expected)
    {
        Verdict verdict = Gates.Run(question);

        string hint = verdict.Hint == Hint.None ? "" : $" {verdict.Hint}";
        Assert.Equal(expected, $"{verdict.Outcome} {verdict.Code}{hint}".ToLowerInvariant());
        Assert.True(verdict.Allowed == (question.Case is { } file && AccessSets.Allowed(question, [file]).Contains(file.Id)), row);
        Assert.Equal("1", verdict.PolicyVersion);
    }

    [Fact]
    public void Run_WithGrantsThatStopAtEveryGate_NamesTheGateOfEach()
    {
        GrantFacts[] grants =
        [
            s_home with { Id = "grant", Jurisdiction = null }, s_home with { Id = "scope", Jurisdiction = "crown" }, s_home with { Id = "seal" },
            s_named with { Id = "classification", SealEpoch = 1, MaxClassification = Classification.Public }, s_named with { Id = "authorisation", SealEpoch = 1 },
            s_named with { Id = "kept", SealEpoch = 1, Authorisations = ["youth"] },
        ];

        Verdict verdict = Gates.Run(Ask(s_home, file: s_sealed with { NeedsAuthorisation = "youth" }) with { Grants = grants });

        Assert.True(verdict.Allowed);
        Assert.Equal(["kept"], verdict.Sufficient.Select(grant => grant.Id));
        Assert.All(verdict.Dropped, dropped => Assert.Equal(dropped.Grant.Id, dropped.Gate.ToString().ToLowerInvariant()));
        Assert.Equal(5, verdict.Dropped.Count);
    }

    private static GrantFacts Grant(GrantType type) => new()
    {
        Id = "g",
        Type = type,
        Role = "lawyer",
        MaxClassification = Classification.Private,
        Begin = s_now.AddDays(-1),
    };

    private static AccessQuestion Ask(GrantFacts grant, PersonFacts? person = null, CaseFacts? file = null) => new(
        new HashSet<string> { "lawyer" }, person ?? s_officer, new Assurance(2, s_now, false), About.Case, file ?? s_case, [grant], [], s_now, DrawnWorld.Policy);
}
