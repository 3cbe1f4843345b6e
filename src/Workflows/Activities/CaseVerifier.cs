using System.Text.Json;
using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Calendars;
using Assize.Workflows.Decisions;

namespace Assize.Workflows.Activities;

/// <summary>What the engine cannot know of a definition: that roles, forms, tables and calendars exist, and that rules of dates read.</summary>
/// <param name="find">A form, table or calendar by kind and id.</param>
internal sealed class CaseVerifier(Func<string, string, object?> find, NamedWorkflows workflows)
{
    private static readonly string[] s_rules = ["due", "notBefore", "within", "from"];

    public IEnumerable<DefinitionProblem> Verify(WorkflowDefinition definition) =>
        [.. new ChildrenAtRisk(workflows).Verify(definition), .. Children(definition), .. DefinitionUse.Nodes(definition.Root).Where(x => x.Type.StartsWith("Assize.", StringComparison.Ordinal)).SelectMany(OfActivity), .. Resources(definition)];

    // One for each resource, at the first step that names it.
    private IEnumerable<DefinitionProblem> Resources(WorkflowDefinition definition) => DefinitionUse.Nodes(definition.Root)
        .SelectMany(node => DefinitionUse.Named(node).Select(x => (Node: node, x.Kind, x.Id))).DistinctBy(x => (x.Kind, x.Id)).Where(x => find(x.Kind, x.Id) is null)
        .Select(x => Problem(x.Node, x.Kind, $"{x.Kind}-unknown", $"Expected {x.Kind} '{x.Id}' to be published, but it is not."));

    private static DefinitionProblem Problem(ActivityNode node, string? member, string code, string message) => new(code, message, node.Id, node.Pointer)
    {
        Field = member is null ? null : CaseActivities.Table.Catalog.Find(node.Type)?.Inputs.FirstOrDefault(x => x.Member == member)?.DisplayName ?? member,
    };

    private IEnumerable<DefinitionProblem> Children(WorkflowDefinition definition)
    {
        foreach ((ActivityNode step, NamedWorkflow named) in SubWorkflows.NamedIn(definition))
        {
            string id = named.Id;
            WorkflowDefinition? child = named.IsStarted ? workflows.Find(id, null) : null;
            if (named.Field is { } field && id != definition.DefinitionId && child is null)
            {
                yield return Problem(step, field, "workflow-unknown", $"Expected workflow '{id}' to be published, but it is not.");
            }
            if (DefinitionUse.Literal(step, "endedAs") is { Length: > 0 } ended && child is not null && OutcomesOf(child) is { } outcomes && !outcomes.Contains(ended))
            {
                yield return Problem(step, "endedAs", "outcome-unknown", $"Expected an outcome that '{id}' records ({string.Join(", ", outcomes)}), but it is '{ended}'.");
            }
            if (SubWorkflows.Circle(definition.DefinitionId, named, workflows) is { } circle)
            {
                yield return Problem(
                    step, named.Field, "workflow-in-itself", $"Expected workflows that do not start each other in a circle, but this step does ({string.Join(" > ", circle.Prepend(definition.DefinitionId))}).");
            }
        }
    }

    // Null where an expression decides.
    private List<string>? OutcomesOf(WorkflowDefinition child)
    {
        List<string?> said = [.. SubWorkflows.Steps(child, workflows).Where(x => x.Type == "Assize.Outcome").Select(x => DefinitionUse.Literal(x, "outcome"))];
        return said.Count == 0 || said.Contains(null) ? null : [.. said.OfType<string>().Distinct()];
    }

    private IEnumerable<DefinitionProblem> OfActivity(ActivityNode node)
    {
        if (DefinitionUse.Literal(node, "role") is { } role && !Roles.OfPeople.Contains(role))
        {
            yield return Problem(node, "role", "role-unknown", $"Expected one of {string.Join(", ", Roles.OfPeople)}, but the role is '{role}'.");
        }
        foreach (string member in s_rules)
        {
            if (RuleProblem(node, member) is { } problem)
            {
                yield return Problem(node, member, "date-rule-unreadable", problem);
            }
        }
        foreach (string problem in TableProblems(node))
        {
            yield return Problem(node, "outcomes", "outcomes-differ", problem);
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
            return broken.Message;
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
