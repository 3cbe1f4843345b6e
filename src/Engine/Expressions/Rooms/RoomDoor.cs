using System.Text.Json.Nodes;

namespace Assize.Engine.Expressions.Rooms;

/// <summary>The three things that a script in a room may ask of the step.</summary>
internal static class RoomDoor
{
    public const string Set = "set";
    public const string Result = "result";
    public const string Choose = "choose";

    /// <summary>At the step: does it, and gives what the script is to know of it.</summary>
    public static JsonNode? Answer(string asked, JsonObject said, ExpressionScope scope)
    {
        switch (asked)
        {
            case Set:
                string name = said["name"]!.GetValue<string>();
                scope.SetVariable(name, said["value"]?.DeepClone());
                return scope.Variables.GetValueOrDefault(name);
            case Result:
                return scope.Result(said["name"]!.GetValue<string>());
            default:
                scope.SetOutcomes?.Invoke([.. said["value"]!.AsArray().Select(outcome => outcome!.GetValue<string>())]);
                return null;
        }
    }

    /// <summary>In the room: the scope of the step, as far as it was sent.</summary>
    public static ExpressionScope Scope(JsonObject sent, Func<string, string?, JsonNode?, JsonNode?> ask)
    {
        Dictionary<string, JsonNode?> variables = Values(sent["variables"]!);
        return new ExpressionScope
        {
            Now = DateTimeOffset.Parse(sent["now"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture),
            Seed = sent["seed"]!.GetValue<long>(),
            InstanceId = sent["instanceId"]!.GetValue<string>(),
            CorrelationId = sent["correlationId"]?.GetValue<string>(),
            Variables = variables,
            VariablesById = variables,
            Inputs = Values(sent["inputs"]!),
            Outputs = variables,
            Result = activity => ask(Result, activity, null) as JsonObject,
            SetVariable = (name, value) => variables[name] = ask(Set, name, value),
            SetOutcomes = sent["chooses"]!.GetValue<bool>() ? chosen => ask(Choose, null, new JsonArray([.. chosen.Select(o => JsonValue.Create(o))])) : null,
            Time = TimeSpan.FromTicks(sent["ticks"]!.GetValue<long>()),
        };
    }

    private static Dictionary<string, JsonNode?> Values(JsonNode members) => members.AsObject().ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
}
