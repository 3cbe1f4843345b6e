namespace Assize.Engine.Tests.Soundness;

/// <summary>All traces of a graph, one by one: for each the places where it may have led.</summary>
internal sealed class BruteTraces(List<(int From, int To, string[] Seen)> edges, int longest)
{
    private const int MostTraces = 2_000;
    private readonly ILookup<int, (int To, string[] Seen)> _next = edges.ToLookup(e => e.From, e => (e.To, e.Seen));
    private readonly Dictionary<string, HashSet<(int Place, int Length)>> _traces = [];

    public HashSet<string>? Gather()
    {
        var open = new Stack<(string Trace, int Place, int Length)>();
        Add("", -1, 0);
        while (open.TryPop(out var at))
        {
            foreach (var (to, seen) in _next[at.Place])
            {
                var trace = at.Trace;
                foreach (var (word, i) in seen.Select((word, i) => (word, i)))
                {
                    trace += word + " ";
                    if (at.Length + i + 1 <= longest)
                    {
                        _traces.TryAdd(trace, []);
                    }
                }
                if (at.Length + seen.Length <= longest)
                {
                    Add(trace, to, at.Length + seen.Length);
                }
            }
            if (_traces.Count > MostTraces)
            {
                return null;
            }
        }
        return [.. _traces.Keys];

        void Add(string trace, int place, int length)
        {
            if (!_traces.TryGetValue(trace, out var places))
            {
                _traces.Add(trace, places = []);
            }
            if (places.Add((place, length)))
            {
                open.Push((trace, place, length));
            }
        }
    }
}
