using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Assize.Workflows.Decisions;
using static Assize.Workflows.Activities.Describe;

namespace Assize.Workflows.Activities;

/// <summary>Asks a published decision table and leaves by what it answers.</summary>
public sealed class DecisionActivity : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Assize.Decision",
        Category = CaseCategory,
        DisplayName = "Decision",
        Description = "A decision by a published table of rules with their legal references.",
        Inputs =
        [
            Line("Table", "Decision table", "The id of the published table.", required: true),
            Script("Facts", "Object", "Facts", "An object with a value for every input of the table."),
            Pick("LawOn", "Law as on", "Which day's law decides.", [("Day of charge", "charge"), ("Today", "now")], defaultValue: "charge"),
            OutcomeList("The table's outcomes; each becomes a port."),
            CalendarInput,
        ],
        Outputs =
        [
            new("Rules", "Object", "Rules", "The ids of the rules that applied."),
            new("LegalReference", "String", "Legal reference", "The law behind the first of them."),
        ],
    };

    public StepConduct? ConductOf(ActivityNode node) => DefinitionUse.Ports(node, Descriptor) is { } outcomes ? StepConduct.Passes(outcomes) : null;

    public void Enter(IStep step)
    {
        DecisionTable table = step.Resource<DecisionTable>("table", step.Text("table") ?? "");
        try
        {
            Decision decision = TableEvaluation.Decide(table, step.Input("facts") as JsonObject ?? [], LawOn(step));
            step.Produce("Rules", new JsonArray([.. decision.Rules.Select(x => JsonValue.Create(x.Id))]));
            step.Produce("LegalReference", decision.Rules[0].LegalReference);
            step.Note("Decided", $"{table.Title.En}: {string.Join(", ", decision.Outcomes)} ({decision.Rules[0].LegalReference})");
            step.Complete([.. decision.Outcomes]);
        }
        catch (DecisionFailed failed)
        {
            step.Fault(failed.Code, failed.Message);
        }
    }

    private static DateOnly LawOn(IStep step) =>
        step.Text("lawOn") != "now" && CaseStep.Text(step.WorkflowInput("legalDate")) is { } legal
            ? DateOnly.ParseExact(legal, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : step.Calendar().DayOf(step.Now);
}
