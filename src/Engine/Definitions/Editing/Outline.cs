using System.Collections.Immutable;
using System.Globalization;

namespace Assize.Engine.Definitions.Editing;

/// <summary>A definition in reading order: from each start along the connections, what lies within a step below it.</summary>
public sealed class Outline
{
    private readonly ActivityCatalog _catalog;
    private readonly ExecutionGraph _graph;
    private readonly Dictionary<string, OutlineStep> _byId = [];

    private Outline(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        _catalog = catalog;
        _graph = Compiler.Compile(definition, catalog);
        Whole = IsContainer(definition.Root) ? Group(definition.Root, "", "", "") : new OutlineGroup("", "", null, [Step(definition.Root, null, "1", true)]);
    }

    /// <summary>The steps of the workflow itself.</summary>
    public OutlineGroup Whole { get; }

    /// <summary>All steps, those within others after them.</summary>
    public IEnumerable<OutlineStep> Steps => Below(Whole);

    public static Outline Of(WorkflowDefinition definition, ActivityCatalog catalog) => new(definition, catalog);

    /// <summary>Null where there is no such step; containers that stand in a port are their port's group.</summary>
    public OutlineStep? Find(string id) => _byId.GetValueOrDefault(id);

    private static IEnumerable<OutlineStep> Below(OutlineGroup group) => group.Steps.SelectMany(step => step.Groups.SelectMany(Below).Prepend(step));

    private static bool IsContainer(ActivityNode node) => node.Type is "Elsa.Flowchart" or "Elsa.Sequence";

    private OutlineGroup Group(ActivityNode holder, string port, string label, string prefix)
    {
        var ordered = ReadingOrder.Of(holder, _graph);
        return new OutlineGroup(port, label, holder, [.. ordered.Select((entry, index) =>
            Step(entry.Node, holder, string.Create(CultureInfo.InvariantCulture, $"{prefix}{index + 1}"), entry.IsReached))]);
    }

    private OutlineStep Step(ActivityNode node, ActivityNode? holder, string number, bool isReached)
    {
        var step = new OutlineStep(node, holder, number, isReached)
        {
            Descriptor = _catalog.Find(node.Type),
            Ports = holder?.Type == "Elsa.Flowchart" ? [.. Ports(node, holder)] : [],
            From = holder is null ? [] : [.. holder.Connections.Where(arrow => arrow.Target == node.Id)],
            Groups = [.. Groups(node, number)],
        };
        _byId[node.Id] = step;
        return step;
    }

    private IEnumerable<OutlinePort> Ports(ActivityNode node, ActivityNode holder)
    {
        var known = FlowPorts.Of(node, _catalog.Find(node.Type));
        var used = holder.Connections.Where(arrow => arrow.Source == node.Id).ToList();
        return (known ?? []).Concat(used.Select(arrow => arrow.SourcePort)).Distinct()
            .Select(port => new OutlinePort(port, known?.Contains(port) ?? true, [.. used.Where(arrow => arrow.SourcePort == port)]));
    }

    private IEnumerable<OutlineGroup> Groups(ActivityNode node, string number)
    {
        if (IsContainer(node))
        {
            yield return Group(node, "", "", $"{number}.");
        }
        var declared = (_catalog.Find(node.Type)?.Ports ?? []).Where(port => port.Type == PortType.Embedded)
            .Select(port => (Name: char.ToLowerInvariant(port.Name[0]) + port.Name[1..], port.DisplayName));
        var cases = (_catalog.Find(node.Type)?.Inputs ?? []).Where(input => input.UIHint == "switch-editor")
            .SelectMany(input => InputCase.Of(node, input).Select((item, index) => (Name: string.Create(CultureInfo.InvariantCulture, $"{input.Member}/{index}"), DisplayName: item.Label)));
        var places = cases.Concat(declared).ToList();
        places.AddRange(node.Ports.Keys.Where(port => places.All(place => place.Name != port)).Select(port => (port, port)));
        for (var i = 0; i < places.Count; i++)
        {
            yield return Branch(node, places[i].Name, places[i].DisplayName, $"{number}{(char)('a' + (i % 26))}.");
        }
    }

    private OutlineGroup Branch(ActivityNode node, string port, string label, string prefix) => node.Ports.GetValueOrDefault(port) switch
    {
        null => new OutlineGroup(port, label, null, []),
        { } holder when IsContainer(holder) => Group(holder, port, label, prefix),
        { } single => new OutlineGroup(port, label, null, [Step(single, null, $"{prefix}1", true)]),
    };
}

/// <summary>Steps that stand together: of the workflow, of a container, or of a branch of a step.</summary>
/// <param name="Port">The branch's port; empty within a container.</param>
/// <param name="Label">What people call the branch; empty within a container.</param>
/// <param name="Holder">The flowchart or sequence that lists them; null where there is none yet.</param>
public sealed record OutlineGroup(string Port, string Label, ActivityNode? Holder, ImmutableArray<OutlineStep> Steps);

/// <summary>A step with what leads to it and where it leads.</summary>
/// <param name="Holder">The container that lists it; null where it stands alone in a port.</param>
/// <param name="Number">Such as "3" or "3a.1".</param>
/// <param name="IsReached">False where no way leads to it from the start.</param>
public sealed record OutlineStep(ActivityNode Node, ActivityNode? Holder, string Number, bool IsReached)
{
    /// <summary>Null where the type is not known here.</summary>
    public ActivityDescriptor? Descriptor { get; init; }

    /// <summary>Its outcomes; empty in a sequence, where the next one follows.</summary>
    public ImmutableArray<OutlinePort> Ports { get; init; } = [];

    /// <summary>The connections that enter it.</summary>
    public ImmutableArray<Connection> From { get; init; } = [];
    public ImmutableArray<OutlineGroup> Groups { get; init; } = [];
}

/// <summary>An outcome and where it leads.</summary>
/// <param name="IsKnown">False where a connection leaves by an outcome that the step has not.</param>
public sealed record OutlinePort(string Name, bool IsKnown, ImmutableArray<Connection> Leads);
