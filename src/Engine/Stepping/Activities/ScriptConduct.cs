using System.Collections.Immutable;
using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping.Activities;

/// <summary>How a script may leave its step: by one of the outcomes it declares, or by several where it sets several.</summary>
internal static class ScriptConduct
{
    private const int MostSubsets = 6;

    public static StepConduct? Of(ActivityNode node, ImmutableArray<string>? ports)
    {
        var source = node.Inputs.GetValueOrDefault("script")?.Expression?.Value.ToText() ?? "";
        if (ports is not { } outcomes)
        {
            return null;
        }
        if (!source.Contains("setOutcome", StringComparison.Ordinal))
        {
            return StepConduct.Passes();
        }
        if (!source.Contains("setOutcomes", StringComparison.Ordinal))
        {
            return StepConduct.Passes(outcomes);
        }
        return outcomes.Length > MostSubsets
            ? null
            : new StepConduct { AtOnce = [.. Enumerable.Range(1, (1 << outcomes.Length) - 1).Select(set => new StepEnd([.. outcomes.Where((_, i) => (set >> i & 1) == 1)]))] };
    }
}
