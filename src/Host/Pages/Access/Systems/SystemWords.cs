using Assize.Host.Components;

namespace Assize.Host.Pages.Access.Systems;

/// <summary>What a system and its keys are, and what can be done to it. Keys of the pages' words.</summary>
public static class SystemWords
{
    public static string Status(string status) => status switch
    {
        "pending" => "Waits for its first key",
        "left" => "Retired",
        _ => DirectoryWords.Status(status),
    };

    public static string KeyState(string state) => state switch
    {
        "waiting" => "To be approved",
        "expired" => "Waited for too long",
        "working" => "Works",
        "removed" => "Removed",
        _ => Words.Plain(state),
    };

    /// <summary>A curve's name stays on one line.</summary>
    public static string Kind(string kind) => kind.Replace('-', '\u2011');

    public static string? KeyStateColour(string state) => state switch
    {
        "waiting" => "yellow",
        "working" => "green",
        "expired" => "red",
        _ => "grey",
    };
}

/// <summary>One change of a system's state.</summary>
/// <param name="Consequence">What comes of it, before it is done.</param>
public sealed record SystemStep(string To, string Button, string Heading, string Consequence, string Done)
{
    private static readonly SystemStep s_suspend = new("suspended", "Suspend", "Suspend {0}",
        "It gets no more tokens, and those that it has are refused within five seconds. What it sent stays. You can let it work again.", "{0} is suspended.");

    private static readonly SystemStep s_restore = new("active", "Let it work again", "Let {0} work again",
        "It gets tokens again, by the keys that work.", "{0} works again.");

    private static readonly SystemStep s_retire = new("left", "Retire", "Retire {0}",
        "It gets no more tokens, those that it has are refused within five seconds, and its keys are removed. It cannot be taken back, and its client id is never used again.", "{0} is retired.");

    public static SystemStep? Find(string? to) => new[] { s_suspend, s_restore, s_retire }.FirstOrDefault(step => step.To == to);

    public static IReadOnlyList<SystemStep> From(string status) => status switch
    {
        "pending" => [s_retire],
        "active" => [s_suspend, s_retire],
        "suspended" => [s_restore, s_retire],
        _ => [],
    };
}
