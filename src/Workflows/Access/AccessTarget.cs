namespace Assize.Workflows.Access;

/// <summary>What an action is asked about, by id.</summary>
public sealed record AccessTarget(AccessTargetKind Kind, string Id)
{
    /// <summary>Nothing in particular: a standing role alone decides. A role on cases is none.</summary>
    public static AccessTarget None { get; } = new(AccessTargetKind.None, "");

    /// <summary>A case, but which one is asked next: a role on one case is enough to come so far.</summary>
    public static AccessTarget SomeCase { get; } = new(AccessTargetKind.SomeCase, "");

    public static AccessTarget Case(string caseId) => new(AccessTargetKind.Case, caseId);

    public static AccessTarget Task(string taskId) => new(AccessTargetKind.Task, taskId);

    public static AccessTarget Submission(string submissionId) => new(AccessTargetKind.Submission, submissionId);

    public static AccessTarget Message(string messageId) => new(AccessTargetKind.Message, messageId);
}

public enum AccessTargetKind { None, SomeCase, Case, Task, Submission, Message }
