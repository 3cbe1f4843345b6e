using Assize.Engine.Definitions;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Overlays;

/// <summary>Whether every step that the law requires of the workflow keeps its kind, deadline, outcomes and lane.</summary>
internal static class RequiredKept
{
    // What a step says to whoever does it. All else of it is what the law is about, or how it is done.
    private static readonly string[] s_free = ["title", "instructions", "priority"];
    private static readonly string[] s_kept = ["due", "outcomes", "agency", "role", "notBefore", "statutory", "calendar", "metBy", "cancelledBy", "pausedBy", "resumedBy"];

    /// <summary>The required steps of a workflow that somebody may still come by: those whose law has not ended before the overlay begins.</summary>
    public static IReadOnlyList<StatutoryStep> Of(StatutorySteps? table, string workflow, DateOnly? from) =>
        [.. (table?.Steps ?? []).Where(x => x.Workflow == workflow && (x.To is null || from is null || from <= x.To))];

    public static IEnumerable<OverlayProblem> Problems(WorkflowDefinition baseline, Overlay overlay, IReadOnlyList<StatutoryStep> required)
    {
        foreach (OverlayOperation operation in overlay.Operations)
        {
            if (operation.Member is { } member && !s_free.Contains(member) && required.FirstOrDefault(x => x.Step == operation.Activity) is { } step)
            {
                yield return new OverlayProblem(
                    "statutory-step-changed",
                    $"the law requires “{step.Title.En}” ({step.Source}), so it keeps its kind, deadline, outcomes and lane. An overlay may change its title, instructions and priority, and not “{member}”.",
                    operation.Id, operation.Activity);
            }
            if (operation.Does == OverlayDoes.Add && Delayed(baseline, operation, required) is { } delayed)
            {
                yield return new OverlayProblem(
                    "statutory-deadline-moved",
                    $"the law requires “{delayed.Title.En}” {delayed.Due} ({delayed.Source}), counted from when it begins, and a step before it would let that begin later. Add it elsewhere.",
                    operation.Id, operation.Activity);
            }
        }
    }

    /// <summary>The same of what was made, whatever the operations were: the last word on it.</summary>
    public static IEnumerable<OverlayProblem> Lost(WorkflowDefinition baseline, WorkflowDefinition merged, IReadOnlyList<StatutoryStep> required)
    {
        foreach (StatutoryStep step in required)
        {
            if (Find(baseline, step.Step) is { } before && (Find(merged, step.Step) is not { } after || after.Type != before.Type || s_kept.Any(x => !JsonOf(before, x).Equals(JsonOf(after, x), StringComparison.Ordinal))))
            {
                yield return new OverlayProblem("statutory-step-changed", $"The law requires “{step.Title.En}” ({step.Source}), and with the overlay it is no longer what it was.", null, step.Step);
            }
        }
    }

    // A deadline that counts from now begins when the step does: what waits before it moves it.
    private static StatutoryStep? Delayed(WorkflowDefinition baseline, OverlayOperation operation, IReadOnlyList<StatutoryStep> required)
    {
        string[] next = [.. baseline.Root.SelfAndBelow().SelectMany(x => x.Connections).Where(x => x.Source == operation.Activity && x.SourcePort == operation.Port).Select(x => x.Target)];
        return required.FirstOrDefault(x => next.Contains(x.Step) && x.Due.Contains("after now", StringComparison.Ordinal));
    }

    private static ActivityNode? Find(WorkflowDefinition definition, string id) => definition.Root.SelfAndBelow().FirstOrDefault(x => x.Id == id);

    private static string JsonOf(ActivityNode step, string member) => step.Json[member]?.ToJsonString() ?? "";
}
