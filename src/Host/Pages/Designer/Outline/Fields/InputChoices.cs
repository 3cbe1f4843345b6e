using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;

namespace Assize.Host.Pages.Designer.Outline.Fields;

/// <summary>What somebody can choose for the inputs of one step: what the workflow declares, and what is published here.</summary>
/// <param name="Workflows">Published workflows, id and name.</param>
public sealed record InputChoices(WorkflowDefinition Definition, string StepId, IReadOnlyList<Choice> Workflows)
{
    private static readonly string[] s_types = ["String", "Boolean", "Int32", "Int64", "Decimal", "DateTimeOffset", "TimeSpan", "Object", "JSON"];

    public static IReadOnlyList<Choice> Types { get; } = [.. s_types.Select(type => new Choice(type, type))];

    /// <summary>The kinds of value that variables have; one that a definition brought from elsewhere stays to be chosen.</summary>
    public static IReadOnlyList<Choice> TypesWith(string type) => s_types.Contains(type) ? Types : [.. Types, new Choice(type, type)];

    public IReadOnlyList<Choice> Variables { get; } =
        [.. VariablesInReach.Of(Definition, StepId).DistinctBy(variable => variable.Id).Select(variable => new Choice(variable.Id, variable.Name.Length > 0 ? variable.Name : variable.Id))];

    public IReadOnlyList<Choice> Arguments { get; } = [.. Definition.Inputs.DistinctBy(input => input.Name).Select(input => new Choice(input.Name, input.Name))];

    public IReadOnlyList<Choice> Outputs { get; } = [.. Definition.Outputs.DistinctBy(output => output.Name).Select(output => new Choice(output.Name, output.Name))];

    /// <summary>Null where the input is typed and not chosen.</summary>
    public IReadOnlyList<Choice>? Of(InputDescriptor input) => input.UIHint switch
    {
        "dropdown" => Listed(input, "dropdown", "selectList"),
        "radiolist" => Listed(input, "radiolist", "radioList"),
        "checklist" => Listed(input, "checklist", "checkList"),
        "variable-picker" => Variables,
        "input-picker" => Arguments,
        "output-picker" => Outputs,
        "outcome-picker" => [.. Definition.Outcomes.Select(outcome => new Choice(outcome, outcome))],
        "type-picker" => Types,
        "workflow-definition-picker" => Workflows,
        _ => null,
    };

    private static List<Choice> Listed(InputDescriptor input, string hint, string list) =>
        [.. (input.UISpecifications?[hint]?[list]?["items"] as System.Text.Json.Nodes.JsonArray ?? []).OfType<System.Text.Json.Nodes.JsonObject>()
            .Select(item => new Choice(item.TextOf("value") ?? "", item.TextOf("text") ?? item.TextOf("value") ?? ""))];
}
