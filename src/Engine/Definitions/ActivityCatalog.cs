using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>The activity types known here.</summary>
public sealed class ActivityCatalog(IEnumerable<ActivityDescriptor> descriptors)
{
    private readonly ImmutableDictionary<string, ActivityDescriptor> _byType = descriptors.ToImmutableDictionary(d => d.TypeName);

    /// <summary>In the order they were given.</summary>
    public ImmutableArray<ActivityDescriptor> All { get; } = [.. descriptors];

    /// <summary>Null where the type is unknown.</summary>
    public ActivityDescriptor? Find(string typeName) => _byType.GetValueOrDefault(typeName);
}
