namespace Assize.Host.Pages.Access.Enrolments;

/// <summary>The words of enrolments. Keys of the pages' words.</summary>
public static class EnrolmentWords
{
    public static string Kind(string kind) => kind switch { "entra" => "Microsoft Entra ID", _ => "OpenID provider" };

    public static string AgencyKind(string kind) => kind switch
    {
        "police" => "Police force",
        "prosecutor" => "Prosecutor",
        "court" => "Court",
        "defence" => "Defence",
        _ => "Platform",
    };

    public static string Authentication(string? way) => way switch
    {
        "private_key_jwt" => "With a key of this platform (private_key_jwt)",
        "client_secret_post" => "With a secret in the request (client_secret_post)",
        "client_secret_basic" => "With a secret in the header (client_secret_basic)",
        _ => "As one application for all tenants",
    };

    public static string Stage(string stage) => stage switch
    {
        "draft" => "Being prepared",
        "checked" => "Checked",
        "proposed" => "Waiting for approval",
        "approved" => "Approved",
        "active" => "In use",
        "suspended" => "Suspended",
        _ => "Abandoned",
    };

    public static string? StageColour(string stage) => stage switch
    {
        "draft" or "checked" => "light-blue",
        "proposed" => "yellow",
        "approved" => "turquoise",
        "active" => "green",
        "suspended" => "red",
        _ => "grey",
    };

    public static string Check(string check) => check switch
    {
        "metadata" => "Metadata",
        "keys" => "Signing keys",
        "claims" => "Claims",
        "logout" => "Signing out",
        "sign-in" => "Sign-in",
        "person" => "Who it is",
        "externalId" => "Same person as in provisioning",
        "twoFactors" => "Two factors",
        "age" => "Age of the sign-in",
        "session" => "Session",
        _ => check,
    };

    public static string Outcome(string outcome) => outcome switch { "passed" => "Works", "warning" => "Look at this", _ => "Does not work" };

    public static string OutcomeColour(string outcome) => outcome switch { "passed" => "green", "warning" => "yellow", _ => "red" };
}
