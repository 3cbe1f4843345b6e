using System.Collections.Immutable;
using Assize.Engine.Definitions;

namespace Assize.Engine.Stepping;

/// <summary>Every activity type that can run, by its handler.</summary>
public sealed class ActivityTable(params IEnumerable<IActivityHandler> handlers)
{
    private readonly ImmutableDictionary<string, IActivityHandler> _byType = handlers.ToImmutableDictionary(h => h.Descriptor.TypeName);

    /// <summary>Elsa's activities. Others are added: <c>new ActivityTable([.. ActivityTable.Engine.Handlers, .. mine])</c>.</summary>
    public static ActivityTable Engine { get; } = new([]);

    public ImmutableArray<IActivityHandler> Handlers { get; } = [.. handlers];

    /// <summary>Their descriptors, for Studio and the verifier.</summary>
    public ActivityCatalog Catalog { get; } = new(handlers.Select(h => h.Descriptor));

    /// <summary>Null where the type is unknown.</summary>
    public IActivityHandler? Find(string type) => _byType.GetValueOrDefault(type);
}
