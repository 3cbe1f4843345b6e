namespace Assize.Engine.Definitions.Editing;

/// <summary>Takes a step away, with all that lies within it.</summary>
/// <param name="OnTo">The step to which whatever led here leads from now on; null for nowhere.</param>
public sealed record RemoveStep(string Id, string? OnTo)
{
    /// <returns><see cref="NotEdited"/> where there is no such step, or it is the root.</returns>
    public EditAnswer From(WorkflowDefinition definition)
    {
        var copy = new DefinitionCopy(definition);
        if (copy.Find(Id) is not { } step)
        {
            return NotEdited.NoStep(Id);
        }
        if (step.Parent is null)
        {
            return new NotEdited("root", "This step holds the whole workflow, so it cannot be taken away. Nothing was changed.");
        }
        var holder = copy.Find(step.Parent.Id)!.Json;
        if (step.Port.Length > 0)
        {
            Placing.Clear(holder, step.Port);
            return new Edited(copy.Read());
        }
        holder.ArrayOf("activities").Remove(step.Json);
        List<string> notes = [];
        if (step.Parent.Type == "Elsa.Flowchart")
        {
            var onTo = step.Parent.Children.Any(child => child.Id == OnTo && child.Id != Id) ? OnTo : null;
            Detaching.Close(holder, step, onTo, copy, notes);
            foreach (var arrow in new Arrows(holder).Leaving(Id))
            {
                new Arrows(holder).Remove(arrow);
            }
        }
        return new Edited(copy.Read()) { Notes = notes };
    }
}
