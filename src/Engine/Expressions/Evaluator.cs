using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions.Rooms;

namespace Assize.Engine.Expressions;

/// <summary>The languages of a definition. Pure: the same expression and scope give the same value.</summary>
public static class Evaluator
{
    /// <summary>Evaluates an expression; the value is the caller's own copy.</summary>
    /// <exception cref="ExpressionFailed">The expression is wrong: an incident.</exception>
    /// <exception cref="ScriptLimitExceeded">It hit a limit that a replay may not reach again: the step is abandoned.</exception>
    public static JsonNode? Evaluate(Expression expression, ExpressionScope scope) => expression.Type switch
    {
        "Literal" => expression.Value?.DeepClone(),
        "Object" => Object(expression.Value),
        "Variable" => Variable(expression, scope),
        "Input" => Input(expression, scope),
        "JavaScript" => JavaScript.TryPlain(Text(expression), scope, out JsonNode? value) ? value : OpenRooms.OfThisProcess.Evaluate(expression, scope),
        "Liquid" => Liquid.IsPlain(Text(expression)) ? Liquid.Evaluate(Text(expression), scope) : OpenRooms.OfThisProcess.Evaluate(expression, scope),
        _ => throw Unknown(expression.Type),
    };

    /// <summary>In a room: evaluates whatever it takes.</summary>
    internal static JsonNode? EvaluateHere(Expression expression, ExpressionScope scope) => expression.Type switch
    {
        "JavaScript" => JavaScript.Evaluate(Text(expression), scope),
        "Liquid" => Liquid.Evaluate(Text(expression), scope),
        _ => throw Unknown(expression.Type),
    };

    /// <summary>What is known of an expression before it runs.</summary>
    public static ExpressionReading Read(Expression expression)
    {
        try
        {
            switch (expression.Type)
            {
                case "Literal":
                    break;
                case "Object":
                    Object(expression.Value);
                    break;
                case "Variable":
                    Name(expression);
                    break;
                case "Input":
                    Name(expression);
                    break;
                case "JavaScript":
                    return JavaScript.Prepare(Text(expression)).Reading;
                case "Liquid":
                    Liquid.Prepare(Text(expression));
                    break;
                default:
                    throw Unknown(expression.Type);
            }
            return ExpressionReading.Clean;
        }
        catch (ExpressionFailed failed)
        {
            return new(failed.Message, []);
        }
    }

    private static JsonNode? Object(JsonNode? value)
    {
        if (value is not JsonValue text || !text.TryGetValue(out string? json))
        {
            return value?.DeepClone();
        }
        try
        {
            return string.IsNullOrWhiteSpace(json) ? null : JsonNode.Parse(json);
        }
        catch (JsonException wrong)
        {
            throw new ExpressionFailed("object-unreadable", $"Expected the object to be JSON, but it is not: {wrong.Message}");
        }
    }

    private static JsonNode? Variable(Expression expression, ExpressionScope scope)
    {
        string idOrName = Name(expression);
        return scope.VariablesById.TryGetValue(idOrName, out JsonNode? value) || scope.Variables.TryGetValue(idOrName, out value)
            ? value?.DeepClone()
            : throw new ExpressionFailed("unknown-variable", $"Expected a variable {idOrName} in reach, but there is none");
    }

    private static JsonNode? Input(Expression expression, ExpressionScope scope) =>
        scope.Inputs.GetValueOrDefault(Name(expression))?.DeepClone();

    private static string Name(Expression expression) => expression.Reference
        ?? throw new ExpressionFailed($"unknown-{expression.Type.ToLowerInvariant()}", $"Expected the {expression.Type} expression to name one, but it names none");

    private static string Text(Expression expression) =>
        expression.Value is null ? "" : expression.Value is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new ExpressionFailed("script-unreadable", $"Expected the {expression.Type} expression to be text, but it is not");

    private static ExpressionFailed Unknown(string type) => new(
        "expression-unknown", $"Expected Literal, Object, Variable, Input, JavaScript or Liquid, but the expression is of type {type}");
}
