using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>The connections of one flowchart, to be changed. An arrow that gets another end loses its bends, which belonged to the old one.</summary>
internal sealed class Arrows(JsonObject flowchart)
{
    private JsonArray All => JsonPlaces.Array(flowchart, "connections");

    public IReadOnlyList<JsonObject> Leaving(string id, string? port = null) =>
        [.. All.OfType<JsonObject>().Where(arrow => SourceOf(arrow) == id && (port is null || PortOf(arrow) == port))];

    public IReadOnlyList<JsonObject> Entering(string id) => [.. All.OfType<JsonObject>().Where(arrow => TargetOf(arrow) == id)];

    public void Add(string source, string port, string target)
    {
        if (!Leaving(source, port).Any(arrow => TargetOf(arrow) == target))
        {
            All.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
                ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
                ["vertices"] = new JsonArray(),
            });
        }
    }

    public void Remove(JsonObject arrow) => All.Remove(arrow);

    /// <summary>Leads the arrow to another step; where one leads there already, this one is not needed.</summary>
    public void LeadTo(JsonObject arrow, string target)
    {
        if (TargetOf(arrow) == target)
        {
            return;
        }
        if (Leaving(SourceOf(arrow)!, PortOf(arrow)).Any(other => TargetOf(other) == target))
        {
            Remove(arrow);
            return;
        }
        JsonPlaces.Object(arrow, "target")["activity"] = target;
        arrow["vertices"] = new JsonArray();
    }

    public void LeaveFrom(JsonObject arrow, string source, string port)
    {
        if (Leaving(source, port).Any(other => other != arrow && TargetOf(other) == TargetOf(arrow)))
        {
            Remove(arrow);
            return;
        }
        var from = JsonPlaces.Object(arrow, "source");
        (from["activity"], from["port"]) = (source, port);
        arrow["vertices"] = new JsonArray();
    }

    public static string? SourceOf(JsonObject arrow) => (arrow["source"] as JsonObject)?.TextOf("activity");

    public static string PortOf(JsonObject arrow) => (arrow["source"] as JsonObject)?.TextOf("port") ?? Connection.DefaultPort;

    public static string? TargetOf(JsonObject arrow) => (arrow["target"] as JsonObject)?.TextOf("activity");
}
