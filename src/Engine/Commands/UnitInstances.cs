using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Assize.Engine.Instances;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>The instances of a locked unit. A stored state is read when somebody first asks for it: of a case with many defendants most steps concern one.</summary>
internal sealed class UnitInstances : IReadOnlyDictionary<string, InstanceState>
{
    private readonly Dictionary<string, string> _stored = [];
    private readonly Dictionary<string, InstanceState> _read = [];

    public int Count => _stored.Count + _read.Count;

    public IEnumerable<string> Keys => [.. _read.Keys, .. _stored.Keys];

    public IEnumerable<InstanceState> Values
    {
        get
        {
            foreach (string id in _stored.Keys.ToList())
            {
                Read(id);
            }
            return _read.Values;
        }
    }

    public InstanceState this[string key] => TryGetValue(key, out InstanceState? state)
        ? state
        : throw new KeyNotFoundException($"Expected an instance {key} that runs or began in this command, but there is none.");

    public void Add(InstanceRow row) => _stored[row.Id] = row.State;

    public void Put(InstanceState state)
    {
        _stored.Remove(state.Id);
        _read[state.Id] = state;
    }

    /// <summary>The instance that waits for this, or null. Ids of waits are plain text, so that a state which does not hold one need not be read.</summary>
    public InstanceState? HolderOf(string waitId)
    {
        foreach ((string id, _) in _stored.Where(s => s.Value.Contains(waitId, StringComparison.Ordinal)).ToList())
        {
            Read(id);
        }
        return _read.Values.FirstOrDefault(i => i.Waits.Any(w => w.Id == waitId));
    }

    public bool ContainsKey(string key) => _read.ContainsKey(key) || _stored.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out InstanceState value)
    {
        if (_stored.ContainsKey(key))
        {
            Read(key);
        }
        return _read.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, InstanceState>> GetEnumerator() => Values.Select(i => KeyValuePair.Create(i.Id, i)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Read(string id)
    {
        _stored.Remove(id, out string? state);
        _read[id] = InstanceJson.ReadState(state!);
    }
}
