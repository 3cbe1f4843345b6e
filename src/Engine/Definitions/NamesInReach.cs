using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>The variables that a step's expressions may name, and the workflow's inputs and outputs.</summary>
internal sealed record NamesInReach(WorkflowDefinition Definition, ImmutableArray<VariableDefinition> Variables)
{
    private static readonly ImmutableHashSet<string> Loops = ["Elsa.For", "Elsa.ForEach", "Elsa.ParallelForEach"];

    public NamesInReach Within(ActivityNode node)
    {
        var added = node.Workflow is null ? node.Variables : [];
        if (Loops.Contains(node.Type))
        {
            added = [.. added, new("CurrentValue", "CurrentValue", "Object", false, null), new("CurrentIndex", "CurrentIndex", "Int32", false, null)];
        }
        return this with { Variables = [.. Variables, .. added] };
    }

    public bool HasVariable(string nameOrId) => Variables.Any(v => v.Id == nameOrId || v.Name == nameOrId);

    public bool HasInput(string name) => Definition.Inputs.Any(i => i.Name == name);

    public bool HasOutput(string name) => Definition.Outputs.Any(o => o.Name == name);
}
