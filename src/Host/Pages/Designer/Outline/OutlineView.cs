using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>A workflow as its outline shows it: the draft for those who draw, else the newest published version.</summary>
/// <param name="Draft">Null where what is shown is published; the first change begins a draft.</param>
/// <param name="MayDraft">Whether whoever looks may change it.</param>
public sealed record OutlineView(WorkflowDefinition Definition, WorkflowDraft? Draft, bool MayDraft)
{
    public string Id => Definition.DefinitionId;
    public string Name => Definition.Name ?? Definition.DefinitionId;
    public string Path => $"/designer/outline/{Uri.EscapeDataString(Id)}";

    /// <summary>What a form carries, so that another's save in between is noticed.</summary>
    public string Revision => Draft?.Revision.ToString(CultureInfo.InvariantCulture) ?? "";

    public Engine.Definitions.Editing.Outline Outline { get; } = Engine.Definitions.Editing.Outline.Of(Definition, CaseActivities.Table.Catalog);

    /// <summary>Why it could not be published now.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; init; } = [];

    public OutlineStep? Step(string id) => Outline.Find(id);

    public IEnumerable<DefinitionProblem> ProblemsOf(string stepId) => Problems.Where(problem => problem.ActivityId == stepId);

    /// <summary>Those that stand on no step of the list.</summary>
    public IEnumerable<DefinitionProblem> OtherProblems => Problems.Where(problem => problem.ActivityId is null || Step(problem.ActivityId) is null);

    public string StepPath(string id) => $"{Path}/steps/{Uri.EscapeDataString(id)}";
}
