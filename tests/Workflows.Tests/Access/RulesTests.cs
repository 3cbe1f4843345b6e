using Assize.Workflows.Access;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Access;

public sealed class RulesTests
{
    private const string Court = "liverpool-magistrates";
    private const string Police = "merseyside-police";

    private static readonly Caller s_adviser = new("aisha", Court, [], "Aisha", false, "host");
    private static readonly PersonFacts s_person = Person(Court, Roles.LegalAdviser);
    private static readonly TaskFacts s_task = new("t", "c", Court, Roles.LegalAdviser, null, new HashSet<string>());
    private static readonly CaseFacts s_case = new("c", new HashSet<string> { Court });
    private static readonly AccessFacts s_facts = new() { Person = s_person, Task = s_task, Case = s_case };

    private readonly AccessEvaluator _access = new(new FakeTimeProvider());

    public static TheoryData<string, string, AccessFacts> Denials => new()
    {
        { AccessActions.CompleteTask, AccessCodes.UnknownCaller, s_facts with { Person = null } },
        { AccessActions.CompleteTask, AccessCodes.UnknownCaller, s_facts with { Person = Person(Police, Roles.LegalAdviser) } },
        { AccessActions.CompleteTask, AccessCodes.CallerInactive, s_facts with { Person = s_person with { Status = DirectoryStatus.Left } } },
        { AccessActions.CompleteTask, AccessCodes.AgencyInactive, s_facts with { Person = s_person with { AgencyStatus = DirectoryStatus.Suspended } } },
        { AccessActions.CompleteTask, AccessCodes.NotFound, s_facts with { Task = null } },
        { AccessActions.CompleteTask, AccessCodes.NoStanding, s_facts with { Case = new CaseFacts("c", new HashSet<string> { Police }) } },
        { AccessActions.CompleteTask, AccessCodes.WrongLane, s_facts with { Task = s_task with { LaneAgency = Police } } },
        { AccessActions.CompleteTask, AccessCodes.WrongLane, s_facts with { Task = s_task with { LaneRole = Roles.ListingOfficer } } },
        { AccessActions.CompleteTask, AccessCodes.WrongLane, s_facts with { Person = Person(Court) } },
        { AccessActions.CompleteTask, AccessCodes.SamePerson, s_facts with { Task = s_task with { NotBy = new HashSet<string> { "aisha" } } } },
        { AccessActions.ClaimTask, AccessCodes.SamePerson, s_facts with { Task = s_task with { NotBy = new HashSet<string> { "aisha" } } } },
        { AccessActions.CompleteTask, AccessCodes.HeldByOther, s_facts with { Task = s_task with { Assignee = "peter" } } },
        { AccessActions.ReleaseTask, AccessCodes.HeldByOther, s_facts with { Task = s_task with { Assignee = "peter" } } },
        { AccessActions.CompleteTask, AccessCodes.RoleMissing, s_facts with { Person = Person(Court, Roles.CaseSystem), Task = s_task with { LaneRole = Roles.CaseSystem } } },
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
            AccessFacts facts = s_facts with { Person = Person(Court, Roles.CaseSystem), Task = s_task with { LaneRole = role } };

            Assert.False(_access.Decide(s_adviser, AccessActions.CompleteTask, AccessTarget.Task("t"), facts).Allowed);
        }
    }

    [Fact]
    public void Decide_AboutWhatOneMayNotKnowOf_LooksAbsent()
    {
        AccessFacts facts = s_facts with { Case = new CaseFacts("c", new HashSet<string>()) };

        Assert.True(_access.Decide(s_adviser, AccessActions.ReadCase, AccessTarget.Case("c"), facts).LooksAbsent);
        Assert.True(_access.Decide(s_adviser, AccessActions.ReadCase, AccessTarget.Case("c"), facts with { Case = null }).LooksAbsent);
    }

    [Fact]
    public void ActionTable_HasEveryAction_AndOnlyKnownRoles()
    {
        string[] declared = [.. typeof(AccessActions).GetFields().Select(field => (string)field.GetValue(null)!)];

        Assert.Equal(declared.Order(), ActionTable.Actions.Order());
        Assert.All(ActionTable.Actions, action => Assert.All(ActionTable.RolesFor(action), role => Assert.Contains(role, Roles.All)));
    }

    private static PersonFacts Person(string agency, params string[] roles) => new(agency, false, DirectoryStatus.Active, DirectoryStatus.Active, roles.ToHashSet());
}
