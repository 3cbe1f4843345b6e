using System.Globalization;
using Assize.Engine.Instances;

namespace Assize.Engine.Rehearsing;

/// <summary>The ids of one instance by where they come from, which is the same in every instance that was told the same.</summary>
internal sealed class KnownIds(string instanceId)
{
    // One step makes fewer ids than this; one that is not found is told apart by its order.
    private const int MadeByOneStep = 400;

    private readonly List<string> _requests = [];
    private readonly Dictionary<string, string> _places = [];

    public int Count => _requests.Count;

    public void Add(string requestId) => _requests.Add(requestId);

    /// <param name="isOwn">True for the id of a wait, an incident or an execution: those were made by an earlier step.</param>
    public string PlaceOf(string found, bool isOwn)
    {
        // The member's name is part of what was found.
        var id = found[(found.LastIndexOf('"') + 1)..];
        if (!_places.TryGetValue(id, out var place))
        {
            _places[id] = place = (isOwn ? MadeBy(id) : null) ?? string.Create(CultureInfo.InvariantCulture, $"#{_places.Count}");
        }
        return found[..^id.Length] + place;
    }

    private string? MadeBy(string id)
    {
        for (var step = _requests.Count; step > 0; step--)
        {
            for (var made = 0; made < MadeByOneStep; made++)
            {
                if (IdSource.Derive(_requests[step - 1], instanceId, made) == id || IdSource.Derive(Identity.Of(step), instanceId, made) == id)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{step}.{made}");
                }
            }
        }
        return null;
    }
}
