using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>What a script of one step names must be there when it runs, looked up as it is then.</summary>
/// <param name="container">What the step stands in; null for the root.</param>
internal sealed class MentionRules(ActivityNode node, ActivityDescriptor? descriptor, ActivityNode? container, NamesInReach names)
{
    public IEnumerable<DefinitionProblem> Check(ImmutableArray<ScriptMention> mentions) => mentions.Select(m => m.Kind switch
    {
        MentionKind.Variable => HasVariable(m.Name, mentions) ? null : NoVariable(m),
        MentionKind.VariableSet => names.HasVariable(m.Name) ? null : NoVariable(m),
        MentionKind.Function => ActivityRules.IsScript(node) && IsOutcome(m) ? null : Function(m),
        _ => Outcome(m),
    }).OfType<DefinitionProblem>().Distinct();

    // What a script sets by id it may then also read by id.
    private bool HasVariable(string name, ImmutableArray<ScriptMention> mentions) =>
        names.Variables.Any(v => v.Name == name) || (names.HasVariable(name) && mentions.Any(m => m.Kind == MentionKind.VariableSet && m.Name == name));

    private DefinitionProblem NoVariable(ScriptMention said) => Problem(
        "variable-unknown",
        $"Expected a script of {node.DisplayText} to name a variable in reach, but \"{said.Name}\" is none: {NearNames.Hint(said.Name, names.Variables.Select(v => v.Name))}.");

    private DefinitionProblem? Function(ScriptMention said)
    {
        var (verb, rest) = (said.Name[..3], said.Name[3..]);
        if (names.Variables.Any(v => IsFor(v.Name, rest)) || (verb == "get" && (names.Definition.Inputs.Any(i => IsFor(i.Name, rest)) || IsPayload(rest))))
        {
            return null;
        }
        if (IsOutcome(said))
        {
            return Problem("outcome-elsewhere", $"Expected outcomes to be set by a step that runs a script, but an expression of {node.DisplayText} calls \"{said.Name}\", which is not there.");
        }
        var stands = verb == "get" ? "stands for no variable in reach and no input" : "sets no variable in reach";
        var hint = NearNames.Hint(said.Name, names.Variables.Where(v => v.Name.Length > 0).Select(v => verb + Pascal(v.Name)));
        return Problem("function-unknown", $"Expected a script of {node.DisplayText} to call what is there, but \"{said.Name}\" {stands}: {hint}.");
    }

    private DefinitionProblem? Outcome(ScriptMention said)
    {
        // Where nothing leads on, any outcome is the end of the branch; outside a flowchart none is looked at.
        if (!ActivityRules.IsScript(node) || container?.Type != "Elsa.Flowchart" || FlowPorts.Of(node, descriptor) is not { } ports || ports.Contains(said.Name))
        {
            return null;
        }
        var ways = container.Connections.Where(c => c.Source == node.Id).ToList();
        return ways.Count == 0 || ways.Exists(c => c.SourcePort == said.Name)
            ? null
            : Problem("outcome-undeclared", $"Expected the script of {node.DisplayText} to set one of its outcomes ({string.Join(", ", ports)}), but \"{said.Name}\" leads nowhere.");
    }

    private static bool IsOutcome(ScriptMention said) => said.Name is "setOutcome" or "setOutcomes";

    private static bool IsFor(string name, string rest) => name.Length > 0 && (name == rest || Pascal(name) == rest);

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    // The one input that nobody declares: an event that begins a workflow hands over what it carries.
    private bool IsPayload(string name) => name == "Payload" && names.Definition.Root.SelfAndBelow().Any(n => n.CanStartWorkflow);

    private DefinitionProblem Problem(string code, string message) => new(code, message, node.Id, node.Pointer);
}
