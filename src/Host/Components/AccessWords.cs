namespace Assize.Host.Components;

/// <summary>Codes of access in plain words.</summary>
public static class AccessWords
{
    public static string Class(string classification) => classification switch
    {
        "public" => "Public",
        "private" => "Private",
        "restricted" => "Restricted",
        _ => Words.Plain(classification),
    };

    public static string? ClassColour(string classification) => classification switch
    {
        "restricted" => "orange",
        "private" => "blue",
        _ => "grey",
    };

    /// <summary>Of a party with an account, which the parties on the record are not called.</summary>
    public static string Part(string part) => part switch
    {
        "defendant" => "Defendant",
        "victim" => "Victim",
        "witness" => "Witness",
        _ => Words.Plain(part),
    };

    public static string Kind(string kind) => kind switch
    {
        "case" => "A role on this case",
        "cross" => "Across agencies",
        "challenged" => "Taken by themselves",
        _ => Words.Plain(kind),
    };

    public static string Proposal(string kind) => kind switch
    {
        "seal" => "Seal the case",
        "reseal" => "Renew the seal",
        "unseal" => "End the seal",
        "reclassify" => "Change the classification",
        "add-agency" => "Bring an agency in",
        "break-glass" => "Let somebody in because a life is at risk",
        _ => Words.Plain(kind),
    };

    public static string State(string state) => state switch
    {
        "requested" => "Waits for the sponsor",
        "sponsored" => "Waits for consent",
        "live" => "Live",
        "suspended" => "Asleep until certified",
        _ => Words.Plain(state),
    };

    public static string? StateColour(string state) => state switch
    {
        "requested" or "sponsored" => "yellow",
        "live" => "green",
        "suspended" => "orange",
        _ => "grey",
    };

    public static string Finding(string finding) => finding == "justified" ? "Justified" : "Not justified";

    /// <summary>As the end of a question: may they …</summary>
    public static string May(string action) => action switch
    {
        "case.read" => "see the case",
        "task.complete" => "complete its tasks",
        "agency.add" => "bring an agency in",
        "case-role.give" => "give a role on it",
        "case.protect" => "seal or classify it",
        "case.close-in-error" => "close it as opened in error",
        _ => Words.Plain(action),
    };

    public static string Category(string? category) => category switch
    {
        "cover-for-a-colleague" => "Cover for a colleague",
        "urgent-hearing" => "An urgent hearing",
        "duty-out-of-area" => "Duty outside the area",
        "risk-to-life" => "A life is at risk",
        null => "Not said",
        _ => Words.Plain(category),
    };
}
