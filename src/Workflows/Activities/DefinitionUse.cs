using System.Collections.Immutable;
using Assize.Engine.Definitions;

namespace Assize.Workflows.Activities;

/// <summary>Which forms, tables and calendars a version of a workflow refers to: an instance pins a version of each when it starts.</summary>
internal sealed record DefinitionUse(string Id, int Version, ImmutableArray<(string Kind, string Id)> Resources)
{
    /// <param name="used">The workflows that it uses as activities: their steps are steps of the instance.</param>
    public static DefinitionUse Of(WorkflowDefinition definition, IEnumerable<WorkflowDefinition> used) => new(
        definition.DefinitionId, definition.Version, [.. used.Prepend(definition).SelectMany(x => Nodes(x.Root)).SelectMany(Named).Distinct().Order()]);

    /// <summary>Every activity below and including this one.</summary>
    public static IEnumerable<ActivityNode> Nodes(ActivityNode node) =>
        [node, .. node.Children.SelectMany(Nodes), .. node.Ports.Values.SelectMany(Nodes)];

    /// <summary>The text of an input that is a literal; null where it is absent or computed.</summary>
    public static string? Literal(ActivityNode node, string member) =>
        node.Inputs.TryGetValue(member, out InputValue? input) && input.Expression is { Type: "Literal", Value: { } value } ? value.ToString() : null;

    /// <summary>True where the input is absent or empty text, false where it is a text; null where it is computed.</summary>
    public static bool? MayBeEmpty(ActivityNode node, string member) => node.Inputs.GetValueOrDefault(member) switch
    {
        null or { IsWrapped: true, Expression: null } => true,
        { Expression: { Type: "Literal" } literal } => literal.Value is null || literal.Value.ToString().Length == 0,
        _ => null,
    };

    /// <summary>The outcomes that the step lists; null where they are computed.</summary>
    public static IEnumerable<string>? Ports(ActivityNode node, ActivityDescriptor descriptor) => FlowPorts.Of(node, descriptor) is { } ports ? ports : null;

    /// <summary>The forms, tables and calendars that a step names, or means where it names none.</summary>
    public static IEnumerable<(string Kind, string Id)> Named(ActivityNode node)
    {
        if (!node.Type.StartsWith("Assize.", StringComparison.Ordinal))
        {
            yield break;
        }
        yield return ("calendar", Literal(node, "calendar") is { Length: > 0 } calendar ? calendar : CaseStep.DefaultCalendar);
        foreach (string kind in (string[])["form", "table"])
        {
            if (Literal(node, kind) is { Length: > 0 } id)
            {
                yield return (kind, id);
            }
        }
    }
}
