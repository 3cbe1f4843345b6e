namespace Assize.Engine.Expressions;

/// <summary>The expression is at fault; the step makes it an incident.</summary>
/// <param name="code">"script-failed", "statement-limit", "recursion-limit", "expression-unknown", "unknown-variable".</param>
public sealed class ExpressionFailed(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>A script ate its memory or its time, or found no place to run: the step is abandoned, and the command journals the limit.</summary>
public sealed class ScriptLimitExceeded(string limit) : Exception(Words(limit))
{
    public const string Place = "place";

    /// <summary>"memory", "time" or <see cref="Place"/>.</summary>
    public string Limit { get; } = limit;

    /// <summary>Whose script; set as the exception leaves Advance.</summary>
    public string ExecutionId { get; set; } = "";
    public string ActivityId { get; set; } = "";

    /// <summary>What the incident says of the limit.</summary>
    public static string Words(string limit) => limit == Place
        ? "Expected a place for the script to run in, but scripts of other steps had taken all. It was not run: try the step again."
        : $"Expected the script to stay within its {limit} limit, but it did not.";
}
