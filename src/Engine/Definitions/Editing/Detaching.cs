using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Closes the gap that a step leaves in a flowchart.</summary>
internal static class Detaching
{
    /// <param name="onTo">Where what led to the step leads from now on; null for nowhere.</param>
    public static void Close(JsonObject flowchart, PlacedJson step, string? onTo, DefinitionCopy copy, List<string> notes)
    {
        var arrows = new Arrows(flowchart);
        foreach (var arrow in arrows.Entering(step.Node.Id))
        {
            var source = Arrows.SourceOf(arrow)!;
            if (source == step.Node.Id || source == onTo || onTo is null)
            {
                arrows.Remove(arrow);
                if (source != step.Node.Id)
                {
                    notes.Add($"{Way(arrow, source, copy)} leads nowhere now.");
                }
            }
            else
            {
                arrows.LeadTo(arrow, onTo);
                notes.Add($"{Way(arrow, source, copy)} now leads to {NameOf(onTo, copy)}.");
            }
        }
        if ((flowchart.TextOf("start") ?? (flowchart["start"] as JsonObject)?.TextOf("id")) != step.Node.Id)
        {
            return;
        }
        if (onTo is null)
        {
            flowchart.Remove("start");
        }
        else
        {
            flowchart["start"] = onTo;
        }
    }

    private static string Way(JsonObject arrow, string source, DefinitionCopy copy) =>
        Arrows.PortOf(arrow) == Connection.DefaultPort ? NameOf(source, copy) : $"“{Arrows.PortOf(arrow)}” of {NameOf(source, copy)}";

    private static string NameOf(string id, DefinitionCopy copy) => copy.Find(id)?.Node.DisplayText ?? id;
}
