using System.Collections.Immutable;
using Assize.Workflows.Activities;

namespace Assize.Workflows.Storage;

/// <summary>What an instance would pin of another version: what it has pinned it keeps, the rest is chosen by its legal date.</summary>
internal static class RehearsalPins
{
    public static ImmutableSortedDictionary<string, int> Of(RuleCatalog rules, DefinitionUse use, ImmutableSortedDictionary<string, int> then, DateOnly legalDate)
    {
        foreach ((string kind, string id) in use.Resources)
        {
            string key = $"{kind}:{id}";
            if (!then.ContainsKey(key) && rules.VersionOn(kind, id, legalDate) is { } version)
            {
                then = then.Add(key, version);
            }
        }
        return then;
    }
}
