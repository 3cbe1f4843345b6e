using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;

namespace Assize.Host.Pages.Designer.Outline;

/// <summary>A group of steps to be listed, with the workflow that it is part of.</summary>
public sealed record OutlineListing(OutlineView View, OutlineGroup Group)
{
    /// <summary>The step that the group belongs to; null for the workflow's own.</summary>
    public string? Owner { get; init; }

    /// <summary>Where a step is put that is added to the group itself.</summary>
    public StepPlace? Place => Group.Port.Length > 0 ? Owner is null ? null : new WithinStep(Owner, Group.Port)
        : Group.Holder is { } holder ? new WithinStep(holder.Id, "")
        : null;

    /// <summary>"5. Tell the police", to be linked to.</summary>
    public string NameOf(string stepId) => View.Step(stepId) is { } step ? $"{step.Number}. {step.Node.DisplayText}" : stepId;

    public static string TypeOf(OutlineStep step) => step.Descriptor?.DisplayName ?? step.Node.Type;

    /// <summary>Not reached, and not a step that begins the workflow of its own accord.</summary>
    public static bool IsLost(OutlineStep step) => !step.IsReached && !step.Node.CanStartWorkflow;

    public string Anchor(string stepId) => $"{View.Path}#{AnchorId(stepId)}";

    public static string AnchorId(string stepId) => $"step-{stepId}";

    public static string PortName(string port) => port == Connection.DefaultPort ? "" : port;
}
