namespace Assize.Workflows.Access;

/// <summary>What an action is asked about, by id.</summary>
public sealed record AccessTarget(AccessTargetKind Kind, string Id)
{
    /// <summary>Nothing in particular: the role alone decides.</summary>
    public static AccessTarget None { get; } = new(AccessTargetKind.None, "");

    public static AccessTarget Case(string caseId) => new(AccessTargetKind.Case, caseId);

    public static AccessTarget Task(string taskId) => new(AccessTargetKind.Task, taskId);

    public static AccessTarget Submission(string submissionId) => new(AccessTargetKind.Submission, submissionId);

    public static AccessTarget Message(string messageId) => new(AccessTargetKind.Message, messageId);
}

public enum AccessTargetKind { None, Case, Task, Submission, Message }
