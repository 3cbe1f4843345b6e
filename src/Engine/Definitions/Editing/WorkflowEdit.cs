using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>What a workflow says of itself; what is null stays as it is.</summary>
public sealed record WorkflowEdit
{
    public string? Name { get; init; }
    public string? Description { get; init; }

    /// <summary>Its ports where another workflow uses it as a step.</summary>
    public ImmutableArray<string>? Outcomes { get; init; }
    public ImmutableArray<VariableText>? Variables { get; init; }
    public ImmutableArray<ArgumentText>? Inputs { get; init; }
    public ImmutableArray<ArgumentText>? Outputs { get; init; }

    public Edited To(WorkflowDefinition definition)
    {
        var json = definition.Json.DeepClone().AsObject();
        Set(json, "name", Name);
        Set(json, "description", Description);
        if (Outcomes is { } outcomes && !outcomes.SequenceEqual(definition.Outcomes))
        {
            json["outcomes"] = new JsonArray([.. outcomes.Select(outcome => JsonValue.Create(outcome))]);
        }
        if (Variables is { } variables)
        {
            Replace(json, "variables", variables.Select(variable => (variable.Was, (Action<JsonObject, bool>)((entry, isNew) => variable.Write(entry, isNew ? FreeId(json, variable.Name) : null)))));
        }
        if (Inputs is { } inputs)
        {
            Replace(json, "inputs", inputs.Select(input => (input.Was, (Action<JsonObject, bool>)((entry, isNew) => input.Write(entry, isNew ? "singleline" : null)))));
        }
        if (Outputs is { } outputs)
        {
            Replace(json, "outputs", outputs.Select(output => (output.Was, (Action<JsonObject, bool>)((entry, _) => output.Write(entry, null)))));
        }
        return new Edited(DefinitionReader.Read(json.ToJsonString()));
    }

    // Entries keep what is not named here, and entries that say the same are not touched.
    private static void Replace(JsonObject json, string member, IEnumerable<(int? Was, Action<JsonObject, bool> Write)> wanted)
    {
        var old = json.ArrayOf(member);
        List<JsonNode?> entries = [];
        foreach (var (was, write) in wanted)
        {
            var known = was is { } index && index < old.Count ? old[index] as JsonObject : null;
            var entry = known?.DeepClone().AsObject() ?? [];
            write(entry, known is null);
            entries.Add(entry);
        }
        var now = new JsonArray([.. entries]);
        if (!JsonNode.DeepEquals(now, json[member]) && !(now.Count == 0 && json[member] is null))
        {
            json[member] = now;
        }
    }

    internal static void Set(JsonObject json, string member, string? text)
    {
        if (text is not null && text != (json.TextOf(member) ?? ""))
        {
            json[member] = text;
        }
    }

    private static string FreeId(JsonObject json, string name)
    {
        var stem = name.Length == 0 ? "variable" : char.ToLowerInvariant(name[0]) + name[1..];
        var taken = json.ArrayOf("variables").OfType<JsonObject>().Select(variable => variable.TextOf("id")).ToHashSet();
        var id = stem;
        for (var number = 2; taken.Contains(id); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}");
        }
        return id;
    }
}

/// <summary>A variable as somebody can type it.</summary>
/// <param name="Was">Its place before, from 0; null for a new one. Its id and what else it holds go with it.</param>
public sealed record VariableText(int? Was, string Name, string TypeName, bool IsArray, string Value)
{
    public static ImmutableArray<VariableText> Of(WorkflowDefinition definition) =>
        [.. definition.Json.ArrayOf("variables").Select((variable, index) => Read(variable as JsonObject ?? [], index))];

    internal void Write(JsonObject entry, string? newId)
    {
        if (newId is not null)
        {
            entry["id"] = newId;
        }
        WorkflowEdit.Set(entry, "name", Name);
        WorkflowEdit.Set(entry, "typeName", TypeName);
        if (entry.FlagOf("isArray") != IsArray || newId is not null)
        {
            entry["isArray"] = IsArray;
        }
        if (Said(entry["value"]) != Value || newId is not null)
        {
            entry["value"] = Value.Length == 0 ? null : Value;
        }
        if (newId is not null)
        {
            entry["storageDriverTypeName"] = null;
        }
    }

    private static VariableText Read(JsonObject json, int index) =>
        new(index, json.TextOf("name") ?? "", json.TextOf("typeName") ?? "Object", json.FlagOf("isArray"), Said(json["value"]));

    private static string Said(JsonNode? value) => value is null ? "" : value.AsText() ?? value.ToJsonString();
}

/// <summary>An input or output of the workflow as somebody can type it.</summary>
/// <param name="Was">Its place before, from 0; null for a new one. What else it holds goes with it.</param>
public sealed record ArgumentText(int? Was, string Name, string Type, bool IsArray, string Description)
{
    /// <param name="member">"inputs" or "outputs".</param>
    public static ImmutableArray<ArgumentText> Of(WorkflowDefinition definition, string member) =>
        [.. definition.Json.ArrayOf(member).Select((argument, index) => Read(argument as JsonObject ?? [], index))];

    internal void Write(JsonObject entry, string? newHint)
    {
        var isNew = !entry.ContainsKey("name");
        if (isNew)
        {
            (entry["displayName"], entry["category"]) = (Name, "Primitives");
        }
        WorkflowEdit.Set(entry, "name", Name);
        WorkflowEdit.Set(entry, "type", Type);
        WorkflowEdit.Set(entry, "description", Description);
        if (entry.FlagOf("isArray") != IsArray || isNew)
        {
            entry["isArray"] = IsArray;
        }
        if (newHint is not null)
        {
            entry["uiHint"] = newHint;
        }
    }

    private static ArgumentText Read(JsonObject json, int index) =>
        new(index, json.TextOf("name") ?? "", json.TextOf("type") ?? "Object", json.FlagOf("isArray"), json.TextOf("description") ?? "");
}
