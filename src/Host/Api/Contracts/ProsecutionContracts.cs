using System.Text.Json.Nodes;

namespace Assize.Host.Api.Contracts;

/// <summary>A prosecution that was sent, and how far it got.</summary>
public sealed record ProsecutionAnswer
{
    /// <summary>The submission's id.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// <c>PENDING</c>, <c>FAILED</c> (errors wait for correction), <c>SUCCESS</c> (the case exists), the same <c>_WITH_WARNINGS</c>, or <c>REJECTED</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>The reference as it stands after corrections.</summary>
    public required string Urn { get; init; }

    /// <summary>The prosecuting authority as it stands after corrections.</summary>
    public required string ProsecutingAuthority { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What is wrong with it: errors have to be corrected, warnings go on with it.</summary>
    public required IReadOnlyList<ProsecutionProblem> Problems { get; init; }

    /// <summary>What was corrected so far; the message as it came is never changed.</summary>
    public required IReadOnlyList<CorrectionMade> Corrections { get; init; }

    /// <summary>The canonical charge JSON with the corrections; pointers address this.</summary>
    public required JsonNode Prosecution { get; init; }

    /// <summary>The case, once there is one that you may see.</summary>
    public string? CaseUrn { get; init; }
}

/// <summary>What is wrong with a prosecution.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Pointer">Where, in the canonical JSON.</param>
/// <param name="Message">What was expected and what to do.</param>
/// <param name="Value">The faulty value; null where it is missing.</param>
/// <param name="Related">Other places that would mend it just as well.</param>
public sealed record ProsecutionProblem(string Code, string Severity, string Pointer, string Message, JsonNode? Value, IReadOnlyList<string> Related);

/// <summary>A correction that was made.</summary>
/// <param name="Pointer">Where.</param>
/// <param name="Value">The value put there; null means that it was removed.</param>
/// <param name="By">The subject of who made it.</param>
/// <param name="At">When.</param>
public sealed record CorrectionMade(string Pointer, JsonNode? Value, string By, DateTimeOffset At);

/// <summary>Corrects faulty values of a prosecution, all of them or none.</summary>
/// <param name="Corrections">The values to put in place.</param>
public sealed record CorrectionsRequest(IReadOnlyList<CorrectionItem> Corrections);

/// <summary>One value to put in place of a faulty one.</summary>
/// <param name="Pointer">A problem's pointer, or one of its related ones.</param>
/// <param name="Value">The right value; null removes it.</param>
public sealed record CorrectionItem(string Pointer, JsonNode? Value);

/// <summary>What came of sending or correcting a prosecution.</summary>
/// <param name="Id">The submission's id.</param>
/// <param name="State">Its state now.</param>
/// <param name="Replayed">True where the same request came before; nothing was done again.</param>
public sealed record ProsecutionTaken(string Id, string State, bool Replayed);
