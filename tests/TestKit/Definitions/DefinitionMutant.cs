using System.Text.Json.Nodes;

namespace Assize.TestKit.Definitions;

/// <summary>Breaks a drawn definition in one or two places, as somebody might who edits it: a line less, more or elsewhere, another join, a step less, an end too many.</summary>
public static class DefinitionMutant
{
    private static readonly string?[] JoinModes = ["WaitAny", "WaitAll", "WaitAllActive", null];

    /// <summary>The same definition with something changed; the same dice change the same.</summary>
    public static string Of(string json, int[] dice)
    {
        var definition = JsonNode.Parse(json)!.AsObject();
        var flowcharts = Flowcharts(definition["root"]!).ToList();
        for (var i = 0; i + 3 < dice.Length; i += 4)
        {
            Change(definition, flowcharts[dice[i] % flowcharts.Count], dice[i + 1], dice[i + 2], dice[i + 3]);
        }
        return definition.ToJsonString();
    }

    private static void Change(JsonObject definition, JsonObject flowchart, int kind, int one, int other)
    {
        var connections = flowchart["connections"]!.AsArray();
        var activities = flowchart["activities"]!.AsArray();
        var activity = activities[one % activities.Count]!.AsObject();
        if (connections.Count == 0)
        {
            return;
        }
        var connection = connections[one % connections.Count]!;
        var another = activities[other % activities.Count]!["id"]!.GetValue<string>();
        switch (kind % 9)
        {
            case 0:
                connections.RemoveAt(one % connections.Count);
                break;
            case 1:
                connection["target"]!["activity"] = another;
                break;
            case 2:
                Rejoin(activities.FirstOrDefault(a => a!["type"]!.GetValue<string>() == "Elsa.FlowJoin")?.AsObject(), JoinModes[other % JoinModes.Length]);
                break;
            case 3:
                definition["customProperties"] = definition["customProperties"]?["Flowchart:ExecutionMode"] is null ? new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" } : new JsonObject();
                break;
            case 4 when activities.Count > 1:
                Remove(flowchart, activity);
                break;
            case 5:
                connections.Add(new JsonObject { ["source"] = connection["source"]!.DeepClone(), ["target"] = new JsonObject { ["activity"] = another, ["port"] = "In" } });
                break;
            case 6:
                connection["source"]!["port"] = connections[other % connections.Count]!["source"]!["port"]!.DeepClone();
                break;
            case 7:
                connection["source"]!["activity"] = another;
                break;
            case 8:
                Replace(activities, one % activities.Count, Draw.End(activity["id"]!.GetValue<string>()));
                break;
        }
    }

    private static void Rejoin(JsonObject? join, string? mode)
    {
        if (join is null)
        {
            return;
        }
        join.Remove("mode");
        if (mode is not null)
        {
            join["mode"] = Draw.Literal(mode);
        }
    }

    private static void Remove(JsonObject flowchart, JsonObject activity)
    {
        var id = activity["id"]!.GetValue<string>();
        flowchart["activities"]!.AsArray().Remove(activity);
        foreach (var connection in flowchart["connections"]!.AsArray().Where(c => End(c!, "source") == id || End(c!, "target") == id).ToList())
        {
            flowchart["connections"]!.AsArray().Remove(connection);
        }
    }

    private static string End(JsonNode connection, string end) => connection[end]!["activity"]!.GetValue<string>();

    private static void Replace(JsonArray list, int at, JsonObject item) => list[at] = item;

    private static IEnumerable<JsonObject> Flowcharts(JsonNode node) => node switch
    {
        JsonObject json => json.Select(m => m.Value).OfType<JsonNode>().SelectMany(Flowcharts)
            .Concat(json["type"] is JsonValue type && type.GetValueKind() == System.Text.Json.JsonValueKind.String && type.GetValue<string>() == "Elsa.Flowchart" ? [json] : []),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Flowcharts),
        _ => [],
    };
}
