using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Host.Designer;

/// <summary>Activity descriptors in Studio's shape.</summary>
internal static class StudioDescriptors
{
    /// <summary>Every known type, and one for each (type, version) that a stored definition uses: a single unknown one leaves Studio's canvas empty.</summary>
    public static JsonObject Activities(ActivityCatalog catalog, IEnumerable<(string Type, int Version)> used)
    {
        var items = catalog.All.Select(Activity).ToList();
        var known = catalog.All.Select(descriptor => (descriptor.TypeName, descriptor.Version)).ToHashSet();
        items.AddRange(used.Where(known.Add).Select(use => Activity(catalog.Find(use.Type) is { } other ? other with { Version = use.Version } : Unknown(use.Type, use.Version))));
        return List(items);
    }

    public static JsonObject List(IEnumerable<JsonObject> items)
    {
        var list = new JsonArray([.. items]);
        return new JsonObject { ["items"] = list, ["count"] = list.Count };
    }

    public static JsonObject Expressions() => List(
    [
        Expression("Literal", "Literal", false, null), Expression("Object", "Object", false, "json"),
        Expression("JavaScript", "JavaScript", true, "javascript"), Expression("Liquid", "Liquid", true, "liquid"),
        Expression("Variable", "Variable", true, null, "variable-picker"), Expression("Input", "Input", true, null, "input-picker"),
    ]);

    public static JsonObject Variables() => List(
        ((string[])["String", "Boolean", "Int32", "Int64", "Decimal", "DateTimeOffset", "TimeSpan", "Object", "JSON"])
            .Select(name => new JsonObject { ["typeName"] = name, ["displayName"] = name, ["category"] = "Primitives", ["description"] = name }));

    /// <summary>By the names that definitions say to Elsa's own server, so that they mean the same there.</summary>
    public static JsonObject Activations() => List(
    [
        Strategy("Elsa.Workflows.Runtime.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Runtime", "Always", "Each case and each event begins one."),
    ]);

    /// <summary>The same of what becomes of an instance in which a step failed.</summary>
    public static JsonObject Incidents() => List(
    [
        Strategy("Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core", "Stop", "Nothing goes on until somebody has dealt with the incident."),
        Strategy("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "Go on", "Other branches go on; the one that failed waits for somebody."),
    ]);

    private static JsonObject Strategy(string type, string name, string description) => new() { ["typeName"] = type, ["displayName"] = name, ["description"] = description };

    private static ActivityDescriptor Unknown(string type, int version) => new()
    {
        TypeName = type,
        Version = version,
        Category = "Not known here",
        DisplayName = type,
        Description = "This build does not know this activity.",
        IsBrowsable = false,
    };

    private static JsonObject Expression(string type, string name, bool browsable, string? language, string? hint = null)
    {
        var properties = new JsonObject();
        if (language is not null)
        {
            properties["MonacoLanguage"] = language;
        }

        if (hint is not null)
        {
            properties["UIHint"] = hint;
        }

        return new JsonObject { ["type"] = type, ["displayName"] = name, ["isSerializable"] = true, ["isBrowsable"] = browsable, ["properties"] = properties };
    }

    private static JsonObject Activity(ActivityDescriptor descriptor) => new()
    {
        ["typeName"] = descriptor.TypeName,
        ["namespace"] = descriptor.Namespace,
        ["name"] = descriptor.Name,
        ["version"] = descriptor.Version,
        ["category"] = descriptor.Category,
        ["displayName"] = descriptor.DisplayName,
        ["description"] = descriptor.Description,
        ["kind"] = descriptor.Kind.ToString(),
        ["inputs"] = new JsonArray([.. descriptor.Inputs.Select(Input)]),
        ["outputs"] = new JsonArray([.. descriptor.Outputs.Select(output => new JsonObject
        {
            ["name"] = output.Name,
            ["typeName"] = output.TypeName,
            ["displayName"] = output.DisplayName,
            ["description"] = output.Description,
            ["isBrowsable"] = true,
        })]),
        ["ports"] = new JsonArray([.. descriptor.Ports.Select(port => new JsonObject
        {
            ["name"] = port.Name,
            ["displayName"] = port.DisplayName,
            ["type"] = port.Type.ToString(),
            ["isBrowsable"] = true,
        })]),
        ["customProperties"] = new JsonObject(),
        ["constructionProperties"] = descriptor.ConstructionProperties?.DeepClone() ?? new JsonObject(),
        ["isContainer"] = descriptor.IsContainer,
        ["isBrowsable"] = descriptor.IsBrowsable,
        ["isStart"] = descriptor.IsStart,
        ["isTerminal"] = descriptor.IsTerminal,
    };

    private static JsonObject Input(InputDescriptor input, int order) => new()
    {
        ["name"] = input.Name,
        ["typeName"] = input.TypeName,
        ["displayName"] = input.DisplayName,
        ["description"] = input.Description,
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSynthetic"] = false,
        ["isWrapped"] = input.IsWrapped,
        ["uiHint"] = input.UIHint,
        ["defaultValue"] = input.DefaultValue?.DeepClone(),
        ["defaultSyntax"] = input.DefaultSyntax ?? "Literal",
        ["isReadOnly"] = false,
        ["isSensitive"] = false,
        ["uiSpecifications"] = input.UISpecifications?.DeepClone() ?? new JsonObject(),
    };

    public static string Text(JsonObject value) => value.ToJsonString(JsonSerializerOptions.Web);
}
