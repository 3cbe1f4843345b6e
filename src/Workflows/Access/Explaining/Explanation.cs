namespace Assize.Workflows.Access.Explaining;

/// <summary>Why somebody may, or may not, do something, in sentences.</summary>
/// <param name="Summary">The answer in one sentence.</param>
/// <param name="Paths">Every grant that would do on its own; none where the answer is no.</param>
/// <param name="Stopped">Every other grant, with what stopped it.</param>
public sealed record Explanation(
    string Subject, string Name, string Agency, string Action, string? Urn, DateTimeOffset At, bool Allowed, string Code, string Summary,
    IReadOnlyList<AccessPath> Paths, IReadOnlyList<string> Stopped, string PolicyVersion);

/// <param name="Kind">"home", "case", "cross" or "challenged".</param>
/// <param name="Sentence">The path with its approvers, reason and end.</param>
/// <param name="Until">The earliest of its end and its next certification.</param>
public sealed record AccessPath(string GrantId, string Kind, string Role, string Sentence, DateTimeOffset? Until);
