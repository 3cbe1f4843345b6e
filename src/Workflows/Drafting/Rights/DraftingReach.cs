namespace Assize.Workflows.Drafting.Rights;

/// <summary>How far somebody's rights reach now, for what they are shown; commands ask again.</summary>
/// <param name="Held">The owners whose definitions they may draft: the baseline first.</param>
/// <param name="Owned">The owners of what does not belong to the baseline.</param>
public sealed record DraftingReach(IReadOnlyList<DefinitionOwner> Held, IReadOnlyDictionary<string, DefinitionOwner> Owned)
{
    public static DraftingReach Nothing { get; } = new([], new Dictionary<string, DefinitionOwner>());

    public bool IsAny => Held.Count > 0;

    public DefinitionOwner OwnerOf(string key) => Owned.GetValueOrDefault(key) ?? DefinitionOwner.National;

    public bool MayDraft(string key) => Held.Contains(OwnerOf(key));
}
