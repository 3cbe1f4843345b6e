using System.Globalization;
using Assize.Engine.Instances;

namespace Assize.Engine.Rehearsing;

/// <summary>The ids of one instance by where they come from, which is the same in every instance that was told the same.</summary>
internal sealed class KnownIds(string instanceId)
{
    // One step makes fewer ids than this; one that is not found is told apart by its order.
    private const int MadeByOneStep = 400;

    // What ids derive from, and how many of each were looked at.
    private readonly List<(string Seed, int Made)> _seeds = [];
    private readonly Dictionary<string, string> _made = [];
    private readonly Dictionary<string, string> _places = [];
    private int _steps;

    public int Count => _steps;

    public void Add(string requestId, bool isMigration)
    {
        if (isMigration)
        {
            _seeds.Add((Identity.Of(_steps), 0));
        }
        _steps++;
        _seeds.Add((requestId, 0));
    }

    /// <param name="isOwn">True for the id of a wait, an incident or an execution: those were made by an earlier step.</param>
    public string PlaceOf(string id, bool isOwn)
    {
        if (!_places.TryGetValue(id, out var place))
        {
            _places[id] = place = (isOwn ? MadeBy(id) : null) ?? string.Create(CultureInfo.InvariantCulture, $"#{_places.Count}");
        }
        return place;
    }

    // Most ids are among the first that a step made, so the first of all steps are looked at before any second.
    private string? MadeBy(string id)
    {
        while (!_made.ContainsKey(id))
        {
            var seed = _seeds.Count - 1;
            for (var other = seed - 1; other >= 0; other--)
            {
                seed = _seeds[other].Made < _seeds[seed].Made ? other : seed;
            }
            if (seed < 0 || _seeds[seed].Made == MadeByOneStep)
            {
                return null;
            }
            Look(seed);
        }
        return _made[id];
    }

    private void Look(int seed)
    {
        var (from, made) = _seeds[seed];
        _made.TryAdd(IdSource.Derive(from, instanceId, made), string.Create(CultureInfo.InvariantCulture, $"{seed}.{made}"));
        _seeds[seed] = (from, made + 1);
    }
}
