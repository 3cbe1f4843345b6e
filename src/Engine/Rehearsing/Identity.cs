using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Engine.Instances;

namespace Assize.Engine.Rehearsing;

/// <summary>Gives what stays the ids and instants that it has, and what is new ids of its own.</summary>
internal sealed partial class Identity(RecordedRun recorded, Rerun rerun, string instanceId, long sequence)
{
    private readonly Dictionary<string, string> _ids = [];
    private int _made;

    public (InstanceState State, Trace Trace) Apply()
    {
        var executions = Back(recorded.Trace.Executions);
        var waits = Back(recorded.Trace.Waits);
        foreach (var (id, place) in rerun.Trace.Executions)
        {
            _ids[id] = executions.GetValueOrDefault(place) ?? Fresh();
        }
        foreach (var (id, place) in rerun.Trace.Waits)
        {
            _ids[id] = waits.GetValueOrDefault(place) ?? Fresh();
        }
        foreach (var (place, id) in rerun.Trace.Children)
        {
            _ids[id] = recorded.Trace.Children.GetValueOrDefault(place) ?? Fresh();
        }
        foreach (var incident in rerun.State.Incidents)
        {
            var place = rerun.Trace.Executions[incident.ExecutionId];
            _ids[incident.Id] = recorded.State.Incidents.FirstOrDefault(i => recorded.Trace.Executions[i.ExecutionId] == place)?.Id ?? Fresh();
        }
        return (Settle(InstanceJson.FromJson(Renamed(InstanceJson.ToJson(rerun.State)).AsObject())), Renamed(rerun.Trace));
    }

    private InstanceState Settle(InstanceState state)
    {
        var old = recorded.State.Waits.ToDictionary(w => w.Id);
        return state with
        {
            Sequence = recorded.State.Sequence + 1,
            // It has not gone on, so that its last step is when it was.
            UpdatedAt = recorded.State.UpdatedAt,
            CreatedAt = recorded.State.CreatedAt,
            Waits = [.. state.Waits.Select(w => old.TryGetValue(w.Id, out var known) ? w with { CreatedAt = known.CreatedAt, Due = known.Due, ChildId = known.ChildId } : w)],
        };
    }

    // What has ended stays in it: results name tasks that were done.
    private Trace Renamed(Trace trace) => trace with
    {
        Executions = trace.Executions.ToImmutableSortedDictionary(e => _ids[e.Key], e => e.Value, StringComparer.Ordinal),
        Waits = trace.Waits.ToImmutableSortedDictionary(w => _ids[w.Key], w => w.Value, StringComparer.Ordinal),
        // What was done is done, though this version never asked for it.
        Asked = trace.Asked.SetItems(recorded.Trace.Asked.Where(a => a.Value > trace.Asked.GetValueOrDefault(a.Key))),
        Children = recorded.Trace.Children.SetItems(trace.Children.Select(c => KeyValuePair.Create(c.Key, _ids[c.Value]))),
    };

    private JsonNode Renamed(JsonNode node) => JsonNode.Parse(Id().Replace(node.ToJsonString(), m => _ids.GetValueOrDefault(m.Value, m.Value)))!;

    // Ids that the rerun made may be those of other steps in the recorded run, whose numbers they share.
    private string Fresh() => IdSource.Derive(Of(sequence), instanceId, _made++);

    /// <summary>What ids derive from that a migration makes.</summary>
    /// <param name="sequence">Of the last stimulus before it.</param>
    internal static string Of(long sequence) => string.Create(CultureInfo.InvariantCulture, $"migrated@{sequence}");

    private static Dictionary<T, string> Back<T>(ImmutableSortedDictionary<string, T> places) where T : notnull
    {
        var back = new Dictionary<T, string>();
        foreach (var (id, place) in places)
        {
            back.TryAdd(place, id);
        }
        return back;
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")]
    private static partial Regex Id();
}
