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

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes("True", "False");

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

    public StepConduct? ConductOf(ActivityNode node) => SwitchCases.Conduct(node);

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

    /// <summary>More cases than this that may all be true at once are too many to tell apart.</summary>
    private const int MostSubsets = 8;

    /// <summary>Every list of cases that may be true, by their places; null where the mode is computed, or there are too many.</summary>
    public static IReadOnlyList<int[]>? Choices(ActivityNode node)
    {
        var cases = Enumerable.Range(0, (node.Inputs.GetValueOrDefault("cases")?.Raw as JsonArray)?.Count ?? 0).ToArray();
        if (ModeOf(node) is not { } mode)
        {
            return null;
        }
        if (mode is not ("MatchAny" or "1"))
        {
            return [[], .. cases.Select(c => new[] { c })];
        }
        return cases.Length > MostSubsets ? null : [.. Enumerable.Range(0, 1 << cases.Length).Select(set => cases.Where(c => (set >> c & 1) == 1).ToArray())];
    }

    public static StepConduct? Conduct(ActivityNode node)
    {
        var labels = (node.Inputs.GetValueOrDefault("cases")?.Raw as JsonArray ?? []).Select(c => (c as JsonObject)?.TextOf("label") ?? "").ToArray();
        return Choices(node) is { } choices
            ? new StepConduct { AtOnce = [.. choices.Select(c => new StepEnd(c is [] ? ["Default"] : [.. c.Select(i => labels[i])]))] }
            : null;
    }

    private static string? ModeOf(ActivityNode node) => node.Inputs.GetValueOrDefault("mode") switch
    {
        null or { IsWrapped: true, Expression: null } => "",
        { Expression: { Type: "Literal" } literal } => literal.Value.ToText() ?? "",
        { IsWrapped: false } raw => raw.Raw.ToText() ?? "",
        _ => null,
    };

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
