using static Assize.Workflows.Access.AccessDecision;

namespace Assize.Workflows.Access;

/// <summary>The decision itself: rules in order, the first that fails ends it. Pure.</summary>
internal static class AccessRules
{
    public static AccessDecision Decide(Caller caller, string action, AccessTarget target, AccessFacts facts)
    {
        IReadOnlyCollection<string> roles = ActionTable.RolesFor(action);
        if (roles.Count == 0)
        {
            return Denied(AccessCodes.UnknownAction, $"Expected a known action, but “{action}” is none.");
        }
        return Active(caller, facts.Person)
            ?? Standing(facts.Person!, target, facts)
            ?? (target.Kind == AccessTargetKind.Task ? Lane(caller, action, facts.Person!, facts.Task!) : null)
            ?? Role(facts.Person!, roles)
            ?? Granted;
    }

    private static AccessDecision? Active(Caller caller, PersonFacts? person) => person switch
    {
        null => Denied(AccessCodes.UnknownCaller, "Your account is not in the directory. Ask your agency's administrator."),
        _ when person.Agency != caller.Agency => Denied(AccessCodes.UnknownCaller, "Your account has moved to another agency. Sign out and in again."),
        { Status: not DirectoryStatus.Active } => Denied(AccessCodes.CallerInactive, "Your account is not active. Ask your agency's administrator."),
        { AgencyStatus: not DirectoryStatus.Active } => Denied(AccessCodes.AgencyInactive, "Your agency's access is suspended."),
        _ => null,
    };

    private static AccessDecision? Standing(PersonFacts person, AccessTarget target, AccessFacts facts) => target.Kind switch
    {
        AccessTargetKind.None => null,
        AccessTargetKind.Case => facts.Case is null ? NotFound("case") : TakesPart(person, facts.Case),
        AccessTargetKind.Task when facts.Task is null => NotFound("task"),
        AccessTargetKind.Task => facts.Task.CaseId is null ? null : facts.Case is null ? NotFound("task") : TakesPart(person, facts.Case),
        _ when facts.OwnedBy is null => NotFound(target.Kind == AccessTargetKind.Message ? "message" : "submission"),
        _ => facts.OwnedBy.Contains(person.Agency) ? null : Denied(AccessCodes.NoStanding, "It belongs to another agency."),
    };

    private static AccessDecision? TakesPart(PersonFacts person, CaseFacts file) => file.Participants.Contains(person.Agency)
        ? null
        : Denied(AccessCodes.NoStanding, "Your agency takes no part in this case.");

    private static AccessDecision? Role(PersonFacts person, IReadOnlyCollection<string> allowed) => allowed.Any(person.Roles.Contains)
        ? null
        : Denied(AccessCodes.RoleMissing, $"This needs one of these roles: {string.Join(", ", allowed.Order())}.");

    private static AccessDecision? Lane(Caller caller, string action, PersonFacts person, TaskFacts task)
    {
        if (task.LaneAgency != person.Agency)
        {
            return Denied(AccessCodes.WrongLane, "This task is another agency's.");
        }
        if (action == AccessActions.ReadTask)
        {
            return null;
        }
        if (!person.Roles.Contains(task.LaneRole))
        {
            return Denied(AccessCodes.WrongLane, $"This task is for the role {task.LaneRole}, which you do not hold.");
        }
        if (action is AccessActions.ClaimTask or AccessActions.CompleteTask && task.NotBy.Contains(caller.Subject))
        {
            return Denied(AccessCodes.SamePerson, "You did the step that this one checks; another person must do this one.");
        }
        return action != AccessActions.ReinstateTask && task.Assignee is { } holder && holder != caller.Subject
            ? Denied(AccessCodes.HeldByOther, "Somebody else has taken this task. They can release it.")
            : null;
    }

    private static AccessDecision NotFound(string what) => Denied(AccessCodes.NotFound, $"There is no such {what}.");
}
