using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Writes inputs as Studio writes them; one that says the same as before is not touched.</summary>
internal static class InputWriter
{
    public static void Write(PlacedJson step, InputDescriptor input, InputText wanted, WorkflowDefinition definition)
    {
        var before = InputText.Of(step.Node, input);
        if (wanted == before || (before is null && (wanted.Text.Length == 0 || (input.UIHint == "checkbox" && wanted == new InputText("Literal", "False")))) || SameFlag(before, wanted, input))
        {
            return;
        }
        var value = Value(input, wanted, step.Node, definition);
        if (!input.IsWrapped)
        {
            step.Json[input.Member] = Raw(input, wanted, value);
            return;
        }
        var wrapped = step.Json[input.Member] as JsonObject;
        if (wrapped is null)
        {
            step.Json[input.Member] = wrapped = new JsonObject { ["typeName"] = input.TypeName };
        }
        if (wrapped["expression"] is not JsonObject expression)
        {
            wrapped["expression"] = expression = [];
        }
        expression["type"] = wanted.Syntax;
        expression["value"] = value;
    }

    public static void WriteCases(PlacedJson step, InputDescriptor input, ImmutableArray<InputCase> wanted)
    {
        if (wanted.SequenceEqual(InputCase.Of(step.Node, input)))
        {
            return;
        }
        var old = step.Json[input.Member] as JsonArray ?? [];
        step.Json[input.Member] = new JsonArray([.. wanted.Select(item => Case(item, item.Was is { } index && index < old.Count ? old[index] as JsonObject : null))]);
    }

    private static JsonObject Case(InputCase wanted, JsonObject? old)
    {
        var item = old?.DeepClone().AsObject() ?? [];
        item["label"] = wanted.Label;
        if (item["condition"] is not JsonObject condition)
        {
            item["condition"] = condition = [];
        }
        condition["type"] = wanted.Syntax;
        condition["value"] = wanted.Condition;
        if (!item.ContainsKey("activity"))
        {
            item["activity"] = null;
        }
        return item;
    }

    private static JsonNode? Value(InputDescriptor input, InputText wanted, ActivityNode step, WorkflowDefinition definition) => wanted.Syntax switch
    {
        "Object" when InputText.IsList(input) => new JsonArray([.. InputText.Lines(wanted.Text).Select(line => JsonValue.Create(line))]).ToJsonString(),
        "Variable" => Variable(wanted.Text, step, definition).ToJsonString(),
        "Input" => Argument(wanted.Text, definition).ToJsonString(),
        _ => wanted.Text,
    };

    private static JsonNode? Raw(InputDescriptor input, InputText wanted, JsonNode? value) => input.UIHint switch
    {
        "checkbox" => wanted.Text == "True",
        _ when wanted.Syntax is "Object" or "Variable" or "Input" && value.AsText() is { Length: > 0 } json => JsonNode.Parse(json),
        _ => value,
    };

    private static bool SameFlag(InputText? before, InputText wanted, InputDescriptor input) =>
        input.UIHint == "checkbox" && before?.Syntax == "Literal" && wanted.Syntax == "Literal"
        && string.Equals(before.Text, wanted.Text, StringComparison.OrdinalIgnoreCase);

    // Whoever reads the reference looks at the id, then at the name; Studio shows the name.
    private static JsonObject Variable(string idOrName, ActivityNode step, WorkflowDefinition definition) =>
        VariablesInReach.Json(definition, step.Id).FirstOrDefault(variable => variable.TextOf("id") == idOrName || variable.TextOf("name") == idOrName)?.DeepClone().AsObject()
        ?? new JsonObject { ["id"] = idOrName, ["name"] = idOrName };

    private static JsonObject Argument(string name, WorkflowDefinition definition) =>
        definition.Json.ArrayOf("inputs").OfType<JsonObject>().FirstOrDefault(input => input.TextOf("name") == name)?.DeepClone().AsObject() ?? new JsonObject { ["name"] = name };
}
