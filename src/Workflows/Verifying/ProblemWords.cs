using Assize.Engine.Definitions;

namespace Assize.Workflows.Verifying;

/// <summary>Says a problem to whoever drew the step: which step it is by its title, which field, what is wrong and what to do.</summary>
internal static class ProblemWords
{
    private static readonly Dictionary<string, string> s_remedies = new()
    {
        ["activity-unknown"] = "Draw a step of the palette in its place, or take it out.",
        ["input-missing"] = "Fill it in.",
        ["input-unknown"] = "Take the value out.",
        ["choice-unknown"] = "Choose one of them.",
        ["variable-unknown"] = "Add the variable to the workflow, or choose another.",
        ["function-unknown"] = "Add what it stands for to the workflow, or call another.",
        ["outcome-undeclared"] = "Add it to the possible outcomes of the step, or set one of them.",
        ["outcome-elsewhere"] = "Draw a step that runs a script, and set them there.",
        ["input-undeclared"] = "Add the input to the workflow, or choose another.",
        ["expression-language"] = "Write it in JavaScript or Liquid.",
        ["expression-unreadable"] = "Correct it.",
        ["connection-dangling"] = "Take the connection out, or draw it to a step.",
        ["port-unknown"] = "Draw the connection from one of the ports.",
        ["loop-unstructured"] = "Let the way back lead to a step that every way passes.",
        ["workflow-unknown"] = "Publish that workflow first, or choose another.",
        ["workflow-version-unknown"] = "Draw the step again from the palette, or publish that version first.",
        ["workflow-in-itself"] = "Take one of the steps out of the circle.",
        ["role-unknown"] = "Choose one of the roles.",
        ["form-unknown"] = "Publish the form first, or choose another.",
        ["table-unknown"] = "Publish the decision table first, or choose another.",
        ["calendar-unknown"] = "Publish the calendar first, or choose another.",
        ["date-rule-unreadable"] = "Write it like “5 working days after now”.",
        ["outcomes-differ"] = "Give the step the outcomes of the table.",
        ["outcome-unknown"] = "Name an outcome that the workflow records.",
        ["flow-runs-dry"] = "Draw where it goes on then.",
        ["waits-for-ever"] = "Let it wait only for what is live, or draw the line that does not come.",
        ["left-running"] = "Let the branches meet before the end.",
        ["no-end"] = "Draw a way out.",
        ["never-runs"] = "Draw a line to it, or take it out.",
        ["loop-without-wait"] = "Let something in the loop wait: a task, a time or an event.",
        ["recursion-without-wait"] = "Let one of them wait for something before it starts the other.",
        ["child-unsound"] = "Mend that workflow first.",
        ["owner-differs"] = "Choose another, or have its own drawn.",
        ["lane-empty"] = "Choose an agency and a role that somebody holds there, or let an administrator give it to somebody.",
        ["statutory-step-missing"] = "Draw it again, or take it back from the version before.",
        ["statutory-deadline-missing"] = "Give it that deadline.",
        ["statutory-flag-missing"] = "Mark it.",
        ["trigger-unreadable"] = "Write what can be told before the workflow begins.",
    };

    public static DefinitionProblem Say(DefinitionProblem problem, WorkflowDefinition definition)
    {
        string? title = problem.ActivityId is { } id ? definition.Root.SelfAndBelow().FirstOrDefault(x => x.Id == id)?.DisplayText : null;
        string where = (title, problem.Field) switch
        {
            ({ } step, { } field) => $"“{step}”, {field}: ",
            ({ } step, null) => $"“{step}”: ",
            _ => "",
        };
        return Remedied(problem with { Message = where + problem.Message });
    }

    /// <summary>A problem whose message names the step already, with what to do.</summary>
    public static DefinitionProblem Remedied(DefinitionProblem problem)
    {
        string remedy = s_remedies.TryGetValue(problem.Code, out string? words) ? " " + words : "";
        return problem with { Message = Ended(problem.Message) + remedy };
    }

    private static string Ended(string message) => message.EndsWith('.') ? message : message + ".";
}
