using System.Text.Json;
using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Calendars;
using Assize.Workflows.Decisions;

namespace Assize.Workflows.Activities;

/// <summary>What the engine cannot know of a definition: that roles, forms, tables and calendars exist, and that rules of dates read.</summary>
internal sealed class CaseVerifier(Func<string, string, object?> find)
{
    private static readonly string[] s_rules = ["due", "notBefore", "within", "from"];

    public IEnumerable<DefinitionProblem> Verify(WorkflowDefinition definition) =>
        [.. new ChildrenAtRisk(find).Verify(definition), .. Children(definition), .. DefinitionUse.Nodes(definition.Root).Where(x => x.Type.StartsWith("Assize.", StringComparison.Ordinal)).SelectMany(OfActivity),
         .. DefinitionUse.Of(definition).Resources.Where(x => find(x.Kind, x.Id) is null)
            .Select(x => new DefinitionProblem($"{x.Kind}-unknown", $"Expected {x.Kind} '{x.Id}' to be published, but it is not."))];

    private IEnumerable<DefinitionProblem> Children(WorkflowDefinition definition)
    {
        foreach ((ActivityNode step, string id, string field) in SubWorkflows.NamedIn(definition).Where(x => x.Field.Length > 0))
        {
            if (id != definition.DefinitionId && find("workflow", id) is null)
            {
                yield return new DefinitionProblem("workflow-unknown", $"Expected workflow '{id}' to be published, but it is not.", step.Id, step.Pointer);
            }
            if (SubWorkflows.Circle(definition.DefinitionId, id, find) is { } circle)
            {
                yield return new DefinitionProblem(
                    "workflow-in-itself", $"Expected workflows that do not start each other in a circle, but this step does ({string.Join(" > ", circle.Prepend(definition.DefinitionId))}).", step.Id, step.Pointer);
            }
        }
    }

    private IEnumerable<DefinitionProblem> OfActivity(ActivityNode node)
    {
        if (DefinitionUse.Literal(node, "role") is { } role && !Roles.OfPeople.Contains(role))
        {
            yield return new DefinitionProblem("role-unknown", $"Expected one of {string.Join(", ", Roles.OfPeople)}, but the role is '{role}'.", node.Id);
        }
        foreach (string problem in s_rules.Select(x => RuleProblem(node, x)).OfType<string>())
        {
            yield return new DefinitionProblem("date-rule-unreadable", problem, node.Id);
        }
        foreach (string problem in TableProblems(node))
        {
            yield return new DefinitionProblem("outcomes-differ", problem, node.Id);
        }
    }

    private static string? RuleProblem(ActivityNode node, string member)
    {
        if (DefinitionUse.Literal(node, member) is not { Length: > 0 } text)
        {
            return null;
        }
        try
        {
            DateRule.Parse(text);
            return null;
        }
        catch (FormatException broken)
        {
            return $"{member}: {broken.Message}";
        }
    }

    private IEnumerable<string> TableProblems(ActivityNode node)
    {
        if (DefinitionUse.Literal(node, "table") is not { } id || find("table", id) is not DecisionTable table)
        {
            yield break;
        }
        string[] ports = node.Inputs.TryGetValue("outcomes", out InputValue? input) && input.Expression?.Value?.ToString() is { } text
            ? JsonSerializer.Deserialize<string[]>(text) ?? []
            : [];
        if (!ports.ToHashSet().SetEquals(table.Outcomes))
        {
            yield return $"Expected the outcomes of table {id} ({string.Join(", ", table.Outcomes)}), but the step has {string.Join(", ", ports)}.";
        }
    }
}
