using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>Tells ways and findings in words.</summary>
internal sealed class FindingWords(FreeWorkflow workflow)
{
    /// <summary>The way as choices that mean something: a step that could only go on is left out.</summary>
    public ImmutableArray<PathStep> Path(IReadOnlyList<Move> way)
    {
        var path = ImmutableArray.CreateBuilder<PathStep>();
        InstanceState? state = null;
        for (var i = 0; i < way.Count; i++)
        {
            var (move, before) = (way[i], state);
            var result = Explorer.Step(workflow, state, move, i);
            state = result.State;
            ImmutableArray<string> entered = [.. result.Notes.Where(n => n.Event == "Started").Select(n => n.ActivityId)];
            if (move.Kind == MoveKind.Start)
            {
                path.Add(new PathStep(move.Node.Id, move.Node.NodeId, "", move.Node == workflow.Graph.Root ? "it begins" : $"{Name(move.Node)} begins it", entered));
                continue;
            }
            var outcome = OutcomeOf(before!, move);
            path.Add(new PathStep(move.Node.Id, move.Node.NodeId, outcome, $"{Name(move.Node)} {Verb(move)}{(outcome.Length > 0 ? " " + outcome : "")}", entered));
        }
        State = state;
        return path.ToImmutable();
    }

    /// <summary>The state to which the way told last leads.</summary>
    public InstanceState? State { get; private set; }

    /// <summary>"After this and that, " or nothing.</summary>
    public static string After(ImmutableArray<PathStep> path)
    {
        var told = path.Where(p => p.Outcome.Length > 0 || p.Words.EndsWith("begins it", StringComparison.Ordinal)).Select(p => p.Words).ToList();
        return told.Count switch
        {
            0 => "",
            1 => $"After {told[0]}, ",
            <= MostTold => $"After {string.Join(", ", told.SkipLast(1))} and {told[^1]}, ",
            _ => $"After {told.Count - MostTold + 1} choices before, and then {string.Join(", ", told.Skip(told.Count - MostTold + 1).SkipLast(1))} and {told[^1]}, ",
        };
    }

    public string Name(string activityId) => Name(workflow.Graph.ById[activityId]);

    public static string Name(ActivityNode node) => $"“{node.DisplayText}”";

    /// <summary>What happens after the way, in words.</summary>
    public string Then(Sighting sighting)
    {
        var data = sighting.Note?.Data;
        return sighting.Code switch
        {
            "waits-for-ever" => $"{Name(sighting.ActivityId)} waits for ever for {Missing(sighting)}: {Ending(data!.TextOf("end")!)}",
            "left-running" => $"the flow ends at {Name(data!.TextOf("end")!)} while {Name(sighting.ActivityId)} still runs, and is cut off.",
            "flow-runs-dry" when data!.TextOf("join") is { } join => $"{Name(join)} does not run, since not all that it waits for led to it, and the flow stops before an end.",
            "flow-runs-dry" => $"nothing follows {Name(sighting.ActivityId)}: no line leaves it by {data!.TextOf("by")}, and the flow stops before an end.",
            _ => $"{Name(sighting.ActivityId)} stands at an incident: {sighting.Message}",
        };
    }

    private const int MostTold = 12;

    private string Ending(string stepId) => workflow.Graph.ById[stepId].IsTerminal
        ? $"the flow ends at {Name(stepId)} without it."
        : $"after {Name(stepId)} nothing else goes on.";

    private string Missing(Sighting sighting)
    {
        var others = sighting.Note!.Data!.ArrayOf("for").Select(o => Name(o!.GetValue<string>())).ToList();
        return others.Count == 0 ? "what never comes" : string.Join(" and ", others);
    }

    private string OutcomeOf(InstanceState before, Move move)
    {
        var conduct = workflow.ConductOf(move.Node);
        if (move.Kind is MoveKind.Answer or MoveKind.Reply)
        {
            var execution = before.Activities[before.Waits[move.Place].ExecutionId];
            return execution.HasLeft ? "the last of what it left behind" : Text(FreeStep.WaitOf(conduct!, execution).Ends, move.Option);
        }
        return conduct is not null
            ? move.Option < conduct.AtOnce.Length ? Text(conduct.AtOnce, move.Option) : "waiting"
            : move.Node.Type switch
            {
                "Elsa.If" => move.Option == 0 ? "True" : "False",
                "Elsa.While" => move.Option == 0 ? "another round" : "no other round",
                "Elsa.Switch" => CaseText(move),
                _ => $"{move.Option} items",
            };
    }

    private string CaseText(Move move) => workflow.CasesOf(move.Node)[move.Option] is { Length: > 0 } cases ? $"case {string.Join(" and ", cases.Select(c => c + 1))}" : "no case";

    // A step with one way out has no choice to tell of.
    private static string Text(ImmutableArray<StepEnd> ends, int option) => ends.Length == 1 && ends[0].Outcomes is [Connection.DefaultPort] ? "" : string.Join(" and ", ends[option].Outcomes);

    private string Verb(Move move) => move.Kind switch
    {
        MoveKind.Choose when workflow.ConductOf(move.Node) is not null => "decides",
        MoveKind.Choose => "has",
        MoveKind.Reply => "replies",
        _ => workflow.ConductOf(move.Node)!.Waits[0].Kind == WaitKind.Task ? "answers" : "goes by",
    };
}
