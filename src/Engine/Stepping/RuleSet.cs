namespace Assize.Engine.Stepping;

/// <summary>The engine's rules by number. An instance keeps the number it began with.</summary>
/// <remarks>A rule that changes gets the next number, and here its story: the old behaviour, why it was wrong, the new one.</remarks>
public static class RuleSet
{
    /// <summary>1: the first rules. A journal whose start names no number was written under them.</summary>
    public const int First = 1;

    /// <summary>
    /// 2: a cron expression inside a flow was in UTC, though people draw "at nine" and mean the clock on the wall;
    /// it is now in London time, as where it begins a workflow. A Break in a workflow used as an activity ended the loop
    /// around that activity, which its author never saw; it now stays within its own workflow.
    /// </summary>
    public const int Second = 2;

    /// <summary>
    /// 3: a join that takes the first let a second one through where it cancelled a branch whose end let another join before it go on
    /// ("everything is ready" behind "the first of ready and given up"): what came after ran twice. What a join cancels while it runs
    /// now counts as of the round that it ends.
    /// </summary>
    public const int Third = 3;

    public const int Current = Third;
}
