using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Workflows.Activities;

/// <summary>Short forms for the inputs and ports that case activities show in Studio.</summary>
internal static class Describe
{
    public const string TaskCategory = "Assize: tasks";
    public const string CaseCategory = "Assize: case";
    public const string HearingCategory = "Assize: hearings";
    public const string ExchangeCategory = "Assize: messages and events";

    public static InputDescriptor Line(string name, string displayName, string description, bool required = false, JsonNode? defaultValue = null) =>
        new(name, "String", "singleline")
        {
            DisplayName = displayName,
            Description = description,
            IsRequired = required,
            DefaultValue = defaultValue,
            DefaultSyntax = "Literal",
        };

    public static InputDescriptor Lines(string name, string displayName, string description) =>
        new(name, "String", "multiline") { DisplayName = displayName, Description = description, DefaultSyntax = "Literal" };

    public static InputDescriptor Tick(string name, string displayName, string description) =>
        new(name, "Boolean", "checkbox") { DisplayName = displayName, Description = description, DefaultSyntax = "Literal" };

    public static InputDescriptor Script(string name, string typeName, string displayName, string description) =>
        new(name, typeName, "expression-editor") { DisplayName = displayName, Description = description, DefaultSyntax = "JavaScript" };

    public static InputDescriptor Pick(
        string name, string displayName, string description, IEnumerable<(string Text, string Value)> items, bool required = false, JsonNode? defaultValue = null) =>
        new(name, "String", "dropdown")
        {
            DisplayName = displayName,
            Description = description,
            IsRequired = required,
            DefaultValue = defaultValue,
            DefaultSyntax = "Literal",
            UISpecifications = new JsonObject
            {
                ["dropdown"] = new JsonObject
                {
                    ["selectList"] = new JsonObject
                    {
                        ["items"] = new JsonArray([.. items.Select(x => new JsonObject { ["text"] = x.Text, ["value"] = x.Value })]),
                        ["isFlagsEnum"] = false,
                    },
                },
            },
        };

    public static InputDescriptor OutcomeList(string description) =>
        new("Outcomes", "String[]", "dynamic-outcomes")
        {
            DisplayName = "Outcomes",
            Description = description,
            IsRequired = true,
            DefaultSyntax = "Object",
            UISpecifications = new JsonObject { ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray() } },
        };

    public static PortDescriptor Port(string name, string displayName) => new(name, displayName);

    public static InputDescriptor CalendarInput { get; } =
        Line("Calendar", "Calendar", "The calendar whose working days count.", defaultValue: CaseStep.DefaultCalendar);

    public static InputDescriptor CorrelateBy { get; } = Pick(
        "CorrelateBy", "Correlate by", "Whose event it is.",
        [("Case", "case"), ("Defendant", "defendant"), ("Hearing", "hearing"), ("Submission", "submission"), ("Anything in this case", "none")], defaultValue: "case");
}
