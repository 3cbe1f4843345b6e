using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access;

/// <summary>What a task asks beyond access to its case: the right agency, the right role, nobody else holding it, and two persons where two must differ.</summary>
internal static class TaskLane
{
    /// <summary>Null where nothing stands in the way. A lane is filled by a role that itself opens the case; holding a task grants none.</summary>
    public static AccessDecision? Check(Caller caller, string action, AccessFacts facts, Verdict verdict)
    {
        TaskFacts task = facts.Task!;
        if (task.LaneAgency != caller.Agency)
        {
            return Denied(AccessCodes.WrongLane, "This task is another agency's.");
        }
        if (action == AccessActions.ReadTask)
        {
            return null;
        }
        if (!verdict.Sufficient.Any(grant => grant.Role == task.LaneRole))
        {
            return Denied(AccessCodes.WrongLane, $"This task is for the role {task.LaneRole}, which you do not hold.");
        }
        if (action is AccessActions.ClaimTask or AccessActions.CompleteTask && (task.NotBy.Contains(caller.Subject) || task.NotByPeople.Contains(facts.Person!.PersonId)))
        {
            return Denied(AccessCodes.SamePerson, "You did the step that this one checks; another person must do this one.");
        }
        return action != AccessActions.ReinstateTask && task.Assignee is { } holder && holder != caller.Subject
            ? Denied(AccessCodes.HeldByOther, "Somebody else has taken this task. They can release it.")
            : null;

        AccessDecision Denied(string code, string reason) => AccessDecision.Denied(code, reason) with { Verdict = verdict };
    }
}
