using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>Writes definitions back, with every member that was read.</summary>
public static class DefinitionWriter
{
    /// <summary>The document as it was read: reading it again gives the same definition.</summary>
    public static string Write(WorkflowDefinition definition) => throw new NotImplementedException(definition.DefinitionId);

    /// <summary>A copy in which every activity has the <c>nodeId</c> that Studio needs.</summary>
    public static JsonObject WithNodeIds(WorkflowDefinition definition) => throw new NotImplementedException(definition.DefinitionId);
}
