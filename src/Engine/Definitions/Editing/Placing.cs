using System.Globalization;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Puts a step in its place, and the connections around it with it.</summary>
internal sealed class Placing(DefinitionCopy copy, List<string> notes)
{
    /// <param name="way">The outcome by which the flow goes on; null where the step ends it.</param>
    /// <returns>Null, or why it cannot stand there.</returns>
    public NotEdited? Put(JsonObject step, string id, string? way, StepPlace place) => place switch
    {
        AfterStep after when copy.Find(after.StepId) is { } known => After(step, id, way, known, after.Port),
        BeforeStep before when copy.Find(before.StepId) is { } known => Before(step, id, way, known),
        WithinStep within when copy.Find(within.StepId) is { } known => Within(step, id, known, within.Port),
        AfterStep { StepId: var lost } => NotEdited.NoStep(lost),
        BeforeStep { StepId: var lost } => NotEdited.NoStep(lost),
        WithinStep { StepId: var lost } => NotEdited.NoStep(lost),
        _ => throw new InvalidOperationException($"Expected a known place, but it is {place.GetType().Name}."),
    };

    private NotEdited? After(JsonObject step, string id, string? way, PlacedJson known, string port)
    {
        var holder = Holder(known, id);
        Insert(holder, step, known, 1);
        if (IsFlowchart(holder))
        {
            var arrows = new Arrows(holder);
            foreach (var arrow in arrows.Leaving(known.Node.Id, port).Where(arrow => Arrows.TargetOf(arrow) != id))
            {
                GoOn(arrows, arrow, id, way, known.Node.DisplayText);
            }
            arrows.Add(known.Node.Id, port, id);
        }
        return null;
    }

    private NotEdited? Before(JsonObject step, string id, string? way, PlacedJson known)
    {
        var holder = Holder(known, id);
        Insert(holder, step, known, 0);
        if (!IsFlowchart(holder))
        {
            return null;
        }
        var arrows = new Arrows(holder);
        var entering = arrows.Entering(known.Node.Id).Where(arrow => Arrows.SourceOf(arrow) != id).ToList();
        foreach (var arrow in entering)
        {
            arrows.LeadTo(arrow, id);
        }
        if (StartOf(holder) == known.Node.Id || (StartOf(holder) is null && entering.Count == 0))
        {
            holder["start"] = id;
        }
        if (way is null)
        {
            notes.Add($"The new step ends the flow, so nothing leads to {known.Node.DisplayText} any more.");
        }
        else
        {
            arrows.Add(id, way, known.Node.Id);
        }
        return null;
    }

    private NotEdited? Within(JsonObject step, string id, PlacedJson known, string port)
    {
        var holder = port.Length == 0 ? known.Json : Branch(known, port, id);
        if (holder is null || (port.Length == 0 && !IsContainer(known.Node)))
        {
            return new NotEdited("no-container", $"{known.Node.DisplayText} holds no steps there. Nothing was changed.");
        }
        var activities = JsonPlaces.Array(holder, "activities");
        if (activities.Count == 0 && IsFlowchart(holder))
        {
            holder["start"] = id;
        }
        if (step.Parent is null)
        {
            activities.Add(step);
        }
        return null;
    }

    private void GoOn(Arrows arrows, JsonObject arrow, string id, string? way, string before)
    {
        if (way is not null)
        {
            arrows.LeaveFrom(arrow, id, way);
            return;
        }
        arrows.Remove(arrow);
        var target = Arrows.TargetOf(arrow)!;
        notes.Add($"The new step ends the flow, so {before} no longer leads to {copy.Find(target)?.Node.DisplayText ?? target}.");
    }

    private static void Insert(JsonObject holder, JsonObject step, PlacedJson beside, int offset)
    {
        // A step that is moved within its flowchart keeps its place in the list, which says nothing there.
        if (step.Parent is null)
        {
            var activities = JsonPlaces.Array(holder, "activities");
            activities.Insert(activities.IndexOf(beside.Json) + offset, step);
        }
    }

    // A step that stands alone, as the root or in a port, gets a sequence around it.
    private JsonObject Holder(PlacedJson known, string id)
    {
        if (known is { Parent: not null, Port: "" })
        {
            return copy.Find(known.Parent.Id)!.Json;
        }
        var sequence = Container("Elsa.Sequence", $"{id}-steps");
        if (known.Parent is null)
        {
            copy.Json["root"] = sequence;
        }
        else
        {
            SetPort(copy.Find(known.Parent.Id)!.Json, known.Port, sequence);
        }
        JsonPlaces.Array(sequence, "activities").Add(known.Json);
        return sequence;
    }

    private JsonObject? Branch(PlacedJson known, string port, string id)
    {
        if (known.Node.Ports.GetValueOrDefault(port) is { } embedded)
        {
            return IsContainer(embedded) ? copy.Find(embedded.Id)!.Json : Holder(copy.Find(embedded.Id)!, id);
        }
        var flowchart = Container("Elsa.Flowchart", $"{id}-branch");
        return SetPort(known.Json, port, flowchart) ? flowchart : null;
    }

    private static bool SetPort(JsonObject step, string port, JsonObject? activity)
    {
        if (port.Split('/') is not [var member, var index])
        {
            step[port] = activity;
            return true;
        }
        if (step[member] is not JsonArray cases || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at >= cases.Count || cases[at] is not JsonObject item)
        {
            return false;
        }
        item["activity"] = activity;
        return true;
    }

    /// <summary>Empties a port.</summary>
    public static void Clear(JsonObject step, string port)
    {
        if (port.Contains('/', StringComparison.Ordinal))
        {
            SetPort(step, port, null);
        }
        else
        {
            step.Remove(port);
        }
    }

    private static JsonObject Container(string type, string id) => type == "Elsa.Flowchart"
        ? new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = "Flowchart", ["activities"] = new JsonArray(), ["connections"] = new JsonArray() }
        : new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = "Sequence", ["activities"] = new JsonArray() };

    private static string? StartOf(JsonObject flowchart) => flowchart.TextOf("start") ?? (flowchart["start"] as JsonObject)?.TextOf("id");

    private static bool IsFlowchart(JsonObject holder) => holder.TextOf("type") == "Elsa.Flowchart";

    private static bool IsContainer(ActivityNode node) => node.Type is "Elsa.Flowchart" or "Elsa.Sequence";
}
