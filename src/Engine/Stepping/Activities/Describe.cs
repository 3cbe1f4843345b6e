using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping.Activities;

/// <summary>Short forms for the parts of a descriptor.</summary>
public static class Describe
{
    /// <summary>A line of text in which every expression language is offered.</summary>
    public static InputDescriptor Line(string name, string displayName, string description, bool required = false) =>
        new(name, "String", "singleline") { DisplayName = displayName, Description = description, IsRequired = required };

    public static InputDescriptor Lines(string name, string displayName, string description, bool required = false) =>
        new(name, "String", "multiline") { DisplayName = displayName, Description = description, IsRequired = required };

    public static InputDescriptor Flag(string name, string displayName, string description) =>
        new(name, "Boolean", "checkbox") { DisplayName = displayName, Description = description };

    /// <summary>A value that is usually computed.</summary>
    public static InputDescriptor Computed(string name, string typeName, string displayName, string description, bool required = false) =>
        new(name, typeName, "expression-editor") { DisplayName = displayName, Description = description, IsRequired = required, DefaultSyntax = "JavaScript" };

    /// <summary>One of a fixed list.</summary>
    public static InputDescriptor Choice(string name, string displayName, string description, string defaultValue, params (string Value, string Text)[] items) =>
        new(name, "String", "dropdown")
        {
            DisplayName = displayName,
            Description = description,
            DefaultValue = defaultValue,
            UISpecifications = new JsonObject
            {
                ["dropdown"] = new JsonObject { ["selectList"] = new JsonObject { ["items"] = Items(items), ["isFlagsEnum"] = false } },
            },
        };

    /// <summary>A list of names that become the activity's ports.</summary>
    public static InputDescriptor Outcomes(string name, string displayName, string description, params string[] fixedOutcomes) =>
        new(name, "List<String>", "dynamic-outcomes")
        {
            DisplayName = displayName,
            Description = description,
            UISpecifications = new JsonObject
            {
                ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray([.. fixedOutcomes.Select(o => JsonValue.Create(o))]) },
            },
        };

    public static InputDescriptor Unwrapped(this InputDescriptor input) => input with { IsWrapped = false };

    public static PortDescriptor Port(string name) => new(name, name);

    public static PortDescriptor Embedded(string name) => new(name, name, PortType.Embedded);

    private static JsonArray Items((string Value, string Text)[] items) =>
        new([.. items.Select(i => new JsonObject { ["text"] = i.Text, ["value"] = i.Value })]);
}
