using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Workflows.Activities;

namespace Assize.Workflows.Overlays;

/// <summary>Carries out the operations of one overlay, additions first and each after the step that it stands behind.</summary>
/// <param name="baseline">The steps that operations may name.</param>
/// <param name="before">The baseline with what other overlays added.</param>
internal sealed class MergeSteps(WorkflowDefinition baseline, WorkflowDefinition before, Overlay overlay)
{
    private static readonly ActivityCatalog s_catalog = CaseActivities.Table.Catalog;
    private readonly ImmutableHashSet<string> _drawn = [.. baseline.Root.SelfAndBelow().Select(x => x.Id)];
    private readonly Dictionary<string, string> _added = [];

    public List<OverlayProblem> Problems { get; } = [];

    /// <summary>The id of an added step: the same in every version of the overlay, so that a case keeps its place.</summary>
    public static string IdOf(Overlay overlay, string operation) => $"{OverlayName.OwnerOf(overlay.Level, overlay.Owner)}-{operation}";

    public WorkflowDefinition Run()
    {
        WorkflowDefinition merged = before;
        List<OverlayOperation> additions = [.. overlay.Operations.Where(x => x.Does == OverlayDoes.Add && !IsTwice(x, y => y.Does == OverlayDoes.Add && y.Port == x.Port))];
        while (additions.Find(x => _drawn.Contains(x.Activity) || _added.ContainsKey(x.Activity)) is { } next)
        {
            additions.Remove(next);
            merged = Keep(next, merged, new AddedStep(overlay, next, Resolve).To(merged));
            _added.TryAdd(next.Id, IdOf(overlay, next.Id));
        }
        additions.ForEach(x => Refuse(x, Lost(x.Activity)));
        foreach (OverlayOperation change in overlay.Operations.Where(x => x.Does != OverlayDoes.Add && !IsTwice(x, y => y.Member == x.Member)))
        {
            merged = Keep(change, merged, Change(change, merged));
        }
        return merged;
    }

    private EditAnswer Change(OverlayOperation change, WorkflowDefinition merged)
    {
        if (_added.ContainsKey(change.Activity))
        {
            return new NotEdited("step-added-here", "this overlay adds the step itself. Change the operation that adds it.");
        }
        if (!_drawn.Contains(change.Activity))
        {
            (string code, string message) = Lost(change.Activity);
            return new NotEdited(code, message);
        }
        ActivityNode step = merged.Root.SelfAndBelow().First(x => x.Id == change.Activity);
        if (s_catalog.Find(step.Type)?.Inputs.FirstOrDefault(x => x.Member == change.Member) is not { } input || InputText.IsCases(input))
        {
            return new NotEdited("input-unknown", $"“{step.DisplayText}” has no field “{change.Member}” that an overlay can change.");
        }
        return new StepEdit { Inputs = ImmutableDictionary<string, InputText>.Empty.Add(input.Member, OverlayText.Said(input, change.Value ?? "")) }.To(merged, step.Id, s_catalog);
    }

    private WorkflowDefinition Keep(OverlayOperation operation, WorkflowDefinition merged, EditAnswer answer)
    {
        if (answer is Edited edited)
        {
            return edited.Definition;
        }
        NotEdited refused = (NotEdited)answer;
        Refuse(operation, (refused.Code, refused.Message));
        return merged;
    }

    private bool IsTwice(OverlayOperation operation, Func<OverlayOperation, bool> isSame)
    {
        if (overlay.Operations.First(x => x.Activity == operation.Activity && isSame(x)) is var first && first == operation)
        {
            return false;
        }
        Refuse(operation, ("operation-twice", $"“{first.Id}” does this to the same step already. Keep one of the two."));
        return true;
    }

    private (string Code, string Message) Lost(string activity) =>
        overlay.Operations.Any(x => x.Does == OverlayDoes.Add && x.Id == activity)
            ? ("additions-circle", "the step after which it stands is added after it, or could not be added. Let one of them stand on a connection of the workflow.")
        : before.Root.SelfAndBelow().Any(x => x.Id == activity)
            ? ("step-of-overlay", "another overlay adds this step. An overlay changes the workflow itself, never another overlay.")
        : ("step-gone", $"version {baseline.Version} of “{baseline.Name ?? baseline.DefinitionId}” has no such step. Name another, or make the overlay for the versions that have it.");

    private string? Resolve(string step) => _added.TryGetValue(step, out string? added) ? added : _drawn.Contains(step) ? step : null;

    private void Refuse(OverlayOperation operation, (string Code, string Message) why) => Problems.Add(new OverlayProblem(why.Code, why.Message, operation.Id, operation.Activity));
}
