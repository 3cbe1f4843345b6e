using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Workflows.Activities;

/// <summary>How a step that runs a workflow for each defendant may leave: by its rule, once, while others may run on.</summary>
internal static class DefendantsConduct
{
    public static StepConduct Of(ActivityNode node)
    {
        bool maySameAll = DefinitionUse.MayBeEmpty(node, "endedAs") != true;
        ImmutableArray<StepEnd> all = [new(["AllEnded"]), .. maySameAll ? new StepEnd[] { new(["AllEndedAs"]) } : []];
        ImmutableArray<StepEnd> ends = Rule(node) switch
        {
            "AllEnded" => all,
            "AnyEnded" => First("AnyEnded"),
            "AnyEndedAs" => [.. First("AnyEndedAs"), .. all],
            _ => [.. all, .. First("AnyEnded"), .. First("AnyEndedAs")],
        };
        return new StepConduct { Waits = [new StepWait(WaitKind.Child, ends, DefinitionUse.Literal(node, "workflow"))] };
    }

    // Null where it is computed: then any rule may be in force.
    private static string? Rule(ActivityNode node) => DefinitionUse.MayBeEmpty(node, "leaveWhen") switch
    {
        true => "AllEnded",
        false => DefinitionUse.Literal(node, "leaveWhen"),
        null => null,
    };

    /// <summary>The one that ends first may be the last, or leave others behind.</summary>
    private static ImmutableArray<StepEnd> First(string outcome) => [new([outcome]), new([outcome], RunsOn: true)];
}
