using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping.Activities;

internal sealed class FlowDecisionHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowDecision",
        Category = "Branching",
        DisplayName = "Decision",
        Description = "Goes by True or False.",
        Inputs = [Describe.Computed("Condition", "Boolean", "Condition", "What decides.")],
        Ports = [Describe.Port("True"), Describe.Port("False")],
    };

    public void Enter(IStep step) => step.Complete(step.Input("condition").ToFlag() ? "True" : "False");
}

internal sealed class FlowSwitchHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowSwitch",
        Category = "Branching",
        DisplayName = "Switch (flow)",
        Description = "Goes by the first case that is true, by all of them, or by Default.",
        Inputs =
        [
            new InputDescriptor("Cases", "FlowSwitchCases", "flow-switch-editor") { DisplayName = "Cases", Description = "Each case is a port.", IsWrapped = false },
            SwitchCases.Mode,
        ],
        Ports = [Describe.Port("Default")],
    };

    public void Enter(IStep step)
    {
        var labels = SwitchCases.Matching(step).Select(c => c.Json.TextOf("label") ?? "").ToArray();
        step.Complete(labels is [] ? ["Default"] : labels);
    }
}

internal sealed class FlowForkHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.FlowFork",
        Category = "Branching",
        DisplayName = "Fork",
        Description = "Goes by all of its branches.",
        Inputs = [Describe.Outcomes("Branches", "Branches", "Each branch is a port.")],
    };

    public void Enter(IStep step) => step.Complete([.. step.Input("branches").ToTexts()]);
}

/// <summary>Completes; the waiting is the flowchart's, which reads the mode.</summary>
internal sealed class FlowJoinHandler : IActivityHandler
{
    public const string Type = "Elsa.FlowJoin";

    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = Type,
        Category = "Branching",
        DisplayName = "Join",
        Description = "Brings branches together: at the first of them (the others are cancelled), at all of them, or at all that are live.",
        Inputs =
        [
            Describe.Choice("Mode", "Mode", "What the join waits for.", "WaitAny", ("WaitAny", "Wait any"), ("WaitAll", "Wait all"), ("WaitAllActive", "Wait all active")),
        ],
        Ports = [Describe.Port("Done")],
    };

    public void Enter(IStep step) => step.Complete();
}

/// <summary>The cases of Switch and FlowSwitch.</summary>
internal static class SwitchCases
{
    public static InputDescriptor Mode { get; } =
        Describe.Choice("Mode", "Mode", "The first match, or all that match.", "MatchFirst", ("MatchFirst", "Match first"), ("MatchAny", "Match any"));

    /// <summary>The cases that are true now, with their places; just the first of them unless the mode is MatchAny.</summary>
    public static List<(int Index, JsonObject Json)> Matching(IStep step)
    {
        var matching = (step.Input("cases") as JsonArray ?? [])
            .Select((c, i) => (Index: i, Json: c as JsonObject))
            .Where(c => c.Json is not null && IsTrue(step, c.Json))
            .Select(c => (c.Index, c.Json!));
        return step.Text("mode") is "MatchAny" or "1" ? [.. matching] : [.. matching.Take(1)];
    }

    private static bool IsTrue(IStep step, JsonObject item) =>
        item["condition"] is JsonObject condition
        && condition.TextOf("type") is { } type
        && step.Evaluate(new Expression(type, condition["value"]?.DeepClone())).ToFlag();
}
