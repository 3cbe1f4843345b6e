using System.Collections.Frozen;

namespace Assize.Engine.Stepping;

/// <summary>Calendars, forms and tables at the versions that the instance pinned.</summary>
/// <param name="ByKey">"kind:id" → the resource.</param>
public sealed record StepResources(IReadOnlyDictionary<string, object> ByKey)
{
    public static StepResources None { get; } = new(FrozenDictionary<string, object>.Empty);
}
