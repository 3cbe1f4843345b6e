using Assize.Engine.Definitions;
using Assize.Host.Wording;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Overlays;

/// <summary>Operations of overlays as process owners read them.</summary>
internal static class OverlayWords
{
    /// <param name="baseline">Names the steps; where it is not known their ids stand for them.</param>
    public static string Say(OverlayOperation operation, Overlay overlay, WorkflowDefinition? baseline, IStringLocalizer<PageText> words) => operation.Does switch
    {
        OverlayDoes.Add => words["Adds “{0}” ({1}) after “{2}”, by {3}", operation.Title ?? operation.Id, KindOf(operation), Step(operation.Activity, overlay, baseline), operation.Port ?? ""],
        OverlayDoes.Queue => words["Gives “{0}” to the list of {1}", Step(operation.Activity, overlay, baseline), operation.Value ?? ""],
        OverlayDoes.Role => words["Gives “{0}” to the role {1}", Step(operation.Activity, overlay, baseline), operation.Value ?? ""],
        OverlayDoes.Due => words["Lets “{0}” be due {1}", Step(operation.Activity, overlay, baseline), operation.Value ?? ""],
        _ => words["Lets “{0}” say in {1}: {2}", Step(operation.Activity, overlay, baseline), FieldOf(operation, baseline), operation.Value ?? ""],
    };

    /// <summary>The same in the row of its step.</summary>
    public static string Shortly(OverlayOperation operation, IStringLocalizer<PageText> words) => operation.Does switch
    {
        OverlayDoes.Add => words["Then “{0}”", operation.Title ?? operation.Id],
        OverlayDoes.Queue => words["List of {0}", operation.Value ?? ""],
        OverlayDoes.Role => words["Role {0}", operation.Value ?? ""],
        OverlayDoes.Due => words["Is due {0}", operation.Value ?? ""],
        _ => $"{operation.Input}: {operation.Value}",
    };

    public static string Step(string id, Overlay overlay, WorkflowDefinition? baseline) =>
        overlay.Operations.FirstOrDefault(x => x.Does == OverlayDoes.Add && x.Id == id)?.Title ?? baseline?.Root.SelfAndBelow().FirstOrDefault(x => x.Id == id)?.DisplayText ?? id;

    public static string OwnerOf(Overlay overlay, IStringLocalizer<PageText> words) => overlay.Level == OverlayLevel.Area ? words["Area: {0}", overlay.Owner] : words["Force: {0}", overlay.Owner];

    public static string Baselines(Overlay overlay, IStringLocalizer<PageText> words) =>
        overlay.LastBaseline is { } last ? words["Versions {0} to {1}", overlay.FirstBaseline, last] : words["Version {0} and later ones that it fits", overlay.FirstBaseline];

    private static string KindOf(OverlayOperation operation) => operation.Type is { } type ? CaseActivities.Table.Catalog.Find(type)?.DisplayName ?? type : "";

    private static string FieldOf(OverlayOperation operation, WorkflowDefinition? baseline) =>
        baseline?.Root.SelfAndBelow().FirstOrDefault(x => x.Id == operation.Activity) is { } step ? CaseActivities.Table.Catalog.Find(step.Type)?.Inputs.FirstOrDefault(x => x.Member == operation.Member)?.DisplayName ?? operation.Input ?? "" : operation.Input ?? "";
}
