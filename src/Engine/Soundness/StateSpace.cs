using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Assize.Engine.Soundness;

/// <summary>The states that were met, by number, with how each was met first and where each leads.</summary>
internal sealed class StateSpace
{
    // By digest: texts of tens of thousands of states would take more memory than all else.
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly List<(int From, Move Move)> _first = [];
    private readonly List<(int From, int To, Move Move)> _edges = [];

    public int Count => _first.Count;

    /// <summary>States from which nothing needs to follow: the instance has ended, or stands at a finding.</summary>
    public HashSet<int> Ends { get; } = [];

    /// <summary>True where the instance can come to its end.</summary>
    public bool HasEnded { get; private set; }

    public void End(int number)
    {
        HasEnded = true;
        Ends.Add(number);
    }

    /// <summary>The number of the state, and whether it is new.</summary>
    public (int Number, bool IsNew) Add(string key, int from, Move move)
    {
        var digest = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(key.AsSpan())));
        if (!_numbers.TryGetValue(digest, out var number))
        {
            number = _first.Count;
            _numbers.Add(digest, number);
            _first.Add((from, move));
            _edges.Add((from, number, move));
            return (number, true);
        }
        _edges.Add((from, number, move));
        return (number, false);
    }

    /// <summary>The moves by which the state was met first; breadth first, so no way is shorter.</summary>
    public List<Move> WayTo(int state)
    {
        var way = new List<Move>();
        for (var at = state; at >= 0; at = _first[at].From)
        {
            way.Add(_first[at].Move);
        }
        way.Reverse();
        return way;
    }

    /// <summary>The first state from which no end can be reached; null where there is none.</summary>
    public int? Stuck()
    {
        var before = _edges.Where(e => e.From >= 0).ToLookup(e => e.To, e => e.From);
        var reaching = new HashSet<int>(Ends);
        var open = new Stack<int>(Ends);
        while (open.TryPop(out var state))
        {
            foreach (var from in before[state])
            {
                if (reaching.Add(from))
                {
                    open.Push(from);
                }
            }
        }
        var stuck = Enumerable.Range(0, Count).FirstOrDefault(s => !reaching.Contains(s), -1);
        return stuck < 0 ? null : stuck;
    }

    /// <summary>A round of moves of which none waits for anything, and the state that it leads back to; null where there is none.</summary>
    public (int State, List<Move> Moves)? Round()
    {
        var atOnce = _edges.Where(e => e.Move.IsAtOnce).ToList();
        var next = atOnce.ToLookup(e => e.From, e => (e.To, e.Move));
        var left = Unending(next, atOnce.ToLookup(e => e.To, e => e.From));
        if (left.Count == 0)
        {
            return null;
        }
        // Whoever is left leads to another who is left: a walk comes back to where it was.
        var walk = new List<(int From, Move Move)>();
        var at = left.Min();
        while (walk.FindIndex(w => w.From == at) is var met && met < 0)
        {
            var (to, move) = next[at].First(n => left.Contains(n.To));
            walk.Add((at, move));
            at = to;
        }
        return (at, [.. walk.SkipWhile(w => w.From != at).Select(w => w.Move)]);
    }

    /// <summary>The states from which moves at once can go on without end.</summary>
    private HashSet<int> Unending(ILookup<int, (int To, Move Move)> next, ILookup<int, int> before)
    {
        var ahead = Enumerable.Range(0, Count).ToDictionary(s => s, s => next[s].Count());
        var over = new Stack<int>(ahead.Where(s => s.Value == 0).Select(s => s.Key));
        while (over.TryPop(out var state))
        {
            ahead.Remove(state);
            foreach (var from in before[state].Where(ahead.ContainsKey))
            {
                if (--ahead[from] == 0)
                {
                    over.Push(from);
                }
            }
        }
        return [.. ahead.Keys];
    }
}
