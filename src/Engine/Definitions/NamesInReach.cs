using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>The variables that a step's expressions may name, and the workflow's inputs and outputs.</summary>
internal sealed record NamesInReach(WorkflowDefinition Definition, ImmutableArray<VariableDefinition> Variables)
{
    private static readonly VariableDefinition Value = new("CurrentValue", "CurrentValue", "Object", false, null);
    private static readonly VariableDefinition Index = new("CurrentIndex", "CurrentIndex", "Int32", false, null);

    /// <summary>What the step itself sees.</summary>
    public NamesInReach Within(ActivityNode node) => With(node.Workflow is null ? node.Variables : []);

    /// <summary>What the steps below it see: a loop hands its body what it is at.</summary>
    public NamesInReach Below(ActivityNode node) => With(node.Type switch
    {
        "Elsa.For" => [Value],
        "Elsa.ForEach" or "Elsa.ParallelForEach" => [Value, Index],
        _ => [],
    });

    public bool HasVariable(string nameOrId) => Variables.Any(v => v.Id == nameOrId || v.Name == nameOrId);

    public bool HasInput(string name) => Definition.Inputs.Any(i => i.Name == name);

    public bool HasOutput(string name) => Definition.Outputs.Any(o => o.Name == name);

    private NamesInReach With(ImmutableArray<VariableDefinition> added) => added.IsEmpty ? this : this with { Variables = [.. Variables, .. added] };
}
