using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Expressions;

/// <summary>The languages of a definition. Pure: the same expression and scope give the same value.</summary>
public static class Evaluator
{
    /// <summary>Evaluates an expression.</summary>
    /// <exception cref="ExpressionFailed">The expression is wrong: an incident.</exception>
    /// <exception cref="ScriptLimitExceeded">It hit a limit that a replay may not reach again: the step is aborted.</exception>
    public static JsonNode? Evaluate(Expression expression, ExpressionScope scope) => throw new NotImplementedException();

    /// <summary>What is wrong with an expression before it runs; null where it reads.</summary>
    public static string? Problem(Expression expression) => throw new NotImplementedException();
}
