using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>Says of a definition whether it can always come to a proper end, by exploring the engine's own steps over every choice.</summary>
/// <param name="table">The activities that may run; each tells its conduct.</param>
/// <param name="find">A workflow used as an activity or started as a child; a null version means the one that a new case would take.</param>
public sealed class SoundnessCheck(ActivityTable table, Func<string, int?, WorkflowDefinition?> find, SoundnessBounds? bounds = null)
{
    private readonly SoundnessBounds _bounds = bounds ?? SoundnessBounds.Usual;

    public SoundnessVerdict Of(WorkflowDefinition definition)
    {
        var workflow = new FreeWorkflow(definition, table, find);
        if (workflow.Unprovable is { } reason)
        {
            return new(SoundnessKind.Unknown, [], $"Nothing can be proved of this workflow: {reason}.", new(0, 0));
        }
        var explorer = new Explorer(workflow, _bounds, new Reduction(workflow));
        explorer.Run();
        var findings = Findings(workflow, explorer).ToImmutableArray();
        return findings.Length > 0 ? new(SoundnessKind.Unsound, findings, null, explorer.Effort)
            : explorer.Unfinished is { } why ? new(SoundnessKind.Unknown, [], $"Nothing can be proved of this workflow: {why}.", explorer.Effort)
            : new(SoundnessKind.Sound, [], null, explorer.Effort);
    }

    private static IEnumerable<SoundnessFinding> Findings(FreeWorkflow workflow, Explorer explorer)
    {
        var words = new FindingWords(workflow);
        foreach (var sighting in explorer.Sightings)
        {
            var path = words.Path([.. sighting.From < 0 ? [] : explorer.Space.WayTo(sighting.From), sighting.Move]);
            yield return new(sighting.Code, sighting.ActivityId, Sentence(FindingWords.After(path), words.Then(sighting)), path);
        }
        if (explorer.Space.Round() is var (state, moves))
        {
            var path = words.Path(explorer.Space.WayTo(state));
            var round = moves.Select(m => FindingWords.Name(m.Node)).Distinct().ToList();
            yield return new("loop-without-wait", moves[0].Node.Id, Sentence(FindingWords.After(path), $"{string.Join(", ", round)} can go round without end, and without waiting for anything."), path);
        }
        if (explorer.Unfinished is not null || explorer.Sightings.Count > 0)
        {
            yield break;
        }
        if (explorer.Space.Stuck() is { } stuck)
        {
            var path = words.Path(explorer.Space.WayTo(stuck));
            yield return new("no-end", path[^1].ActivityId, Sentence(FindingWords.After(path), "no end can be reached any more."), path);
        }
        foreach (var dead in Dead(workflow.Graph.Root, explorer.Entered))
        {
            yield return new("never-runs", dead.Id, $"{FindingWords.Name(dead)} can never run: nothing leads to it.", []);
        }
    }

    // Of a container that never runs, what is in it is not told as well.
    private static IEnumerable<ActivityNode> Dead(ActivityNode node, HashSet<string> entered) =>
        node.Below.SelectMany(b => entered.Contains(b.NodeId) ? Dead(b, entered) : [b]);

    private static string Sentence(string after, string then)
    {
        var text = after + then;
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
