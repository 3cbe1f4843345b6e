namespace Assize.Engine.Expressions;

/// <summary>The expression is at fault; the step makes it an incident.</summary>
/// <param name="code">"script-failed", "statement-limit", "recursion-limit", "expression-unknown", "unknown-variable".</param>
public sealed class ExpressionFailed(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>A script ate its memory or its time: the step is abandoned, and the command journals the limit.</summary>
public sealed class ScriptLimitExceeded(string limit) : Exception($"Expected the script to stay within its {limit} limit, but it did not.")
{
    /// <summary>"memory" or "time".</summary>
    public string Limit { get; } = limit;

    /// <summary>Whose script; set as the exception leaves Advance.</summary>
    public string ExecutionId { get; set; } = "";
    public string ActivityId { get; set; } = "";
}
