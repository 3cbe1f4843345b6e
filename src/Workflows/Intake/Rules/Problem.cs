using System.Text.Json.Nodes;

namespace Assize.Workflows.Intake.Rules;

public enum Severity { Warning, Error }

/// <summary>One fault of a submission: what is wrong, which value, and what to do about it.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Pointer">The faulty value in the canonical JSON, or where a missing one belongs.</param>
/// <param name="Value">The value as it stands; null where it is missing.</param>
/// <param name="Related">Other values that would mend it just as well, where two values disagree.</param>
public sealed record Problem(string Code, Severity Severity, string Pointer, string Message, JsonNode? Value, IReadOnlyList<string> Related)
{
    public static Problem Of(string code, string pointer, string message, JsonNode? value = null, params IReadOnlyList<string> related) =>
        new(code, ProblemCodes.SeverityOf(code), pointer, message, value?.DeepClone(), related);

    /// <summary>Whether a correction may change the value at this pointer because of this problem.</summary>
    public bool Opens(string pointer) =>
        ProblemCodes.IsCorrectable(Code) && (Pointer == pointer || Related.Contains(pointer, StringComparer.Ordinal));
}
