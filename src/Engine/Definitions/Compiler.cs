namespace Assize.Engine.Definitions;

/// <summary>Makes a definition ready to step.</summary>
public static class Compiler
{
    /// <summary>Inlines workflows used as activities, indexes nodes and prepares flowcharts.</summary>
    /// <param name="inlined">Finds a workflow used as an activity; a null version means the newest published one.</param>
    /// <remarks>Compiles broken drafts too: what is broken faults when it is reached.</remarks>
    public static ExecutionGraph Compile(WorkflowDefinition definition, ActivityCatalog catalog, Func<string, int?, WorkflowDefinition?>? inlined = null) =>
        throw new NotImplementedException(definition.DefinitionId + catalog + inlined);
}
