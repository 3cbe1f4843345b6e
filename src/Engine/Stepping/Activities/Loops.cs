using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

internal sealed class WhileHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.While",
        Category = "Looping",
        DisplayName = "While",
        Description = "Runs its body for as long as the condition holds.",
        Inputs = [Describe.Computed("Condition", "Boolean", "Condition", "Asked before every lap.")],
        Ports = [Describe.Embedded("Body"), Describe.Port("Done")],
    };

    public void Enter(IStep step)
    {
        if (step.Activity.Ports.TryGetValue("body", out var body) && step.Input("condition").ToFlag())
        {
            step.Schedule(body);
            return;
        }
        step.Complete();
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) => Enter(step);
}

internal sealed class ForHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.For",
        Category = "Looping",
        DisplayName = "For",
        Description = "Runs its body once for each number from start to end.",
        Inputs =
        [
            Describe.Line("Start", "Start", "The first number; 0 if empty."),
            Describe.Line("End", "End", "The last number."),
            Describe.Line("Step", "Step", "What is added after each lap; 1 if empty."),
            Describe.Flag("OuterBoundInclusive", "Include the end", "Whether the end itself has a lap."),
        ],
        Outputs = [new OutputDescriptor("CurrentValue", "Decimal", "Current value")],
        Ports = [Describe.Embedded("Body"), Describe.Port("Done")],
    };

    public void Enter(IStep step) => Lap(step, step.Input("start").ToNumber() ?? 0);

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) =>
        Lap(step, step.Memory["current"]!.GetValue<decimal>() + By(step));

    private static void Lap(IStep step, decimal current)
    {
        var end = step.Input("end").ToNumber() ?? 0;
        var inclusive = step.Input("outerBoundInclusive") is not { } given || given.ToFlag();
        var ahead = By(step) > 0 ? end - current : current - end;
        if (ahead < 0 || (ahead == 0 && !inclusive) || !step.Activity.Ports.TryGetValue("body", out var body))
        {
            step.Complete();
            return;
        }
        step.Memory["current"] = current;
        step.Produce("CurrentValue", JsonValue.Create(current));
        step.Schedule(body, new Dictionary<string, JsonNode?> { ["CurrentValue"] = current });
    }

    private static decimal By(IStep step)
    {
        var by = step.Input("step").ToNumber() ?? 1;
        if (by == 0)
        {
            step.Fault("step-zero", "Expected the step of the loop to be a number other than 0, but it is 0.");
        }
        return by;
    }
}

internal sealed class ForEachHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.ForEach",
        Category = "Looping",
        DisplayName = "For each",
        Description = "Runs its body for each item of a list, one after another.",
        Inputs = [Describe.Computed("Items", "ICollection<Object>", "Items", "The list.")],
        Outputs = [new OutputDescriptor("CurrentValue", "Object", "Current value")],
        Ports = [Describe.Embedded("Body"), Describe.Port("Done")],
    };

    public void Enter(IStep step)
    {
        step.Memory["items"] = LoopItems.Of(step);
        Lap(step, 0);
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes) =>
        Lap(step, step.Memory["index"]!.GetValue<int>() + 1);

    private static void Lap(IStep step, int index)
    {
        var items = step.Memory["items"]!.AsArray();
        if (index >= items.Count || !step.Activity.Ports.TryGetValue("body", out var body))
        {
            step.Complete();
            return;
        }
        step.Memory["index"] = index;
        step.Produce("CurrentValue", items[index]);
        step.Schedule(body, LoopItems.Scope(items[index], index));
    }
}

internal sealed class ParallelForEachHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.ParallelForEach",
        Category = "Looping",
        DisplayName = "Parallel for each",
        Description = "Runs its body for all items of a list at once, and goes on when all have ended.",
        Inputs = [Describe.Computed("Items", "ICollection<Object>", "Items", "The list.")],
        Ports = [Describe.Embedded("Body"), Describe.Port("Done")],
    };

    public void Enter(IStep step)
    {
        var items = LoopItems.Of(step);
        if (items.Count == 0 || !step.Activity.Ports.TryGetValue("body", out var body))
        {
            step.Complete();
            return;
        }
        for (var i = 0; i < items.Count; i++)
        {
            step.Schedule(body, LoopItems.Scope(items[i], i));
        }
    }

    public void ChildEnded(IStep step, ActivityState child, IReadOnlyList<string> outcomes)
    {
        if (step.Children.Count == 0)
        {
            step.Complete();
        }
    }
}

/// <summary>Ends the loop around it; without one, the sequence or flowchart it stands in.</summary>
internal sealed class BreakHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.Break",
        Category = "Looping",
        DisplayName = "Break",
        Description = "Ends the loop it stands in.",
        IsTerminal = true,
    };

    public void Enter(IStep step)
    {
        var isInside = true;
        step.CompleteEnclosing(around =>
        {
            isInside &= around.Workflow is null || step.RuleSet < RuleSet.Second;
            return isInside && around.Type is ("Elsa.For" or "Elsa.ForEach" or "Elsa.While");
        });
    }
}

internal static class LoopItems
{
    public static JsonArray Of(IStep step)
    {
        var items = step.Input("items");
        if (items.ToList() is null)
        {
            step.Fault("items-no-list", $"Expected the items of {step.Activity.DisplayText} to be a list, but they are {(items is null ? "absent" : "something else")}.");
        }
        return items.ToList()!;
    }

    public static Dictionary<string, JsonNode?> Scope(JsonNode? item, int index) => new() { ["CurrentValue"] = item, ["CurrentIndex"] = index };
}
