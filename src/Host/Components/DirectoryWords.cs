namespace Assize.Host.Components;

/// <summary>The directory's codes in plain words. A code without words is shown as it is, never hidden.</summary>
public static class DirectoryWords
{
    public static string Status(string status) => status switch
    {
        "pending" => "Waiting for a role",
        "active" => "Active",
        "suspended" => "Suspended",
        "left" => "Left",
        _ => Words.Plain(status),
    };

    public static string? StatusColour(string status) => status switch
    {
        "pending" => "yellow",
        "active" => "green",
        "suspended" => "red",
        _ => "grey",
    };

    public static string AgencyKind(string kind) => kind switch
    {
        "police" => "Police",
        "prosecutor" => "Prosecutors",
        "court" => "Court",
        "defence" => "Defence",
        "platform" => "Platform",
        _ => Words.Plain(kind),
    };

    public static string RoleState(string state) => state switch
    {
        "live" => "In force",
        "later" => "Not yet",
        "overdue" => "Asleep: not confirmed in time",
        "ended" => "Ended",
        _ => Words.Plain(state),
    };

    public static string? RoleStateColour(string state) => state switch
    {
        "live" => "green",
        "later" => "blue",
        "overdue" => "red",
        _ => "grey",
    };
}
