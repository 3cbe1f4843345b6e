namespace Assize.Host.Api.Contracts;

/// <summary>Where a case stands in its drawn process, and what it waits for.</summary>
/// <param name="Urn">The case.</param>
/// <param name="Case">The case's own path; null where none was started.</param>
/// <param name="Defendants">Each defendant's path.</param>
public sealed record CaseProcess(string Urn, PathPosition? Case, IReadOnlyList<DefendantPath> Defendants);

/// <summary>A defendant's place in the process.</summary>
/// <param name="DefendantId">The defendant's id.</param>
/// <param name="Name">The defendant's name.</param>
/// <param name="Stage">The stage the defendant stands at.</param>
/// <param name="Outcome">How it ended, once it has.</param>
/// <param name="Paths">The workflows that run for this defendant, the oldest first.</param>
public sealed record DefendantPath(string DefendantId, string Name, string Stage, string? Outcome, IReadOnlyList<PathPosition> Paths);

/// <summary>One running or finished workflow and where it stands.</summary>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="Workflow">The definition's id.</param>
/// <param name="Version">The definition's version, kept for the instance's life.</param>
/// <param name="Name">The definition's name.</param>
/// <param name="Status"><c>running</c>, <c>finished</c>, <c>cancelled</c> or <c>faulted</c>.</param>
/// <param name="Done">Ids of the steps that were completed, in the order of their first completion.</param>
/// <param name="Here">Ids of the steps that it stands at now.</param>
/// <param name="Waits">What it waits for.</param>
/// <param name="Incidents">What went wrong and waits for somebody to look at.</param>
public sealed record PathPosition(
    string InstanceId, string Workflow, int Version, string Name, string Status,
    IReadOnlyList<string> Done, IReadOnlyList<string> Here, IReadOnlyList<WaitItem> Waits, IReadOnlyList<IncidentItem> Incidents);

/// <summary>Something that is waited for.</summary>
/// <param name="Kind"><c>task</c>, <c>timer</c>, <c>event</c>, <c>child</c> or <c>reply</c>.</param>
/// <param name="ActivityId">The step that waits.</param>
/// <param name="Step">The step's text.</param>
/// <param name="For">In plain words: who or what is waited for.</param>
/// <param name="TaskId">The task, where it is one that the caller may see.</param>
/// <param name="Agency">A task's agency.</param>
/// <param name="Role">A task's role.</param>
/// <param name="AssigneeName">Who has taken the task.</param>
/// <param name="Until">When a timer fires or a task is due.</param>
/// <param name="Since">Since when it waits.</param>
public sealed record WaitItem(
    string Kind, string ActivityId, string Step, string For, string? TaskId, string? Agency, string? Role, string? AssigneeName, DateTimeOffset? Until, DateTimeOffset Since);

/// <summary>A fault of a definition or its data.</summary>
/// <param name="Id">Of this fault; a step that goes wrong again has another.</param>
/// <param name="ActivityId">The step.</param>
/// <param name="Code">Stable.</param>
/// <param name="Message">What was expected and what was found.</param>
/// <param name="At">When.</param>
public sealed record IncidentItem(string Id, string ActivityId, string Code, string Message, DateTimeOffset At);
