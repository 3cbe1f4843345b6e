namespace Assize.Engine.Soundness;

/// <summary>Whether all that one workflow can be seen to do, another can be seen to do as well: for each place of the one it is followed in which places the other may be.</summary>
internal sealed class TraceInclusion(TraceSpace one, TraceSpace other)
{
    /// <summary>More pairs than this are not looked at.</summary>
    public const int MostPairs = 200_000;

    private readonly Dictionary<string, int> _sets = [];
    private readonly List<int[]> _places = [];
    private readonly Dictionary<(int Set, string Seen), int?> _next = [];
    private readonly Dictionary<(int Place, int Set), ((int Place, int Set) From, Move? Move)> _first = [];

    /// <summary>True where there were too many pairs to look at.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The moves after which the one is seen to do what the other cannot, and what that is; null where there are none.</summary>
    public (List<Move> Way, string Seen)? Counter()
    {
        var begin = (Place: 0, Set: SetOf([0]));
        var open = new Queue<(int Place, int Set)>([begin]);
        _first.Add(begin, (begin, null));
        while (open.TryDequeue(out var at))
        {
            foreach (var line in one.From(at.Place))
            {
                if ((line.Seen is null ? at.Set : Next(at.Set, line.Seen)) is not { } set)
                {
                    return ([.. WayTo(at), .. line.Move is { } last ? [last] : (Move[])[]], line.Seen!);
                }
                if (_first.TryAdd((line.To, set), (at, line.Move)))
                {
                    open.Enqueue((line.To, set));
                }
            }
            if (_first.Count > MostPairs)
            {
                IsTooLarge = true;
                return null;
            }
        }
        return null;
    }

    private Stack<Move> WayTo((int Place, int Set) at)
    {
        var way = new Stack<Move>();
        for (var here = at; ; here = _first[here].From)
        {
            if (_first[here].Move is { } move)
            {
                way.Push(move);
            }
            if (_first[here].From == here)
            {
                return way;
            }
        }
    }

    private int? Next(int set, string seen)
    {
        if (!_next.TryGetValue((set, seen), out var next))
        {
            int[] reached = [.. _places[set].SelectMany(other.From).Where(l => l.Seen == seen).Select(l => l.To).Distinct()];
            _next[(set, seen)] = next = reached.Length == 0 ? null : SetOf(reached);
        }
        return next;
    }

    /// <summary>The number of the places that are reached from these without anything being seen.</summary>
    private int SetOf(int[] from)
    {
        var reached = new SortedSet<int>(from);
        var open = new Stack<int>(from);
        while (open.TryPop(out var place))
        {
            foreach (var line in other.From(place))
            {
                if (line.Seen is null && reached.Add(line.To))
                {
                    open.Push(line.To);
                }
            }
        }
        var key = string.Join(',', reached);
        if (!_sets.TryGetValue(key, out var number))
        {
            _sets.Add(key, number = _places.Count);
            _places.Add([.. reached]);
        }
        return number;
    }
}
