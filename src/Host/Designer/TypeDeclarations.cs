using System.Globalization;
using System.Text;
using Assize.Engine.Definitions;

namespace Assize.Host.Designer;

/// <summary>What a script of a definition may name, as TypeScript declarations for Studio's editor.</summary>
internal static class TypeDeclarations
{
    public static string Of(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        var text = new StringBuilder();
        var variables = definition.Variables.Concat(definition.Root.SelfAndBelow().SelectMany(node => node.Variables)).DistinctBy(variable => variable.Name).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"declare function getVariable(name: {Names(variables.Select(variable => variable.Name))}): any;");
        text.AppendLine(CultureInfo.InvariantCulture, $"declare function setVariable(name: {Names(variables.Select(variable => variable.Name))}, value: any): void;");
        text.AppendLine(CultureInfo.InvariantCulture, $"declare const variables: {{ {string.Concat(variables.Select(variable => $"{Key(variable.Name)}: {Type(variable.TypeName, variable.IsArray)}; "))}}};");
        foreach (var variable in variables.Where(variable => IsIdentifier(variable.Name)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"declare function get{Pascal(variable.Name)}(): {Type(variable.TypeName, variable.IsArray)};");
            text.AppendLine(CultureInfo.InvariantCulture, $"declare function set{Pascal(variable.Name)}(value: {Type(variable.TypeName, variable.IsArray)}): void;");
        }

        AddInputs(text, definition);
        AddOutputs(text, definition, catalog);
        text.AppendLine("declare function getCorrelationId(): string | null;");
        text.AppendLine("declare function getWorkflowInstanceId(): string;");
        text.AppendLine("/** Business time at which the step is taken. */");
        text.AppendLine("declare function now(): Date;");
        text.AppendLine("declare function random(): number;");
        text.AppendLine("declare function setOutcome(outcome: string): void;");
        text.AppendLine("declare function setOutcomes(...outcomes: string[]): void;");
        return text.ToString();
    }

    private static void AddInputs(StringBuilder text, WorkflowDefinition definition)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"declare function getInput(name: {Names(definition.Inputs.Select(input => input.Name))}): any;");
        text.AppendLine(CultureInfo.InvariantCulture, $"declare const input: {{ {string.Concat(definition.Inputs.Select(input => $"{Key(input.Name)}: {Type(input.Type, input.IsArray)}; "))}[name: string]: any }};");
    }

    /// <summary>One declaration for each step that gives something, so that the editor offers its name and what it gives.</summary>
    private static void AddOutputs(StringBuilder text, WorkflowDefinition definition, ActivityCatalog catalog)
    {
        foreach (var node in definition.Root.SelfAndBelow())
        {
            foreach (var output in catalog.Find(node.Type)?.Outputs ?? [])
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"/** {Comment($"{node.DisplayText}: {output.DisplayName}. {output.Description}")} */");
                text.AppendLine(CultureInfo.InvariantCulture, $"declare function getOutputFrom(activity: {Text(node.Name ?? node.Id)}, output: {Text(output.Name)}): {Type(output.TypeName, isArray: false)};");
            }
        }

        text.AppendLine("declare function getOutputFrom(activity: string, output?: string): any;");
    }

    private static string Type(string typeName, bool isArray) => (typeName switch
    {
        "String" or "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan" => "string",
        "Boolean" => "boolean",
        "Int32" or "Int64" or "Double" or "Decimal" or "Single" => "number",
        "String[]" => "string[]",
        _ => "any",
    }) + (isArray ? "[]" : "");

    private static string Names(IEnumerable<string> names) => string.Concat(names.Select(name => $"{Text(name)} | ")) + "string";

    private static string Key(string name) => IsIdentifier(name) ? name : Text(name);

    private static string Text(string value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static string Comment(string words) => words.Replace("*/", "* /", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim();

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] is '_' or '$') && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');
}
