using System.Collections.Immutable;

namespace Assize.Engine.Definitions.Editing;

/// <summary>Connections follow an outcome that got another name, and go with one that was taken away.</summary>
internal static class OutcomeChanges
{
    /// <summary>What happened to connections, in sentences.</summary>
    public static ImmutableArray<string> Follow(DefinitionCopy copy, PlacedJson step, ActivityCatalog catalog)
    {
        var descriptor = catalog.Find(step.Node.Type);
        var after = DefinitionReader.Read(copy.Json.ToJsonString()).Root.SelfAndBelow().First(node => node.Id == step.Node.Id);
        if (step.Parent is null || FlowPorts.Of(step.Node, descriptor) is not { } old || FlowPorts.Of(after, descriptor) is not { } now || old.SequenceEqual(now))
        {
            return [];
        }
        var notes = ImmutableArray.CreateBuilder<string>();
        var connections = copy.Find(step.Parent.Id)!.Json.ArrayOf("connections");
        foreach (var arrow in step.Parent.Connections.Where(arrow => arrow.Source == step.Node.Id && old.Contains(arrow.SourcePort) && !now.Contains(arrow.SourcePort)).Reverse())
        {
            if (Renamed(old, now, arrow.SourcePort) is { } name)
            {
                JsonPlaces.Object(connections[arrow.Index]!.AsObject(), "source")["port"] = name;
            }
            else
            {
                connections.RemoveAt(arrow.Index);
                notes.Add($"“{arrow.SourcePort}” is gone, and with it the way to {copy.Find(arrow.Target)?.Node.DisplayText ?? arrow.Target}.");
            }
        }
        return notes.ToImmutable();
    }

    // Another name in the same place is a new name for the same way; so is the first name given to a step that had none.
    private static string? Renamed(ImmutableArray<string> old, ImmutableArray<string> now, string port)
    {
        var place = old.IndexOf(port);
        return place < now.Length && !old.Contains(now[place]) ? now[place] : null;
    }
}
