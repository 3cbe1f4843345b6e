using Assize.Engine.Definitions;

namespace Assize.Engine.Soundness;

/// <summary>What exploring one workflow showed to be wrong.</summary>
internal sealed class Findings(Explorer explorer)
{
    private readonly FindingWords _words = new(explorer.Workflow);

    public IEnumerable<SoundnessFinding> All()
    {
        if (explorer.Workflow.Unprovable is not null)
        {
            yield break;
        }
        foreach (var sighting in explorer.Sightings)
        {
            var path = _words.Path([.. sighting.From < 0 ? [] : explorer.Space.WayTo(sighting.From), sighting.Move]);
            yield return new(sighting.Code, sighting.ActivityId, Sentence(FindingWords.After(path), _words.Then(sighting)), path);
        }
        if (explorer.Space.Round() is var (state, moves))
        {
            var path = _words.Path(explorer.Space.WayTo(state));
            var round = moves.Select(m => FindingWords.Name(m.Node)).Distinct().ToList();
            yield return new("loop-without-wait", moves[0].Node.Id, Sentence(FindingWords.After(path), $"{string.Join(", ", round)} can go round without end, and without waiting for anything."), path);
        }
        // What has no end, and what never runs, is known only where all was looked at, and nothing else broke off a way.
        if (explorer.Unfinished is not null || explorer.Sightings.Count > 0)
        {
            yield break;
        }
        if (explorer.Space.Stuck() is { } stuck)
        {
            yield return Endless(stuck);
            yield break;
        }
        foreach (var dead in Dead(explorer.Workflow.Graph.Root))
        {
            yield return new("never-runs", dead.Id, $"{FindingWords.Name(dead)} can never run: nothing leads to it.", []);
        }
    }

    private SoundnessFinding Endless(int stuck)
    {
        var path = _words.Path(explorer.Space.WayTo(stuck));
        var never = explorer.Workflow.NeverAnswered(_words.State!).ToList();
        var then = never.Count == 0
            ? "no end can be reached any more."
            : string.Join("; ", never.Select(n => $"{FindingWords.Name(n.Step)} waits for ever for the workflow “{n.Workflow}”, which cannot end")) + ".";
        return new("no-end", never.Count == 0 ? path[^1].ActivityId : never[0].Step.Id, Sentence(FindingWords.After(path), then), path);
    }

    // Of a container that never runs, what is in it is not told as well.
    private IEnumerable<ActivityNode> Dead(ActivityNode node) => node.Below.SelectMany(b => explorer.Entered.Contains(b.NodeId) ? Dead(b) : [b]);

    private static string Sentence(string after, string then)
    {
        var text = after + then;
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
