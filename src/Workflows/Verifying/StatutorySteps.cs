using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Calendars;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Verifying;

/// <summary>A published table of the steps that the law requires of workflows: a step is protected by it, and not by a flag of its own.</summary>
public sealed record StatutorySteps(string Id, int Version, LocalText Title, IReadOnlyList<StatutoryStep> Steps)
{
    public const string Kind = "statutory";

    /// <summary>The one table that every verification asks.</summary>
    public const string Required = "required-steps";

    public static StatutorySteps Read(string json) => RuleFile.Read<StatutorySteps>(json, Problems);

    /// <summary>What of the law's steps a definition lacks.</summary>
    /// <param name="day">The day whose law counts; all of it that has not ended where null.</param>
    public IEnumerable<DefinitionProblem> Verify(WorkflowDefinition definition, DateOnly? day) => Steps
        .Where(x => x.Workflow == definition.DefinitionId && x.IsInForce(day))
        .Select(x => x.Verify(definition)).OfType<DefinitionProblem>();

    private static IEnumerable<string> Problems(StatutorySteps table)
    {
        foreach (StatutoryStep step in table.Steps)
        {
            if (step.Source.Length == 0)
            {
                yield return $"Expected the source in law of '{step.Step}', but there is none.";
            }
            if (step.To < step.From)
            {
                yield return $"Expected '{step.Step}' to end after {step.From:O}, but it ends on {step.To:O}.";
            }
            if (Unreadable(step.Due) is { } broken)
            {
                yield return $"'{step.Step}': {broken}";
            }
        }
    }

    private static string? Unreadable(string due)
    {
        try
        {
            DateRule.Parse(due);
            return null;
        }
        catch (FormatException broken)
        {
            return broken.Message;
        }
    }
}

/// <summary>One step that the law requires.</summary>
/// <param name="Workflow">The workflow that has to have it.</param>
/// <param name="Step">By its id, which stays whatever it is called.</param>
/// <param name="Activity">The kind of step that it is.</param>
/// <param name="Due">Its deadline, as a rule of dates.</param>
/// <param name="Source">Where the law says so.</param>
/// <param name="From">The first day of that law; null: as long as anybody looks back.</param>
/// <param name="To">Its last day; null: it has not ended.</param>
public sealed record StatutoryStep(string Workflow, string Step, LocalText Title, string Activity, string Due, string Source, DateOnly? From, DateOnly? To)
{
    public bool IsInForce(DateOnly? day) => day is { } on ? (From is null || From <= on) && (To is null || on <= To) : To is null;

    public DefinitionProblem? Verify(WorkflowDefinition definition)
    {
        if (definition.Root.SelfAndBelow().FirstOrDefault(x => x.Id == Step && x.Type == Activity) is not { } node)
        {
            return new DefinitionProblem("statutory-step-missing", $"The law requires the step “{Title.En}” ({Source}), but no {Kind} with the id '{Step}' is drawn.");
        }
        if (DefinitionUse.Literal(node, "due") is var due && due != Due)
        {
            return new DefinitionProblem("statutory-deadline-missing", $"The law requires “{node.DisplayText}” {Due} ({Source}), but it is due {(due is { Length: > 0 } ? $"“{due}”" : "at no time that can be read off the drawing")}.", Step);
        }
        return Activity == "Assize.CaseTask" && !string.Equals(DefinitionUse.Literal(node, "statutory"), "true", StringComparison.OrdinalIgnoreCase)
            ? new DefinitionProblem("statutory-flag-missing", $"The law requires “{node.DisplayText}” ({Source}), but it is not marked as statutory.", Step)
            : null;
    }

    private string Kind => Activity == "Assize.Deadline" ? "time limit" : "task";
}
