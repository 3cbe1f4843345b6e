namespace Assize.Host.Pages.Access.People;

/// <summary>One thing that can be done to an account as it is, in words. Keys of the pages' words.</summary>
/// <param name="Consequence">What comes of it, before it is done.</param>
public sealed record StatusStep(string To, string Button, string Heading, string Consequence, string Done)
{
    private static readonly StatusStep s_suspend = new("suspended", "Suspend", "Suspend {0}",
        "They are signed out everywhere within five seconds and cannot sign in. Their roles sleep, and wake when you reactivate the account.", "{0} is suspended.");

    private static readonly StatusStep s_reactivate = new("active", "Reactivate", "Reactivate {0}",
        "They can sign in again, with the roles that they had, as far as these are still in force.", "{0} is active again.");

    private static readonly StatusStep s_leave = new("left", "Record as left", "Record that {0} has left",
        "They are signed out everywhere within five seconds. Their roles end and they leave their teams. Nothing of it comes back if they return.", "{0} is recorded as left.");

    private static readonly StatusStep s_return = new("pending", "Let them come back", "Let {0} come back",
        "The account waits for a role, as a newcomer’s does. They get back nothing that they had.", "{0} can come back, and waits for a role.");

    /// <summary>What can be done to an account of this status.</summary>
    public static IEnumerable<StatusStep> From(string status) => status switch
    {
        "pending" or "active" => [s_suspend, s_leave],
        "suspended" => [s_reactivate, s_leave],
        "left" => [s_return],
        _ => [],
    };

    public static StatusStep? Find(string? to) => ((StatusStep[])[s_suspend, s_reactivate, s_leave, s_return]).FirstOrDefault(step => step.To == to);
}
