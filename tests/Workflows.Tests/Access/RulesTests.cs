using Assize.Workflows.Access;
using Assize.Workflows.Access.Deciding;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Access;

public sealed class RulesTests
{
    private const string Court = "liverpool-magistrates";
    private const string Police = "merseyside-police";

    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Caller s_adviser = new("aisha", Court, [], "Aisha", false, "host");
    private static readonly PersonFacts s_person = new("aisha", "AISHA", Court, DirectoryStatus.Active, DirectoryStatus.Active, false);
    private static readonly TaskFacts s_task = new("t", "c", Court, Roles.LegalAdviser, null, new HashSet<string>(), new HashSet<string>());
    private static readonly CaseFacts s_case = Case(Court);

    private static readonly AccessFacts s_facts = new()
    {
        At = s_now,
        Person = s_person,
        Task = s_task,
        Case = s_case,
        CaseId = "c",
        Grants = [Home(Roles.LegalAdviser)],
    };

    private readonly AccessEvaluator _access = new(new FakeTimeProvider());

    public static TheoryData<string, string, AccessFacts> Denials => new()
    {
        { AccessActions.CompleteTask, AccessCodes.UnknownCaller, s_facts with { Person = null } },
        { AccessActions.CompleteTask, AccessCodes.UnknownCaller, s_facts with { Person = s_person with { Agency = Police } } },
        { AccessActions.CompleteTask, AccessCodes.CallerInactive, s_facts with { Person = s_person with { Status = DirectoryStatus.Left } } },
        { AccessActions.CompleteTask, AccessCodes.AgencyInactive, s_facts with { Person = s_person with { AgencyStatus = DirectoryStatus.Suspended } } },
        { AccessActions.CompleteTask, AccessCodes.NotFound, s_facts with { Task = null, CaseId = null, Case = null } },
        { AccessActions.CompleteTask, AccessCodes.NoStanding, s_facts with { Case = Case(Police) } },
        { AccessActions.CompleteTask, AccessCodes.NotFound, s_facts with { Case = s_case with { Sealed = true } } },
        { AccessActions.CompleteTask, AccessCodes.PartyConflict, s_facts with { Case = s_case with { Parties = new HashSet<string> { "AISHA" } } } },
        { AccessActions.CompleteTask, AccessCodes.Excluded, s_facts with { Exclusions = [new ExclusionFacts("x", "aisha", "AISHA", s_now)] } },
        { AccessActions.CompleteTask, AccessCodes.WrongLane, s_facts with { Task = s_task with { LaneAgency = Police } } },
        { AccessActions.CompleteTask, AccessCodes.WrongLane, s_facts with { Task = s_task with { LaneRole = Roles.ListingOfficer } } },
        { AccessActions.CompleteTask, AccessCodes.RoleMissing, s_facts with { Grants = [] } },
        { AccessActions.CompleteTask, AccessCodes.SamePerson, s_facts with { Task = s_task with { NotBy = new HashSet<string> { "aisha" } } } },
        { AccessActions.ClaimTask, AccessCodes.SamePerson, s_facts with { Task = s_task with { NotBy = new HashSet<string> { "aisha" } } } },
        { AccessActions.CompleteTask, AccessCodes.SamePerson, s_facts with { Task = s_task with { NotBy = new HashSet<string> { "aisha2" }, NotByPeople = new HashSet<string> { "AISHA" } } } },
        { AccessActions.ClaimTask, AccessCodes.SamePerson, s_facts with { Task = s_task with { NotBy = new HashSet<string> { "aisha2" }, NotByPeople = new HashSet<string> { "AISHA" } } } },
        { AccessActions.CompleteTask, AccessCodes.HeldByOther, s_facts with { Task = s_task with { Assignee = "peter" } } },
        { AccessActions.ReleaseTask, AccessCodes.HeldByOther, s_facts with { Task = s_task with { Assignee = "peter" } } },
        { AccessActions.CompleteTask, AccessCodes.RoleMissing, s_facts with { Grants = [Home(Roles.CaseSystem)], Task = s_task with { LaneRole = Roles.CaseSystem } } },
        { "task.delete", AccessCodes.UnknownAction, s_facts },
    };

    [Theory]
    [MemberData(nameof(Denials))]
    public void Decide_OneRuleBroken_NamesIt(string action, string code, AccessFacts facts)
    {
        AccessDecision decision = _access.Decide(s_adviser, action, AccessTarget.Task("t"), facts);

        Assert.False(decision.Allowed);
        Assert.Equal(code, decision.Code);
        Assert.EndsWith(".", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AccessActions.ReadTask)]
    [InlineData(AccessActions.ClaimTask)]
    [InlineData(AccessActions.ReleaseTask)]
    [InlineData(AccessActions.CompleteTask)]
    [InlineData(AccessActions.ReinstateTask)]
    public void Decide_InOnesOwnLane_IsYes(string action) =>
        Assert.True(_access.Decide(s_adviser, action, AccessTarget.Task("t"), s_facts).Allowed);

    [Fact]
    public void Decide_ForASystem_NeverCompletesATask()
    {
        foreach (string role in Roles.All)
        {
            AccessFacts facts = s_facts with { Grants = [Home(Roles.CaseSystem)], Task = s_task with { LaneRole = role } };

            Assert.False(_access.Decide(s_adviser, AccessActions.CompleteTask, AccessTarget.Task("t"), facts).Allowed);
        }
    }

    [Fact]
    public void Decide_AboutWhatOneMayNotKnowOf_LooksAbsent()
    {
        AccessDecision foreign = _access.Decide(s_adviser, AccessActions.ReadCase, AccessTarget.Case("c"), s_facts with { Case = Case(Police) });
        AccessDecision closed = _access.Decide(s_adviser, AccessActions.ReadCase, AccessTarget.Case("c"), s_facts with { Case = s_case with { Sealed = true } });
        AccessDecision unknown = _access.Decide(s_adviser, AccessActions.ReadCase, AccessTarget.Case("c"), s_facts with { Case = null });

        Assert.True(foreign.LooksAbsent);
        Assert.Equal((unknown.Code, unknown.Reason, true), (closed.Code, closed.Reason, closed.LooksAbsent));
        Assert.Equal(AccessCodes.NoGrant, closed.Verdict!.Code);
    }

    [Fact]
    public void Decide_OnOnesAgencysOwnThings_TakesItsOwnRolesOnly()
    {
        AccessFacts submission = s_facts with { Task = null, Case = null, CaseId = null, OwnedBy = Court, Grants = [Home(Roles.CaseBuilder)] };
        GrantFacts foreign = Home(Roles.CaseBuilder) with { Type = GrantType.Cross, CaseId = "c", End = s_now.AddDays(1), Reason = "Elsewhere" };

        Assert.True(_access.Decide(s_adviser, AccessActions.ReadProsecution, AccessTarget.Submission("s"), submission).Allowed);
        Assert.False(_access.Decide(s_adviser, AccessActions.ReadProsecution, AccessTarget.Submission("s"), submission with { Grants = [foreign] }).Allowed);
        Assert.True(_access.Decide(s_adviser, AccessActions.ReadProsecution, AccessTarget.Submission("s"), submission with { OwnedBy = Police }).LooksAbsent);
    }

    [Theory]
    [InlineData(GrantType.Case)]
    [InlineData(GrantType.Challenged)]
    [InlineData(GrantType.Cross)]
    public void Decide_AboutNoCase_TakesNoRoleOnCases(GrantType type)
    {
        GrantFacts named = Home(Roles.ProcessOwner) with { Type = type, CaseId = "c", End = s_now.AddDays(1), Reason = "Elsewhere" };
        AccessFacts facts = s_facts with { Task = null, Case = null, CaseId = null, Grants = [named] };

        AccessDecision draft = _access.Decide(s_adviser, AccessActions.DraftDefinition, AccessTarget.None, facts);
        AccessDecision some = _access.Decide(s_adviser, AccessActions.ReadCase, AccessTarget.SomeCase, facts);

        Assert.Equal((false, AccessCodes.RoleMissing), (draft.Allowed, draft.Code));
        Assert.True(some.Allowed);
        Assert.True(_access.Decide(s_adviser, AccessActions.DraftDefinition, AccessTarget.None, facts with { Grants = [named, Home(Roles.ProcessOwner)] }).Allowed);
        Assert.Equal(AccessTarget.None, ActionTable.Door(AccessActions.DraftDefinition));
        Assert.Equal(AccessTarget.SomeCase, ActionTable.Door(AccessActions.ReadCase));
    }

    [Fact]
    public void ActionTable_HasEveryAction_AndOnlyKnownRoles()
    {
        string[] declared = [.. typeof(AccessActions).GetFields().Select(field => (string)field.GetValue(null)!)];

        Assert.Equal(declared.Order(), ActionTable.Actions.Order());
        Assert.All(ActionTable.Actions, action => Assert.All(ActionTable.RolesFor(action), role => Assert.Contains(role, Roles.Known)));
    }

    private static CaseFacts Case(params string[] agencies) => new()
    {
        Id = "c",
        Owner = "essex-police",
        OwnerStatus = DirectoryStatus.Active,
        Jurisdiction = "criminal",
        Classification = Classification.Private,
        Participants = agencies.ToHashSet(),
        Parties = new HashSet<string>(),
    };

    private static GrantFacts Home(string role) => new()
    {
        Id = role,
        Type = GrantType.Home,
        Role = role,
        Jurisdiction = "criminal",
        Agency = Court,
        MaxClassification = Classification.Private,
        Begin = DateTimeOffset.UnixEpoch,
    };
}
