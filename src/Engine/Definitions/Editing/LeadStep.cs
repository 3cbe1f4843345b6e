namespace Assize.Engine.Definitions.Editing;

/// <summary>Changes where an outcome leads.</summary>
/// <param name="From">Where it leads now; null to lead it to one step more.</param>
/// <param name="To">Where it shall lead; null for nowhere.</param>
public sealed record LeadStep(string Id, string Port, string? From, string? To)
{
    /// <returns><see cref="NotEdited"/> where an end does not exist or lies in another container.</returns>
    public EditAnswer In(WorkflowDefinition definition)
    {
        var copy = new DefinitionCopy(definition);
        if (copy.Find(Id) is not { } step)
        {
            return NotEdited.NoStep(Id);
        }
        if (step is not { Port: "", Parent.Type: "Elsa.Flowchart" } || Port.Length == 0)
        {
            return new NotEdited("no-outcomes", $"{step.Node.DisplayText} stands in no flowchart, so its outcomes lead nowhere else. Nothing was changed.");
        }
        if (To is not null && step.Parent.Children.All(child => child.Id != To))
        {
            return copy.Has(To) ? new NotEdited("other-container", "A connection stays within one container. Nothing was changed.") : NotEdited.NoStep(To);
        }
        var arrows = new Arrows(copy.Find(step.Parent.Id)!.Json);
        var arrow = From is null ? null : arrows.Leaving(Id, Port).FirstOrDefault(leaving => Arrows.TargetOf(leaving) == From);
        if (From is not null && arrow is null)
        {
            return new NotEdited("connection-unknown", "This outcome no longer leads there: somebody changed it. Nothing was changed.");
        }
        switch (arrow, To)
        {
            case (null, { } to):
                arrows.Add(Id, Port, to);
                break;
            case ({ } old, { } to):
                arrows.LeadTo(old, to);
                break;
            case ({ } old, null):
                arrows.Remove(old);
                break;
        }
        return new Edited(copy.Read());
    }
}
