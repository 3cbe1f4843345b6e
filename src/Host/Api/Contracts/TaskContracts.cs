using System.Text.Json.Nodes;

namespace Assize.Host.Api.Contracts;

/// <summary>A task in a list.</summary>
public sealed record TaskItem
{
    /// <summary>The task's id.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be done, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary><c>open</c>, <c>claimed</c>, <c>completed</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>The case it is about; null before there is one.</summary>
    public string? CaseUrn { get; init; }

    /// <summary>The defendant it is about, where it is about one.</summary>
    public string? Defendant { get; init; }

    /// <summary>The submission it is about, where it is about one.</summary>
    public string? SubmissionId { get; init; }

    /// <summary>The agency whose work it is.</summary>
    public required string Agency { get; init; }

    /// <summary>The role whose work it is.</summary>
    public required string Role { get; init; }

    /// <summary>The subject of who has taken it; null while nobody has.</summary>
    public string? Assignee { get; init; }

    /// <summary>The name of who has taken it.</summary>
    public string? AssigneeName { get; init; }

    /// <summary>When it should be done.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Before this instant it can be seen but not completed.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>1 urgent, 2 normal, 3 low.</summary>
    public required int Priority { get; init; }

    /// <summary>Whether the law requires this step.</summary>
    public required bool Statutory { get; init; }

    /// <summary>When it came up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A task with what is needed to do it.</summary>
public sealed record TaskDetail
{
    /// <summary>The task as lists show it.</summary>
    public required TaskItem Task { get; init; }

    /// <summary>What to do and what to look at.</summary>
    public required string Instructions { get; init; }

    /// <summary>The outcomes it may be completed with.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>The form that its fields are checked against, as published; null where it has none.</summary>
    public JsonNode? Form { get; init; }

    /// <summary>The offences of the task's defendant, or of all where it is about none: what "for each offence" questions and questions of type offence are about.</summary>
    public required IReadOnlyList<TaskOffence> Offences { get; init; }

    /// <summary>The outcome it was completed with.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it was completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The subject of who completed it.</summary>
    public string? CompletedBy { get; init; }
}

/// <summary>An offence that a task is about; withdrawn ones are not among them.</summary>
/// <param name="Sequence">Its number, unique within the defendant.</param>
/// <param name="Code">CJS offence code.</param>
/// <param name="Title">Its name.</param>
/// <param name="Defendant">The defendant's number within the case.</param>
/// <param name="DefendantName">The defendant's name.</param>
/// <param name="Name">How the answer to a question of type offence names it: "2.1" is the second defendant's first.</param>
public sealed record TaskOffence(int Sequence, string Code, string Title, int Defendant, string DefendantName, string Name);

/// <summary>Completes a task.</summary>
/// <param name="Outcome">One of the task's outcomes.</param>
/// <param name="Fields">Answers by question id of the task's form: text, a list for checkboxes, an object by offence sequence where asked for each offence.</param>
public sealed record CompleteTaskRequest(string Outcome, JsonObject? Fields = null);

/// <summary>Why something is done.</summary>
/// <param name="Reason">In plain words; it is kept in the case's history.</param>
public sealed record ReasonRequest(string Reason);

/// <summary>What came of a task's post.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="State">Its state now.</param>
/// <param name="CaseUrn">The case, where there is one.</param>
/// <param name="Replayed">True where this answer was given before to the same Idempotency-Key.</param>
public sealed record TaskAnswer(string Id, string State, string? CaseUrn, bool Replayed);
