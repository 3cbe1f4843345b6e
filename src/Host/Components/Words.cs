namespace Assize.Host.Components;

/// <summary>Codes of the record in plain words. A code without words is shown as it is, never hidden.</summary>
public static class Words
{
    public static string Role(string role) => role switch
    {
        "case-builder" => "Case builder",
        "officer-in-case" => "Officer in the case",
        "warrants-officer" => "Warrants officer",
        "paralegal-officer" => "Paralegal officer",
        "reviewing-lawyer" => "Reviewing lawyer",
        "advocate" => "Advocate",
        "listing-officer" => "Listing officer",
        "court-administrator" => "Court administrator",
        "legal-adviser" => "Legal adviser",
        "solicitor" => "Defence solicitor",
        "process-owner" => "Process owner",
        "agency-admin" => "Agency administrator",
        "platform-admin" => "Platform administrator",
        _ => Plain(role),
    };

    public static string CaseStatus(string status) => status switch
    {
        "ACTIVE" => "Open",
        "INACTIVE" => "Concluded",
        "CLOSED" => "Closed: opened in error",
        _ => Plain(status),
    };

    public static string? CaseColour(string status) => status switch
    {
        "ACTIVE" => "blue",
        "INACTIVE" => "green",
        _ => "grey",
    };

    public static string Hearing(string type) => type switch
    {
        "FH" or "FHG" or "FST" => "First hearing",
        "PTPH" => "Plea and trial preparation hearing",
        "SEN" => "Sentence",
        "TRIAL" or "TRL" => "Trial",
        _ => Plain(type),
    };

    public static string HearingState(string state) => state switch
    {
        "INITIALISED" => "Listed",
        "SHARED" => "Results shared",
        "VACATED" => "Vacated",
        _ => Plain(state),
    };

    public static string Bail(string letter) => letter switch
    {
        "A" => "Not applicable",
        "B" => "Conditional bail",
        "C" => "In custody",
        "L" => "In the care of the local authority",
        "P" => "Conditional bail with pre-release conditions",
        "S" => "Summoned",
        "U" => "Unconditional bail",
        _ => letter,
    };

    public static string Submission(string state) => state switch
    {
        "PENDING" => "Being checked",
        "PENDING_WITH_WARNINGS" => "Being checked, with warnings",
        "FAILED" => "Needs correction",
        "SUCCESS" => "Accepted",
        "SUCCESS_WITH_WARNINGS" => "Accepted, with warnings",
        "REJECTED" => "Refused",
        _ => Plain(state),
    };

    public static string? SubmissionColour(string state) => state switch
    {
        "FAILED" => "red",
        "SUCCESS" or "SUCCESS_WITH_WARNINGS" => "green",
        "REJECTED" => "grey",
        _ => "blue",
    };

    public static string Erasure(string state) => state switch
    {
        "requested" => "Waits for a decision",
        "done" => "Erased",
        _ => Plain(state),
    };

    public static string? ErasureColour(string state) => state switch
    {
        "requested" => "yellow",
        "done" => "green",
        _ => "grey",
    };

    /// <summary>"case-result", "CASE_RESULT" or "CaseResult" as "Case result".</summary>
    public static string Plain(string code)
    {
        var text = new System.Text.StringBuilder(code.Length + 4);
        var allCapitals = code.All(letter => !char.IsLower(letter));
        foreach (var letter in code)
        {
            if (letter is '-' or '_' or '.')
            {
                text.Append(' ');
                continue;
            }

            if (char.IsUpper(letter) && !allCapitals && text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }

            text.Append(text.Length == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
