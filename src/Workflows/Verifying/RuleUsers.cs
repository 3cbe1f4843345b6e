using System.Text.Json;
using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Decisions;
using Assize.Workflows.Forms;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Verifying;

/// <summary>Whether the workflows that name a table or form can go on with the new version of it.</summary>
internal static class RuleUsers
{
    public static IEnumerable<RuleProblem> OfTable(DecisionTable table, IEnumerable<WorkflowDefinition> workflows)
    {
        var strays = Steps(workflows, RuleName.Table, table.Id).Select(x => (x.Workflow, x.Step.DisplayText, Ports: Outcomes(x.Step)))
            .Where(x => x.Ports is not null && !x.Ports.ToHashSet().SetEquals(table.Outcomes));
        foreach (var same in strays.GroupBy(x => (Workflow: x.Workflow.Name ?? x.Workflow.DefinitionId, x.DisplayText, Ports: string.Join(", ", x.Ports!))))
        {
            yield return new RuleProblem("", $"Outcomes: step “{same.Key.DisplayText}” of workflow “{same.Key.Workflow}” ({Versions(same.Select(x => x.Workflow.Version))}) goes on by {same.Key.Ports}, but the table has "
                + $"{string.Join(", ", table.Outcomes)}. Keep the outcomes, or make a table of another name and let the workflow's next version ask that one.")
            { Member = "outcomes" };
        }
    }

    public static IEnumerable<RuleProblem> OfForm(Form form, IEnumerable<WorkflowDefinition> workflows)
    {
        List<string>?[] known = [.. Steps(workflows, RuleName.Form, form.Id).Select(x => Outcomes(x.Step))];
        if (known.Length == 0 || known.Contains(null))
        {
            yield break;
        }
        string[] outcomes = [.. known.SelectMany(x => x!).Distinct()];
        foreach ((int index, Question question) in form.Questions.Index())
        {
            foreach (string stray in (question.When?.Outcome ?? []).Except(outcomes))
            {
                yield return new RuleProblem($"questions/{index}", $"Question {index + 1} “{question.Id}”, Only for these outcomes: no task with this form has the outcome “{stray}”, only {string.Join(", ", outcomes)}.") { Member = "when.outcome" };
            }
        }
    }

    // Numbers below zero are ours: a version with overlays on it.
    private static string Versions(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Order().Select(x => x < 0 ? "with an overlay" : $"version {x}").Distinct());

    private static IEnumerable<(WorkflowDefinition Workflow, ActivityNode Step)> Steps(IEnumerable<WorkflowDefinition> workflows, string kind, string id) =>
        workflows.SelectMany(workflow => DefinitionUse.Nodes(workflow.Root).Where(node => DefinitionUse.Named(node).Contains((kind, id))).Select(node => (workflow, node)));

    // Null where they are computed.
    private static List<string>? Outcomes(ActivityNode step)
    {
        if (!step.Inputs.TryGetValue("outcomes", out InputValue? input) || input.Expression?.Value?.ToString() is not { } text)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<List<string>>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
