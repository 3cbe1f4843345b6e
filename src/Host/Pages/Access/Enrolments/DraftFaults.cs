namespace Assize.Host.Pages.Access.Enrolments;

/// <summary>What is wrong with a draft, as people are told: what to enter, not what a server expected. Keys of the pages' words.</summary>
internal static class DraftFaults
{
    public static IReadOnlyDictionary<string, string> InWords(IReadOnlyDictionary<string, string> errors) => errors
        .Where(error => error.Key != "upstream" || !errors.ContainsKey("agency"))
        .ToDictionary(error => error.Key, error => InWords(error.Key, error.Value));

    private static string InWords(string field, string said) => field switch
    {
        "agency" => "Enter a short name of small letters, digits and hyphens",
        "upstream" => "Enter another short name: this one is another agency’s, or stands for another kind of sign-in",
        "agencyName" => "Enter the agency’s name",
        "kind" => "Choose what its people sign in with",
        "issuer" when said.Contains("nobody uses", StringComparison.Ordinal) => "Enter another issuer: another agency signs in with this one",
        "issuer" => "Enter the provider’s https address without a query, or the tenant’s id",
        "clientId" => "Enter what the provider calls this platform",
        "authentication" => "Choose how this platform proves itself there",
        "clientSecret" => "Enter a secret of at least 16 characters",
        "externalIdClaim" => "Enter a claim that never changes and that nobody chooses: no name, e-mail address or telephone number",
        "twoFactors" when said.Contains("acrs", StringComparison.Ordinal) => "Enter one authentication context of the tenant, such as acrs c1, or nothing",
        "twoFactors" => "Enter acr or amr, and a value, in each line",
        "contact" => "Enter at most 200 characters",
        "agencyKey" => "Enter a public key on the curve P-256 as a JSON Web Key, without its private part",
        _ => said,
    };
}
