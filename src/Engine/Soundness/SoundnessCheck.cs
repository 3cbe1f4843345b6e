using System.Collections.Immutable;
using System.Globalization;
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
        var family = new Family(definition, table, find, _bounds);
        if (family.IsTooLarge)
        {
            return Unknown(string.Create(CultureInfo.InvariantCulture, $"more than {Family.Most} workflows wait for each other"), new(0, 0));
        }
        var explorer = family.Explore(definition);
        var children = family.Children.Select(c => (Definition: c, Explorer: family.Explore(c))).ToList();
        ImmutableArray<SoundnessFinding> findings =
        [
            .. new Findings(explorer).All(),
            .. Circle([(definition, explorer), .. children]),
            .. children.SelectMany(c => new Findings(c.Explorer).All().Take(1).Select(f => f with
            {
                Code = "child-unsound", ActivityId = null, Path = [], Message = $"The workflow “{c.Definition.Name ?? c.Definition.DefinitionId}”, which is waited for, is unsound. {f.Message}",
            })),
        ];
        var effort = new SoundnessEffort(explorer.Space.Count + children.Sum(c => c.Explorer.Space.Count), explorer.Effort.Steps + children.Sum(c => c.Explorer.Effort.Steps));
        var open = children.Select(c => c.Explorer).Prepend(explorer).Select(e => e.Unfinished).OfType<string>().FirstOrDefault();
        return findings.Length > 0 ? new(SoundnessKind.Unsound, findings, null, effort) : open is not null ? Unknown(open, effort) : new(SoundnessKind.Sound, [], null, effort);
    }

    private static SoundnessVerdict Unknown(string why, SoundnessEffort effort) => new(SoundnessKind.Unknown, [], $"Nothing can be proved of this workflow: {why}.", effort);

    /// <summary>Workflows that may start each other in a circle, before any of them waited for anything else.</summary>
    private static IEnumerable<SoundnessFinding> Circle(IReadOnlyList<(WorkflowDefinition Definition, Explorer Explorer)> members)
    {
        var starts = members.ToDictionary(m => m.Definition.DefinitionId, m => m.Explorer.StartsAtOnce, StringComparer.Ordinal);
        var path = new List<string>();
        var harmless = new HashSet<string>(StringComparer.Ordinal);
        if (GoesRound(members[0].Definition.DefinitionId))
        {
            yield return new("recursion-without-wait", null, $"{string.Join(", which starts ", path.Select(p => $"“{p}”"))} again, without end and without waiting for anything else.", []);
        }

        bool GoesRound(string id)
        {
            var met = path.Contains(id);
            if (harmless.Contains(id))
            {
                return false;
            }
            path.Add(id);
            if (met)
            {
                return true;
            }
            if (starts.GetValueOrDefault(id)?.Order(StringComparer.Ordinal).Any(GoesRound) == true)
            {
                return true;
            }
            path.RemoveAt(path.Count - 1);
            harmless.Add(id);
            return false;
        }
    }
}
