namespace Assize.Host.Components;

/// <summary>What an audit record says was done, in words. An action without words is shown as it is, never hidden.</summary>
public static class AuditWords
{
    /// <summary>In the order of a list to choose from.</summary>
    public static IReadOnlyDictionary<string, string> Actions { get; } = new Dictionary<string, string>
    {
        ["prosecution.submit"] = "Sent a prosecution",
        ["prosecution.correct"] = "Corrected a prosecution",
        ["task.claim"] = "Took a task",
        ["task.release"] = "Released a task",
        ["task.complete"] = "Completed a task",
        ["task.reinstate"] = "Took a completion back",
        ["case.close-in-error"] = "Closed a case opened in error",
        ["incident.retry"] = "Tried a step again that went wrong",
        ["message.acknowledge"] = "Acknowledged a message",
        ["agency.add"] = "Brought an agency into a case",
        ["agency.withdraw"] = "Withdrew an agency from a case",
        ["party.record"] = "Recorded a party of a case",
        ["party.end"] = "Said that a party of a case is none any more",
        ["case-role.give"] = "Gave a role on a case",
        ["grant.end"] = "Ended access",
        ["grant.suspend"] = "Put access to sleep, since its holder changed posts",
        ["grant.review-due"] = "Asked for a review of access, since its holder changed posts",
        ["grant.certify"] = "Confirmed access at a review",
        ["cross.request"] = "Asked for access across agencies",
        ["cross.change"] = "Changed a request across agencies",
        ["cross.sponsor"] = "Sponsored a request across agencies",
        ["cross.consent"] = "Consented to a request across agencies",
        ["cross.refuse"] = "Refused a request across agencies",
        ["challenged.claim"] = "Claimed access outside their area",
        ["emergency.claim"] = "Claimed access in an emergency",
        ["access.review"] = "Reviewed claimed access",
        ["exclusion.declare"] = "Declared a conflict of interest",
        ["exclusion.remove"] = "Removed a conflict of interest",
        ["case.refused"] = "Was refused a sealed case",
        ["case.protect"] = "Changed who may know of a case",
        ["erasure.request"] = "Asked for personal data to be erased",
        ["erasure.decide"] = "Decided on erasing personal data",
        ["definition.practise"] = "Ran a drawing as a practice case",
        ["practice.answer"] = "Answered a practice case",
        ["practice.cancel"] = "Cancelled a practice case",
        ["practice.delete"] = "Deleted a practice case",
        ["audit.export"] = "Downloaded the audit log",
    };

    public static string Action(string action) => Actions.GetValueOrDefault(action) ?? Words.Plain(action);
}
