using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Host.Pages.Designer;

/// <summary>What a new workflow begins with: a flowchart with a start.</summary>
internal static class EmptyDrawing
{
    public static WorkflowDefinition Of(string id, string name) => DefinitionReader.Read(new JsonObject
    {
        ["definitionId"] = id,
        ["name"] = name,
        ["toolVersion"] = "3.8.2.0",
        ["variables"] = new JsonArray(),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(),
        ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["name"] = "Flowchart",
            ["start"] = "start",
            ["activities"] = new JsonArray(new JsonObject
            {
                ["id"] = "start",
                ["type"] = "Elsa.Start",
                ["version"] = 1,
                ["name"] = "Start",
                ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 60, ["y"] = 60 } } },
            }),
            ["connections"] = new JsonArray(),
        },
    }.ToJsonString());
}
