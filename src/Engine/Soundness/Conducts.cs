using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Assize.Engine.Stepping.Activities;

namespace Assize.Engine.Soundness;

/// <summary>Takes the data out of a definition, and keeps how each of its steps may go without them.</summary>
internal sealed class Conducts(ActivityTable table)
{
    // The flow's own steps run as they are. What they read of the definition is kept as plain values.
    private static readonly ImmutableHashSet<string> Flow =
        ["Elsa.Flowchart", "Elsa.Sequence", "Elsa.Start", "Elsa.End", "Elsa.FlowNode", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.Break", "Elsa.Finish", "Elsa.Complete", "Elsa.Fault"];

    private static readonly ImmutableArray<string> ReadByTheFlow = ["mode", "branches", "outcomes"];

    // By the activity's JSON: a workflow that is used twice has two nodes of it, and one conduct.
    private readonly Dictionary<JsonObject, StepConduct> _conducts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<JsonObject, IReadOnlyList<int[]>> _cases = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _computed = [];
    private readonly List<(string Event, string ActivityId)> _raising = [];

    /// <summary>Why nothing can be proved: what the flow itself computes, and steps whose conduct is not known.</summary>
    public IReadOnlyList<string> Unprovable => _computed;

    public static bool IsFlow(string type) => Flow.Contains(type);

    /// <summary>The steps that raise events, by event.</summary>
    public ILookup<string, string> Raising => _raising.ToLookup(r => r.Event, r => r.ActivityId, StringComparer.Ordinal);

    public StepConduct Of(ActivityNode node) => _conducts[node.Json];

    public StepConduct? Find(ActivityNode node) => _conducts.GetValueOrDefault(node.Json);

    public IReadOnlyList<int[]> CasesOf(ActivityNode node) => _cases[node.Json];

    /// <summary>The definition without data. One that goes on after incidents is taken to halt: an incident is a finding by itself.</summary>
    /// <param name="isUsed">Whether it is used as an activity: then the outcomes by which it ends are ports.</param>
    public WorkflowDefinition Bare(WorkflowDefinition definition, bool isUsed) => definition with
    {
        Root = Bare(definition.Root, isUsed),
        Variables = [],
        Inputs = [],
        Json = new JsonObject { ["options"] = new JsonObject { ["flowchartExecutionMode"] = definition.IsTokenBased ? "TokenBased" : null } },
    };

    private ActivityNode Bare(ActivityNode node, bool isUsed)
    {
        Note(node);
        return node with
        {
            Inputs = IsFlow(node.Type) ? Kept(node, isUsed) : node.Inputs.Clear(),
            OutputBindings = node.OutputBindings.Clear(),
            Variables = [],
            Children = [.. node.Children.Select(c => Bare(c, isUsed))],
            Ports = node.Ports.ToImmutableSortedDictionary(p => p.Key, p => Bare(p.Value, isUsed), StringComparer.Ordinal),
        };
    }

    private void Note(ActivityNode node)
    {
        if (IsFlow(node.Type) || FreeContainer.Knows(node.Type) || Compiler.WorkflowUsedBy(node, table.Catalog) is not null)
        {
            return;
        }
        if (node.Type == "Elsa.Switch" && SwitchCases.Choices(node) is { } cases)
        {
            _cases[node.Json] = cases;
        }
        else if (table.Find(node.Type)?.ConductOf(node) is { } conduct && conduct.AtOnce.Length + conduct.Waits.Length > 0)
        {
            _conducts[node.Json] = conduct;
            if (conduct.Raises is { } raised)
            {
                _raising.Add((raised, node.Id));
            }
        }
        else
        {
            _computed.Add($"how “{node.DisplayText}” leaves is computed, or not known here");
        }
    }

    private ImmutableSortedDictionary<string, InputValue> Kept(ActivityNode node, bool isUsed) => node.Inputs
        .Where(i => ReadByTheFlow.Contains(i.Key))
        .ToImmutableSortedDictionary(i => i.Key, i => Plain(node, i.Value, isUsed), StringComparer.Ordinal);

    private InputValue Plain(ActivityNode node, InputValue input, bool isUsed)
    {
        if (!input.IsWrapped)
        {
            return input;
        }
        // The outcomes by which a whole workflow ends matter only to one that uses it as an activity.
        if (input.Expression is { Type: not ("Literal" or "Object") } && (isUsed || node.Type != "Elsa.Complete"))
        {
            _computed.Add($"the {input.Member} of “{node.DisplayText}” is computed");
        }
        return new InputValue(input.Member, null, false, null, input.Expression?.Value?.DeepClone());
    }
}
