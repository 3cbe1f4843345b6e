using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>What one step must get right: a known type, its inputs, its expressions, the variables it names.</summary>
internal static class ActivityRules
{
    private static readonly ImmutableHashSet<string> Languages = ["Literal", "Object", "JavaScript", "Liquid", "Variable", "Input"];

    public static IEnumerable<DefinitionProblem> Check(
        ActivityNode node, ActivityDescriptor? descriptor, NamesInReach names, Func<Expression, ExpressionReading> read, MentionRules mentions, Func<string, IReadOnlyList<int>> versions)
    {
        // A loop may bind its output to what it hands its body.
        var problems = Bindings(node, names.Below(node)).Concat(Expressions(node)
            .SelectMany(e => Expression(node, e.Expression, names, read, mentions).Select(p => p with { Field = Shown(descriptor, e.Member) })));
        if (descriptor is not null)
        {
            return Inputs(node, descriptor).Concat(AssignedVariable(node, names)).Concat(problems);
        }
        return node.Workflow is not null ? problems : problems.Prepend(Unknown(node, versions));
    }

    private static DefinitionProblem Unknown(ActivityNode node, Func<string, IReadOnlyList<int>> versions)
    {
        if (node.Json.TextOf("workflowDefinitionId") is not { } workflow)
        {
            return Problem(node, "activity-unknown", $"Expected {node.DisplayText} to be of a type that is known here, but \"{node.Type}\" is not.");
        }
        return node.Json.WholeNumberOf("version") is { } version && versions(workflow) is { Count: > 0 } published
            ? Problem(node, "workflow-version-unknown", $"Expected {node.DisplayText} to use a version of \"{workflow}\" that is published here ({string.Join(", ", published)}), but it names version {version}.")
            : Problem(node, "workflow-unknown", $"Expected {node.DisplayText} to use a published workflow other than its own, but \"{workflow}\" is none.");
    }

    /// <summary>What the workflow behind a step uses in turn, and is not there: it shows at the step itself, which is what was drawn.</summary>
    public static DefinitionProblem Lacking(ActivityNode node, ActivityNode inner, (string Workflow, int? Version) lacking, Func<string, IReadOnlyList<int>> versions) =>
        Problem(node, "workflow-version-unknown", $"Expected {node.DisplayText} to need only what is published here, but its step {inner.DisplayText} uses {(lacking.Version is { } version ? $"version {version} of " : "")}\"{lacking.Workflow}\", of which there is {(versions(lacking.Workflow) is { Count: > 0 } published ? string.Join(", ", published) : "none")}.");

    private static IEnumerable<DefinitionProblem> Inputs(ActivityNode node, ActivityDescriptor descriptor)
    {
        foreach (var required in descriptor.Inputs.Where(i => i.IsRequired && IsEmpty(node.Inputs.GetValueOrDefault(i.Member))))
        {
            yield return Problem(node, "input-missing", $"Expected {node.DisplayText} to have \"{required.DisplayName}\" filled in, but it is empty.") with { Field = required.DisplayName };
        }
        foreach (var input in node.Inputs.Values.Where(i => i.IsWrapped))
        {
            var known = descriptor.Inputs.FirstOrDefault(i => i.Member == input.Member);
            if (known is null)
            {
                yield return Problem(node, "input-unknown", $"Expected the inputs of {node.DisplayText} to be those of {descriptor.TypeName}, but it has no \"{input.Member}\".") with { Field = input.Member };
            }
            else if (Choices(known) is { Count: > 0 } choices && input.Expression is { Type: "Literal" } literal
                && literal.Value.AsText() is { Length: > 0 } chosen && !choices.Contains(chosen))
            {
                yield return Problem(node, "choice-unknown", $"Expected \"{known.DisplayName}\" of {node.DisplayText} to be one of {string.Join(", ", choices)}, but it is \"{chosen}\".") with { Field = known.DisplayName };
            }
        }
    }

    private static bool IsEmpty(InputValue? input) =>
        input is null || (input.IsWrapped ? input.Expression is null || input.Expression.Value is null || input.Expression.Value.AsText() == "" : input.Raw is null);

    private static List<string> Choices(InputDescriptor input) =>
        [.. (input.UISpecifications?["dropdown"]?["selectList"]?["items"] as JsonArray ?? []).Select(i => (i as JsonObject)?.TextOf("value")).OfType<string>()];

    private static IEnumerable<DefinitionProblem> Bindings(ActivityNode node, NamesInReach names) => node.OutputBindings.Values
        .Where(b => !names.HasVariable(b.Target) && !names.HasOutput(b.Target))
        .Select(b => Problem(node, "variable-unknown", $"Expected the output \"{b.Member}\" of {node.DisplayText} to go to a variable or output in reach, but \"{b.Target}\" is none.") with { Field = b.Member });

    private static IEnumerable<DefinitionProblem> AssignedVariable(ActivityNode node, NamesInReach names)
    {
        if (node.Type == "Elsa.SetVariable" && VariableSet(node) is { } variable && !names.HasVariable(variable))
        {
            yield return Problem(node, "variable-unknown", $"Expected {node.DisplayText} to set a variable in reach, but \"{variable}\" is none.") with { Field = "Variable" };
        }
    }

    /// <summary>The id of the variable that a SetVariable sets, or its name where it has no id.</summary>
    public static string? VariableSet(ActivityNode node)
    {
        var input = node.Inputs.GetValueOrDefault("variable");
        return Definitions.Expression.ReferenceOf(input?.IsWrapped == true ? input.Expression?.Value : input?.Raw);
    }

    /// <summary>True where the step is one that runs a script, which may set its outcomes.</summary>
    public static bool IsScript(ActivityNode node) => node.Type == "Elsa.RunJavaScript";

    private static IEnumerable<(string Member, Expression Expression)> Expressions(ActivityNode node) =>
        node.Inputs.Values.SelectMany(i => (IsScript(node) && i.Member == "script" ? Script(i) : i.Expression is { } expression ? [expression] : Conditions(i.Raw)).Select(e => (i.Member, e)));

    // What is typed there as text is the script itself.
    private static IEnumerable<Expression> Script(InputValue input) => input switch
    {
        { Expression: { Type: not "Literal" } computed } => [computed],
        _ => (input.IsWrapped ? input.Expression?.Value : input.Raw).AsText() is { Length: > 0 } text ? [new("JavaScript", text)] : [],
    };

    private static string Shown(ActivityDescriptor? descriptor, string member) => descriptor?.Inputs.FirstOrDefault(i => i.Member == member)?.DisplayName ?? member;

    private static IEnumerable<Expression> Conditions(JsonNode? cases) => (cases as JsonArray ?? [])
        .Select(c => (c as JsonObject)?["condition"] as JsonObject)
        .Where(c => c?.TextOf("type") is not null)
        .Select(c => new Expression(c!.TextOf("type")!, c!["value"]));

    private static IEnumerable<DefinitionProblem> Expression(
        ActivityNode node, Expression expression, NamesInReach names, Func<Expression, ExpressionReading> read, MentionRules mentions)
    {
        if (!Languages.Contains(expression.Type))
        {
            yield return Problem(node, "expression-language", $"Expected the expressions of {node.DisplayText} to be JavaScript or Liquid, but one is {expression.Type}, which does not run here.");
            yield break;
        }
        var reading = read(expression);
        foreach (var problem in mentions.Check(reading.Mentions))
        {
            yield return problem;
        }
        if (reading.Problem is { } wrong)
        {
            yield return Problem(node, "expression-unreadable", $"Expected an expression of {node.DisplayText} that reads, but: {wrong}");
        }
        else if (expression.Type == "Variable" && expression.Reference is { } variable && !names.HasVariable(variable))
        {
            yield return Problem(node, "variable-unknown", $"Expected {node.DisplayText} to name a variable in reach, but \"{variable}\" is none.");
        }
        else if (expression.Type == "Input" && expression.Reference is { } input && !names.HasInput(input))
        {
            yield return Problem(node, "input-undeclared", $"Expected {node.DisplayText} to name an input of the workflow, but \"{input}\" is none.");
        }
    }

    private static DefinitionProblem Problem(ActivityNode node, string code, string message) => new(code, message, node.Id, node.Pointer);
}
