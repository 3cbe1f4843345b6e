namespace Assize.Workflows.Practice;

/// <summary>A case that somebody made up to see a drawing run. It has the text that was drawn when it began, and nobody but process owners of the agency knows of it.</summary>
public sealed class PracticeCase
{
    private const char Separator = '~';

    /// <summary>The case's id, which is its unit's.</summary>
    public required string CaseId { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>The definition as it stood; its id is <see cref="RunsAs"/>.</summary>
    public required string Text { get; init; }
    public required string Agency { get; init; }
    public required string StartedBy { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By the real clock; from then on it is deleted.</summary>
    public required DateTimeOffset KeptUntil { get; init; }

    /// <summary>The id under which the engine knows the text: no published one has it.</summary>
    public static string RunsAs(string definitionId, string caseId) => $"{definitionId}{Separator}{caseId}";

    /// <summary>The workflow and the case behind such an id; null where it is an ordinary one.</summary>
    public static (string DefinitionId, string CaseId)? Behind(string definitionId) =>
        definitionId.LastIndexOf(Separator) is > 0 and int at ? (definitionId[..at], definitionId[(at + 1)..]) : null;
}
