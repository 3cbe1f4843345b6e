namespace Assize.Engine.Stepping;

/// <summary>The engine's rules by number. An instance keeps the number it began with.</summary>
/// <remarks>A rule that changes gets the next number, and here its story: the old behaviour, why it was wrong, the new one.</remarks>
public static class RuleSet
{
    /// <summary>1: the first rules.</summary>
    public const int Current = 1;
}
