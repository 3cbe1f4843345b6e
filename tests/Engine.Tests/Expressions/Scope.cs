using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;

namespace Assize.Engine.Tests.Expressions;

internal static class Scope
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 9, 30, 0, TimeSpan.Zero);

    public static ExpressionScope With(
        Dictionary<string, JsonNode?>? variables = null, Dictionary<string, JsonNode?>? inputs = null, Action<IReadOnlyList<string>>? outcomes = null, long seed = 1)
    {
        variables ??= [];
        return new ExpressionScope
        {
            Now = Now,
            Seed = seed,
            InstanceId = "instance-1",
            CorrelationId = "case-1",
            Variables = variables,
            VariablesById = variables.ToDictionary(v => "id-" + v.Key, v => v.Value),
            Inputs = inputs ?? [],
            Outputs = new Dictionary<string, JsonNode?>(),
            Result = activity => activity == "Ask" ? new JsonObject { ["Result"] = 7, ["Note"] = "seen" } : null,
            SetVariable = (name, value) => variables[name] = value,
            SetOutcomes = outcomes,
        };
    }

    public static string? JavaScript(string script, ExpressionScope? scope = null) =>
        Evaluator.Evaluate(new Expression("JavaScript", script), scope ?? With())?.ToJsonString();

    public static string? Liquid(string template, ExpressionScope? scope = null) =>
        Evaluator.Evaluate(new Expression("Liquid", template), scope ?? With())?.GetValue<string>();
}
