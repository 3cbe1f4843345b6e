namespace Assize.Engine.Definitions.Editing;

/// <summary>Puts a step, with all that lies within it, in another place. The gap it leaves is closed along the outcome by which the flow went on.</summary>
public sealed record MoveStep(string Id, StepPlace Place)
{
    /// <returns><see cref="NotEdited"/> where the step or the place does not exist, or lies within the step.</returns>
    public EditAnswer In(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        var copy = new DefinitionCopy(definition);
        if (copy.Find(Id) is not { } step)
        {
            return NotEdited.NoStep(Id);
        }
        if (step.Parent is null || Beside is not { } beside || step.Node.SelfAndBelow().Any(node => node.Id == beside))
        {
            return new NotEdited("within-itself", "A step cannot be moved into or beside itself. Nothing was changed.");
        }
        if (copy.Find(beside) is not { } known)
        {
            return NotEdited.NoStep(beside);
        }
        List<string> notes = [];
        var stays = step is { Port: "", Parent.Type: "Elsa.Flowchart" } && known is { Port: "" } && known.Parent?.Id == step.Parent.Id && Place is not WithinStep;
        var way = Detach(copy, step, stays, catalog, notes);
        if (new Placing(copy, notes).Put(step.Json, Id, way, Place) is { } refused)
        {
            return refused;
        }
        return new Edited(DefinitionLayout.Place(copy.Read(), catalog)) { Notes = notes };
    }

    private string? Beside => Place switch
    {
        AfterStep after => after.StepId,
        BeforeStep before => before.StepId,
        WithinStep within => within.StepId,
        _ => null,
    };

    // Gives the outcome by which the flow goes on at the new place.
    private string? Detach(DefinitionCopy copy, PlacedJson step, bool stays, ActivityCatalog catalog, List<string> notes)
    {
        var ports = FlowPorts.Of(step.Node, catalog.Find(step.Node.Type)) ?? [Connection.DefaultPort];
        var holder = copy.Find(step.Parent!.Id)!.Json;
        string? used = null;
        if (step is { Port: "", Parent.Type: "Elsa.Flowchart" })
        {
            var arrows = new Arrows(holder);
            used = ports.FirstOrDefault(port => arrows.Leaving(Id, port).Count > 0);
            var onTo = used is null ? null : arrows.Leaving(Id, used).Select(Arrows.TargetOf).FirstOrDefault(target => target != Id && copy.Has(target ?? ""));
            foreach (var arrow in arrows.Leaving(Id, stays ? used ?? "" : null))
            {
                arrows.Remove(arrow);
            }
            Detaching.Close(holder, step, onTo, copy, notes);
        }
        if (!stays)
        {
            Take(holder, step);
            if (Place is not WithinStep { Port: "" } within || within.StepId != step.Parent.Id)
            {
                // Where it stood says nothing of where it stands.
                ((step.Json["metadata"] as System.Text.Json.Nodes.JsonObject)?["designer"] as System.Text.Json.Nodes.JsonObject)?.Remove("position");
            }
        }
        return used ?? ports.FirstOrDefault();
    }

    private static void Take(System.Text.Json.Nodes.JsonObject holder, PlacedJson step)
    {
        if (step.Port.Length > 0)
        {
            Placing.Clear(holder, step.Port);
        }
        else
        {
            holder.ArrayOf("activities").Remove(step.Json);
        }
    }
}
