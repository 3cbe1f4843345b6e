using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Workflows.Activities;
using Assize.Workflows.Rules;

namespace Assize.Workflows.Overlays;

/// <summary>A step that an overlay adds on a connection: each of its outcomes goes on where the connection led, unless it says otherwise.</summary>
/// <param name="resolve">The step's id in the text that is made, by what the overlay calls it; null where there is none.</param>
internal sealed class AddedStep(Overlay overlay, OverlayOperation operation, Func<string, string?> resolve)
{
    private static readonly ActivityCatalog s_catalog = CaseActivities.Table.Catalog;
    private readonly string _id = MergeSteps.IdOf(overlay, operation.Id);

    public EditAnswer To(WorkflowDefinition definition)
    {
        string after = resolve(operation.Activity)!;
        if (Objection(definition, after) is { } refused)
        {
            return refused;
        }
        ActivityNode around = definition.Root.SelfAndBelow().First(x => x.Children.Any(child => child.Id == after));
        string[] onwards = [.. around.Connections.Where(x => x.Source == after && x.SourcePort == operation.Port).Select(x => x.Target)];
        EditAnswer answer = new AddStep(_id, operation.Type!, operation.Title ?? "", new AfterStep(after, operation.Port!)).To(definition, s_catalog);
        answer = answer is Edited added ? new StepEdit { Inputs = Said() }.To(added.Definition, _id, s_catalog) : answer;
        return answer is Edited filled ? Led(filled.Definition, onwards) : answer;
    }

    private NotEdited? Objection(WorkflowDefinition definition, string after)
    {
        if (operation.Type is null || !OverlayShape.AddedTypes.Contains(operation.Type))
        {
            return new NotEdited("type-not-added", $"“{operation.Type}” is no kind of step that an overlay may add. Choose one of {string.Join(", ", OverlayShape.AddedTypes)}.");
        }
        if (definition.Root.SelfAndBelow().Any(x => x.Id == _id || x.Id == operation.Id))
        {
            return new NotEdited("id-taken", $"a step of the workflow is called “{operation.Id}” or “{_id}” already. Give the operation another short name.");
        }
        if (definition.Root.SelfAndBelow().FirstOrDefault(x => x.Children.Any(child => child.Id == after)) is not { Type: "Elsa.Flowchart" } around
            || !around.Connections.Any(x => x.Source == after && x.SourcePort == operation.Port))
        {
            return new NotEdited("connection-gone", $"no connection leaves the step by “{operation.Port}”. Name an outcome that leads somewhere.");
        }
        ActivityDescriptor descriptor = s_catalog.Find(operation.Type)!;
        return (operation.Inputs ?? new Dictionary<string, string>()).Keys.FirstOrDefault(member => descriptor.Inputs.All(x => x.Member != member)) is { } unknown
            ? new NotEdited("input-unknown", $"a step of this kind has no field “{unknown}”. Its fields are {string.Join(", ", descriptor.Inputs.Select(x => x.Member))}.")
            : null;
    }

    private ImmutableDictionary<string, InputText> Said() => s_catalog.Find(operation.Type!)!.Inputs
        .Where(x => operation.Inputs?.ContainsKey(x.Member) == true)
        .ToImmutableDictionary(x => x.Member, x => OverlayText.Said(x, operation.Inputs![x.Member]));

    private EditAnswer Led(WorkflowDefinition definition, string[] onwards)
    {
        ActivityNode step = definition.Root.SelfAndBelow().First(x => x.Id == _id);
        string[] ports = [.. FlowPorts.Of(step, s_catalog.Find(step.Type)) ?? []];
        IReadOnlyDictionary<string, string> leads = operation.Leads ?? new Dictionary<string, string>();
        if (leads.Keys.Except(ports).FirstOrDefault() is { } unknown)
        {
            return new NotEdited("outcome-unknown", $"the added step has no outcome “{unknown}”, only {string.Join(", ", ports)}.");
        }
        if (leads.FirstOrDefault(x => resolve(x.Value) is null) is { Key: not null } lost)
        {
            return new NotEdited("step-gone", $"“{lost.Key}” leads to “{lost.Value}”, and the workflow has no such step.");
        }
        return ports.Aggregate((EditAnswer)new Edited(definition), (answer, port) => Lead(answer, port, leads.TryGetValue(port, out string? to) ? [resolve(to)!] : onwards));
    }

    private EditAnswer Lead(EditAnswer answer, string port, string[] targets)
    {
        string[] now = answer is Edited edited ? [.. edited.Definition.Root.SelfAndBelow().SelectMany(x => x.Connections).Where(x => x.Source == _id && x.SourcePort == port).Select(x => x.Target)] : [];
        IEnumerable<LeadStep> changes = targets.Except(now).Select(to => new LeadStep(_id, port, null, to)).Concat(now.Except(targets).Select(from => new LeadStep(_id, port, from, null)));
        return changes.Aggregate(answer, (done, change) => done is Edited known ? change.In(known.Definition) : done);
    }
}
