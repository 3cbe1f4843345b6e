using Assize.Identity.Sessions;
using OpenIddict.Abstractions;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>What a test sign-in brought.</summary>
/// <param name="Person">The name in the token, else the subject; null where nobody arrived.</param>
/// <param name="Claims">The claims that decide something here, with their values; of all others the name alone.</param>
public sealed record TestReport(DateTimeOffset At, string? Person, IReadOnlyList<CheckResult> Findings, IReadOnlyList<TestClaim> Claims)
{
    public bool Passed => Person is not null && Findings.All(finding => finding.Outcome != CheckResult.Failed);
}

public sealed record TestClaim(string Name, string? Value);

/// <summary>Reads a token of a test as a sign-in would, and says of each claim what it is worth and what to do where it is missing.</summary>
internal static class TestReading
{
    private const int LongestValue = 200;

    public static TestReport Of(UpstreamEnrolment enrolment, Arrival arrival, DateTimeOffset now) => new(
        now, arrival.Name is { Length: > 0 } name ? Short(name) : Short(arrival.Subject),
        [Person(arrival), ExternalId(enrolment, arrival), TwoFactors(enrolment.Upstream(), arrival), Age(arrival, now), Session(enrolment, arrival)],
        Claims(enrolment, arrival));

    public static TestReport Failed(string why, DateTimeOffset now) => new(now, null, [new("sign-in", CheckResult.Failed, why)], []);

    private static CheckResult Person(Arrival arrival) => arrival.Name is { Length: > 0 }
        ? new("person", CheckResult.Passed, "The token says who it is, and by which name to show them.")
        : new("person", CheckResult.Warning, "The token has no name, so people would be shown as “Name not given”. The agency should release the claim “name”.");

    private static CheckResult ExternalId(UpstreamEnrolment enrolment, Arrival arrival) => enrolment.ExternalIdClaim is not { } claim
        ? new("externalId", CheckResult.Passed, $"Provisioning has to send “{Short(arrival.Subject)}” as this person's externalId; then both find the same account.")
        : arrival.Token.GetClaim(claim) is { Length: > 0 } id
            ? new("externalId", CheckResult.Passed, $"The token says “{Short(id)}” in “{claim}”, which provisioning has to send as externalId.")
            : new("externalId", CheckResult.Failed, $"The identity token has no claim “{claim}”, so people whom provisioning announced would get a second account. The agency has to release it, or the enrolment has to be drafted again without it.");

    private static CheckResult TwoFactors(Upstream upstream, Arrival arrival)
    {
        bool isTenant = upstream.Kind == UpstreamKind.Entra;
        string came = isTenant ? $"acrs “{Words(arrival.Contexts)}”" : $"acr “{arrival.Acr ?? "none"}”, amr “{Words(arrival.Amr)}”";
        return Assurance.Acr(arrival, upstream.Assurance) == 2 ? new("twoFactors", CheckResult.Passed, $"Two factors were proved: {came}.{(isTenant ? " Entra ID grants a context that no policy guards to everybody, so ask the agency whether its policy for this one requires a second factor of all its people." : "")}")
            : upstream.Assurance.Count == 0 ? new("twoFactors", CheckResult.Warning, $"No value is listed as proof of two factors, so nobody of this agency can open restricted or sealed cases. This sign-in had {came}.")
            : new("twoFactors", CheckResult.Warning, $"This sign-in did not prove two factors: it had {came}, which is not listed. If the person did use two, the agency has to say which value stands for it.");
    }

    private static CheckResult Age(Arrival arrival, DateTimeOffset now) => arrival.AuthenticatedAt is { } at && Assurance.AuthenticatedAt(at, now) != now - Assurance.UnprovedAge
        ? new("age", CheckResult.Passed, "The token says when the person proved who they are.")
        : new("age", CheckResult.Warning, "The token does not say when the person proved who they are (auth_time), so each sign-in counts as two hours old: too old for restricted and sealed cases.");

    private static CheckResult Session(UpstreamEnrolment enrolment, Arrival arrival) => enrolment.Kind == UpstreamKind.Entra
        ? new("session", CheckResult.Warning, "Entra ID tells nobody when somebody signs out. Leavers lose access by SCIM or by an administrator.")
        : arrival.Session is { Length: > 0 }
            ? new("session", CheckResult.Passed, "The token names the provider's session, which a logout token can end alone.")
            : new("session", CheckResult.Warning, "The token names no session (sid), so a logout token ends all sessions of the person. The agency should register this server with backchannel_logout_session_required.");

    private static List<TestClaim> Claims(UpstreamEnrolment enrolment, Arrival arrival)
    {
        HashSet<string> shown = ["sub", "name", "email", "acr", "amr", UpstreamAssurance.Context, "auth_time", TokenLife.SessionClaim, "tid", "oid", "acct", .. enrolment.ExternalIdClaim is { } own ? [own] : Array.Empty<string>()];
        return [.. arrival.Token.Claims.GroupBy(claim => claim.Type).Where(group => !group.Key.StartsWith("oi_", StringComparison.Ordinal)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new TestClaim(Short(group.Key), shown.Contains(group.Key) ? Short(string.Join(' ', group.Select(claim => claim.Value))) : null))];
    }

    private static string Words(IReadOnlyList<string> values) => values.Count == 0 ? "none" : string.Join(' ', values);

    private static string Short(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";
}
